"""Banks and cards on file: known by the headers of their exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.statements.words import fold_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """An export that is known by its header."""

    name: str
    country: str
    header: frozenset[str]
    """Headers as they are compared, all of which stand in its files."""
    columns: tuple[tuple[str, str], ...]
    """What its columns hold, where their names do not tell; ``dates``, ``spending``."""
    currency: str


@cache
def banks() -> tuple[Bank, ...]:
    """Return every preset, the most particular first."""
    entries = read_yaml(SHIPPED / "statements" / "banks.yaml")["banks"]
    presets = [
        Bank(
            name=entry["name"],
            country=entry.get("country", ""),
            header=frozenset(fold_header(h) for h in entry["header"]),
            columns=tuple(entry.get("columns", {}).items()),
            currency=entry.get("currency", ""),
        )
        for entry in entries
    ]
    return tuple(sorted(presets, key=lambda bank: -len(bank.header)))


def bank_of(header: Sequence[str]) -> Bank | None:
    """Return the bank whose export has all these headers, or None."""
    names = {fold_header(name) for name in header}
    return next((bank for bank in banks() if bank.header <= names), None)
