"""Measure finding on public demo data, by what ``tests/find/demo.yaml`` expects of it.

``python -m tools.bench_demo FOLDER``: FOLDER holds the files of others' repositories as
OWNER/NAME/PATH. Files that are not there are named and left out.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.statements.reader import read_statement
from rescind.core.find.accounts import together
from rescind.core.find.recurring import recurring
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import ENTRIES, THOUSANDTHS

EXPECTED = Path(__file__).parents[1] / "tests" / "find" / "demo.yaml"
_RECORD = re.compile(r"\{[^{}]*\}")


def records(text: str, fields: Mapping[str, str]) -> pl.DataFrame:
    """Return the entries of records in JSON or JavaScript; sums above zero are out."""
    rows = []
    for record in _RECORD.findall(text):
        day, payee, amount = (
            re.search(rf'"{fields[name]}"\s*:\s*"?([^"\n]*?)"?\s*[,\n}}]', record)
            for name in ("day", "text", "amount")
        )
        if day and payee and amount:
            cost = int(Decimal(amount[1]) * THOUSANDTHS)
            rows.append((date.fromisoformat(day[1][:10]), -cost, payee[1]))
    rows.sort()
    given: dict[str, list[object]] = {
        "row": list(range(1, len(rows) + 1)),
        "on": [row[0] for row in rows],
        "amount": [row[1] for row in rows],
        "text": [row[2] for row in rows],
    }
    fixed = {"currency": "USD", "account": "a", "kind": "", "file": "f"}
    for name, value in fixed.items():
        given[name] = [value] * len(rows)
    return pl.DataFrame(
        given, schema_overrides={n: ENTRIES[n] for n in ("row", "amount")}
    )


def findings(path: Path, expected: Mapping[str, Any]) -> list[RecurringCharge]:
    """Return what is found in a file."""
    if "fields" in expected:
        text = path.read_text(encoding="utf-8")
        return recurring(records(text, expected["fields"]), descriptors())
    return recurring(together([read_statement(path)]), descriptors())


def count(found: list[RecurringCharge], expected: Mapping[str, Any]) -> Counter[str]:
    """Return counts of what is right, missed and false; print what is not right."""
    counts: Counter[str] = Counter()
    left = [each for each in found if not _is_of(each, expected.get("may", ()))]
    for contract in expected["contracts"]:
        counts["expected"] += 1
        its = [each for each in left if _is_of(each, [contract["payee"]])]
        right = next((each for each in its if not _wrong(each, contract)), None)
        if right is not None:
            counts["right"] += 1
            left.remove(right)
            continue
        wrong = [f"{each.merchant}: {_wrong(each, contract)}" for each in its]
        print(f"    {contract['payee']}: {', '.join(wrong) or 'not found'}")
    for each in left:
        print(f"    found: {each.merchant}, {each.kind}, {each.period}, {each.amount}")
    counts["found"] += counts["right"] + len(left)
    return counts


def _is_of(each: RecurringCharge, payees: Iterable[str]) -> bool:
    name = f"{each.merchant} {each.words}".lower()
    return any(payee in name for payee in payees)


def _wrong(each: RecurringCharge, contract: Mapping[str, Any]) -> list[str]:
    """Return what about a finding is not as expected."""
    kinds = contract["kind"]
    kinds = [kinds] if isinstance(kinds, str) else kinds
    amount = each.amount.amount if each.amount else Decimal(0)
    has = {
        "period": each.period,
        "amount": float(amount),
        "charges": len(each.transactions),
        "state": each.state.value,
        "rises": len(each.price_rises),
    }
    wrong = [f"{n} {v}" for n, v in has.items() if contract.get(n, v) != v]
    return wrong if each.kind.value in kinds else [f"kind {each.kind}", *wrong]


def main() -> None:
    """Print what is right, missed and false, file by file and together."""
    folder = Path(sys.argv[1])
    total: Counter[str] = Counter()
    for expected in yaml.safe_load(EXPECTED.read_text(encoding="utf-8")):
        path = folder / expected["file"]
        if not path.exists():
            print(f"{expected['file']}: not there")
            continue
        print(expected["file"])
        counts = count(findings(path, expected), expected)
        total += counts
        of = f"{counts['expected']}, {counts['found']} found"
        print(f"  {counts['right']} right of {of}")
    precision = total["right"] / max(1, total["found"])
    recall = total["right"] / max(1, total["expected"])
    print(
        f"{total['expected']} contracts: precision {precision:.3f}, recall {recall:.3f}"
    )


if __name__ == "__main__":
    main()
