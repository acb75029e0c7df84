"""Measure finding: how well on made-up accounts, and how fast on millions of entries.

Accounts come from ``tests/find/bank.py``, with their truth. For size, copies of dense
accounts get other numbers in their texts, so that no text is cleaned twice.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
ACCURACY = 300
"""Made-up accounts that precision and recall are counted on."""
SEED, DENSE, BUSY = 2026, 150, 4.0
SIZES = (100_000, 1_000_000, 10_000_000)
"""Entries; RESCIND_ENTRIES sets another most."""


def accuracy() -> None:
    """Print precision, recall and F1 of each kind, with and without the table."""
    from tests.find.bank import accounts
    from tests.find.scoring import alarm_score, ends, score, table

    from rescind.adapters.data.descriptors import descriptors
    from rescind.core.find.recurring import recurring
    from rescind.core.find.watch import alarms

    made = list(accounts(SEED, ACCURACY))
    entries = table(made)
    known = descriptors()
    bare = replace(
        known, merchants=tuple(m for m in known.merchants if m.kind == "habit")
    )
    print(
        f"{entries.height:,} entries of {len(made)} accounts, 24 months, 24 countries"
    )
    print("| what | precision | recall | F1 | without the table of merchants |")
    print("|---|---|---|---|---|")
    with_, without = (score(made, recurring(entries, k)) for k in (known, bare))
    for kind in ("subscription", "bill", "instalment", "other", "charges"):
        p, r, f = with_.precision(kind), with_.recall(kind), with_.f1(kind)
        print(f"| {kind} | {p:.3f} | {r:.3f} | {f:.3f} | {without.f1(kind):.3f} |")
    for what in ("period", "channel", "next", "state"):
        share = with_.share("subscription", what)
        bare_share = without.share("subscription", what)
        print(f"| {what} right | | | {share:.3f} | {bare_share:.3f} |")
    ended, after = ends(made)
    recall, false = alarm_score(alarms(entries, ended, known), after)
    rate = false / (2 * len(made))
    told = f"alarms: {len(after)} charges after {len(ended)} ends"
    print(f"| {told} | | {recall:.3f} | {rate:.4f} false a year and account | |")


def write(path: Path, rows: int) -> None:
    """Write a CSV of so many entries: copies of dense accounts, numbers changed."""
    import polars as pl
    from tests.find.bank import accounts
    from tests.find.scoring import table

    base = table(list(accounts(SEED, DENSE, BUSY)))
    digits = "0123456789"
    copies = []
    for copy in range(-(-rows // base.height)):
        turned = {d: str((int(d) * 3 + copy) % 10) for d in digits} if copy % 10 else {}
        text = base["text"].str.replace_many(turned) if turned else base["text"]
        copies.append(
            base.select(
                pl.col("on").alias("Date"),
                pl.format("DE{}{}", pl.lit(f"{copy:04}"), "account").alias("Account"),
                text.alias("Description"),
                (pl.col("amount") / 1000).alias("Amount"),
                pl.col("currency").alias("Currency"),
            )
        )
    pl.concat(copies).head(rows).write_csv(path, float_precision=2)


def measure(path: Path) -> None:
    """Print entries, seconds of reading, of finding, and the peak memory."""
    import polars as pl

    from rescind.adapters.data.descriptors import descriptors
    from rescind.adapters.statements.reader import read_statement
    from rescind.core.find.accounts import together
    from rescind.core.find.clean import cleaned
    from rescind.core.find.recurring import recurring

    known = descriptors()
    cleaned(pl.Series(["warm"]), known)
    start = time.perf_counter()
    statement = read_statement(path)
    read = time.perf_counter() - start
    entries = together([statement])
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.perf_counter()
    found = recurring(entries, known)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    accounts = entries["account"].n_unique()
    counted = f"{entries.height:,} | {accounts:,} | {len(found):,}"
    timed = f"{read:.2f} s | {took:.2f} s | {entries.height / took:,.0f}"
    print(f"| {counted} | {timed} | {took / read:.1f} | {held:,} | {peak:,} |")


def speed() -> None:
    """Print the growth curve, each size in a process of its own, on one core."""
    most = int(os.environ.get("RESCIND_ENTRIES", SIZES[-1]))
    print(
        "| entries | accounts | found | read | find | entries a second | find/read "
        "| MiB read | MiB at most |"
    )
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for rows in (size for size in SIZES if size <= most):
            path = Path(folder) / "a.csv"
            write(path, rows)
            command = [sys.executable, "-W", "ignore", __file__, str(path)]
            environment = os.environ | {"POLARS_MAX_THREADS": "1"}
            subprocess.run(command, check=True, env=environment)


def main() -> None:
    """Print the figures."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    accuracy()
    speed()


if __name__ == "__main__":
    main()
