"""The book: all charges of some accounts, cleaned, by which an ended one is known."""

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.candidates import EPOCH, booked_text, without_prefixes
from rescind.core.find.clean import cleaned
from rescind.core.find.same_payee import alike
from rescind.core.find.series import Charge
from rescind.core.model.descriptor import Descriptors


class Book:
    """All charges, account by account, cleaned."""

    def __init__(self, entries: pl.DataFrame, descriptors: Descriptors) -> None:
        """Clean the texts of all entries, and leave out what came in."""
        numbers, texts = cleaned(booked_text(entries), descriptors)
        texts = without_prefixes(texts, numbers, entries["account"].rank("dense"))
        table = entries.hstack(texts[numbers]).filter(pl.col("amount") <= 0)
        table = table.with_columns(
            day=pl.col("on").to_physical() + EPOCH, cost=-pl.col("amount")
        ).sort("account", "day")
        names = (
            *("account", "file", "row", "day", "cost", "currency", "text"),
            *("key", "words", "merchant", "channel"),
        )
        self.columns = {name: table[name].to_list() for name in names}
        self.places: dict[tuple[str, int], int] = {}
        self.accounts: dict[str, list[int]] = {}
        places = zip(
            *(self.columns[n] for n in ("file", "row", "account")), strict=True
        )
        for at, (file, row, account) in enumerate(places):
            self.places.setdefault((file, row), at)
            self.accounts.setdefault(account, []).append(at)
        self.descriptors = descriptors
        self._leave_out_common_words()

    def _leave_out_common_words(self) -> None:
        """Take out of names what stands with many payees: a town, a way of booking."""
        columns = self.columns
        for places in self.accounts.values():
            keys: dict[str, set[str]] = {}
            for at in places:
                for word in columns["words"][at].split():
                    keys.setdefault(word, set()).add(columns["key"][at])
            common = {w for w, k in keys.items() if len(k) >= thresholds.COMMON_WORD}
            for at in places:
                words = columns["words"][at].split()
                rest = " ".join(word for word in words if word not in common)
                columns["words"][at] = rest or columns["words"][at]

    def charge(self, at: int) -> Charge:
        """Return one charge."""
        return Charge(self.columns["day"][at], self.columns["cost"][at], at)

    def name(self, payee: str) -> tuple[str, str, int | None]:
        """Return key, words and number on file of a name, as charges have them."""
        row = cleaned(pl.Series([payee]), self.descriptors)[1].row(0, named=True)
        return row["key"], row["words"], row["merchant"]

    def is_payee(self, at: int, key: str, words: str, merchant: int | None) -> bool:
        """Return whether a charge is of a payee, known by key, words or merchant."""
        columns = self.columns
        if columns["key"][at] == key:
            return True
        if merchant is not None and columns["merchant"][at] is not None:
            return bool(columns["merchant"][at] == merchant)
        if columns["key"][at].startswith("@"):
            return False  # a biller that names nobody: what is left is its town
        return alike(columns["words"][at], words)
