"""Measure verdicts, starts and batches; print a table for docs/benchmarks.md."""

import json
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any

from rescind.adapters.data.countries import zones_of
from rescind.adapters.data.yaml import read_yaml
from rescind.app.know import check
from rescind.app.know.interview import ask
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import Facts

RESCIND = str(Path(sys.executable).with_name("rescind"))
FACTS = {
    "service": "coursera",
    "offer": "plus-annual",
    "channel": "web",
    "country": "GB",
    "purchased_at": "2026-11-10",
    "as_of": "2026-11-20",
}


def main() -> None:
    """Measure everything in one run."""
    print(f"machine: {machine()}")
    for name, value in (
        ("verdicts a second, one core, warm", f"{verdicts():,.0f}"),
        *starts(),
        ("peak memory of this run", f"{peak():,.0f} MiB"),
        *batches(),
        *interviews(),
    ):
        print(f"| {name} | {value} |", flush=True)


def machine() -> str:
    """Return what this was measured on, with a yardstick anyone can repeat."""
    started = time.perf_counter()
    total = 0
    for number in range(5_000_000):
        total += number
    loop = time.perf_counter() - started
    model = platform.processor() or "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [x for x in info.read_text().splitlines() if x.startswith("model name")]
        model = lines[0].partition(":")[2].strip() if lines else model
    return (
        f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"adding the numbers to five million takes {loop:.2f} s"
    )


def purchases() -> list[Facts]:
    """Return purchases of every offer in several places over two years."""
    service = check.catalogue().service("coursera")
    end = date(2026, 10, 1)
    days = [end - timedelta(days=13 * n) for n in range(40)]
    return [
        Facts(
            service="coursera",
            offer=offer,
            channel="web",
            country=country,
            zones=zones_of(country),
            purchased_at=day,
            as_of=end,
            certificate_earned=False,
        )
        for day in days
        for offer in service.offers
        for country in ("DE", "GB", "US", "IN")
    ]


def verdicts() -> float:
    """Return verdicts a second, reasons included."""
    service, law, facts = (
        check.catalogue().service("coursera"),
        check.law(),
        purchases(),
    )

    def run() -> None:
        for purchase in facts:
            verdict(purchase, service, law)

    return len(facts) / best(run)


def best(run: Callable[[], None], times: int = 5) -> float:
    """Return the shortest time on the processor, after one that is not counted."""
    run()
    taken = []
    for _ in range(times):
        started = time.process_time()
        run()
        taken.append(time.process_time() - started)
    return min(taken)


def starts() -> list[tuple[str, str]]:
    """Return whole-process times side by side with a bare interpreter's."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.json"
        path.write_text(json.dumps(FACTS), encoding="utf-8")
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "rescind --help": [RESCIND, "--help"],
            "rescind check --facts F --json": [
                RESCIND, "check", "--facts", str(path), "--json",
            ],
        }  # fmt: skip
        times = {name: process(words) for name, words in rows.items()}
        first = "the same, the first time: nothing parsed yet"
        times[first] = process(rows["rescind check --facts F --json"], is_first=True)
    bare = times["python -c pass"].shortest
    return [
        (name, f"{taken}, {taken.shortest / bare:.1f} times a bare start")
        for name, taken in times.items()
    ]


def batches() -> list[tuple[str, str]]:
    """Return purchases a second and peak memory of whole runs of growing length.

    ``RESCIND_BENCH_SIZES`` names the lengths; by default ten and fifty thousand.
    """
    sizes = os.environ.get("RESCIND_BENCH_SIZES", "10000,50000").split(",")
    return [batch(int(size)) for size in sizes]


def batch(size: int) -> tuple[str, str]:
    """Return the figures of one run of ``check --facts F.jsonl --json``."""
    draw = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "purchases.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for _ in range(size):
                file.write(json.dumps(customer(draw)) + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        started = time.perf_counter()
        subprocess.run(
            [RESCIND, "check", "--facts", str(path), "--json"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        took = time.perf_counter() - started
    most = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024
    figure = f"{size / took:,.0f} a second, {took:,.0f} s, {most:,.0f} MiB at most"
    return f"{size:,} purchases in one run, every claim in the answer", figure


def customer(draw: random.Random) -> dict[str, object]:
    """Return a purchase as a bank might know it."""
    bought = date(2025, 1, 1) + timedelta(days=draw.randrange(600))
    as_of = bought + timedelta(days=draw.randrange(60))
    return {
        "service": "coursera",
        "offer": draw.choice(OFFERS),
        "channel": draw.choice(["web", "web", "apple", "paypal"]),
        "country": draw.choice(["DE", "FR", "GB", "US-CA", "IN", "BR", "SE", "NL"]),
        "purchased_at": bought.isoformat(),
        "as_of": as_of.isoformat(),
        "certificate_earned": draw.random() < CERTIFIED,
        "withdrawal_informed": True,
        "price": "49.00 EUR",
    }


OFFERS = (
    "course",
    "specialization",
    "specialization-monthly",
    "professional-certificate-monthly",
    "plus-monthly",
    "plus-annual",
    "lite-monthly",
    "guided-project",
)
CERTIFIED = 0.2


def interviews() -> list[tuple[str, str]]:
    """Return how many questions the cases of the tests need, asked in two ways."""
    cases = [
        {"service": "coursera", "channel": "web"} | case["facts"]
        for path in sorted(Path("tests/cases").glob("*.yaml"))
        for case in read_yaml(path)
    ]
    chosen = [questions(case, first=False) for case in cases]
    fixed = [questions(case, first=True) for case in cases]
    asked = set().union(*(facts for facts in fixed))
    return [
        ("questions a case needs, mean", f"{mean(map(len, chosen)):.2f}"),
        ("the same in a fixed order, mean", f"{mean(map(len, fixed)):.2f}"),
        ("facts that are asked for at all", f"{len(asked)}"),
        ("cases", f"{len(cases):,}"),
    ]


def questions(facts: dict[str, Any], *, first: bool) -> set[str]:
    """Return the facts asked for until nothing would change the verdict.

    ``first``: the first open question of the verdict is put, whichever it is.
    """
    known = {name: facts[name] for name in GIVEN if name in facts}
    asked: set[str] = set()
    while True:
        if first:
            open_ = [f for f in check.check(known).verdict.asks if f not in asked]
            fact = open_[0] if open_ else None
        else:
            question = ask(known, frozenset(asked - known.keys())).question
            fact = question.fact.name if question else None
        if fact is None:
            return asked
        asked.add(fact)
        if facts.get(fact) is not None:
            known[fact] = facts[fact]


GIVEN = ("service", "merchant", "kind", "as_of")
"""What is known before the first question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the runs of a process took, in seconds."""

    shortest: float
    median: float
    cpu: float
    """The least time on the processor, which others on the machine disturb less."""

    def __str__(self) -> str:
        """Return the row's figures."""
        wall = f"{1000 * self.shortest:.0f} ms (median {1000 * self.median:.0f})"
        return f"{wall}, processor {1000 * self.cpu:.0f} ms"


RUNS = 25


def process(words: list[str], *, is_first: bool = False) -> Taken:
    """Return what a command takes, after a run that is not counted.

    ``is_first``: each run finds an empty cache folder, as on a new machine.
    """
    walls, cpus = [], []
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    with tempfile.TemporaryDirectory() as cache:
        environment["XDG_CACHE_HOME"] = cache
        for _ in range(RUNS + 1):
            before, started = processor_time(), time.perf_counter()
            subprocess.run(
                words, stdout=subprocess.DEVNULL, check=False, env=environment
            )
            walls.append(time.perf_counter() - started)
            cpus.append(processor_time() - before)
            if is_first:
                shutil.rmtree(Path(cache) / "rescind")
    return Taken(shortest=min(walls[1:]), median=median(walls[1:]), cpu=min(cpus[1:]))


def processor_time() -> float:
    """Return the seconds on the processor of all processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peak() -> float:
    """Return this process's peak memory in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
