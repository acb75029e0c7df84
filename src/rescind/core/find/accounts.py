"""Which account each file is of, and which entries two files share.

A file that names its account belongs to it. Files that name none belong together where
they overlap in the same entries, or follow each other with payees in common; otherwise
each is an account of its own. Entries that overlapping files share are counted, not
keyed: two equal charges on one day in each of two files are two, not one or four.
Where one file tells the day of the charge beside the booking's and another has only the
latter, as one read before both were looked at, the bookings tell what is the same.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations

import polars as pl

from rescind.core.find import thresholds
from rescind.core.model.statement import Statement

_ENTRY = ("on", "amount", "text")
_MOST_PAIRS = 4000
"""Pairs of files that are compared one by one; more would take minutes."""
_MOST_OF_ONE_NAME = 60
"""Files of one name, but for the date, that are compared: five years of months."""
_DATED = re.compile(r"(?:19|20)\d\d(?:[-_]?\d\d){0,2}")
"""A year, a month or a day in a file's name."""
_MASK_DIGITS = 4
"""Digits of a number that stay, as banks show them."""
_NUMBER = re.compile(r"\d(?:[\d .-]{4,})\d")


def together(
    statements: Sequence[Statement], *, names: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Return the entries of all files in one table, with ``file`` and ``account``.

    An entry that overlapping files share stands there once, at its place in the first.
    ``names`` are what files are called, where ``file`` is only their number.
    """
    accounts = _accounts(statements, names or {})
    frames = [
        s.entries.with_columns(
            pl.lit(s.file).alias("file"),
            pl.col("account").fill_null(pl.lit(accounts.get(s.file))),
        )
        for s in statements
        if not s.entries.is_empty()
    ]
    if not frames:
        return pl.DataFrame()
    whole = pl.concat(frames)
    files = whole.group_by("account").agg(pl.col("file").n_unique() > 1)
    shared = files.filter(pl.col("file"))["account"].to_list()
    return _counted(whole, shared) if shared else whole


def _counted(whole: pl.DataFrame, shared: Sequence[str]) -> pl.DataFrame:
    """Return entries once where files of one account both have them."""
    whole = whole.with_columns(day=_days(whole, shared))
    key = ["account", "day", *_ENTRY[1:]]
    order = {
        name: n for n, name in enumerate(whole["file"].unique(maintain_order=True))
    }
    numbered = whole.with_row_index("place").with_columns(
        nth=pl.int_range(pl.len()).over([*key, "file"]),
        order=pl.col("file").replace_strict(order, return_dtype=pl.UInt32),
    )
    once = numbered.filter(
        ~pl.col("account").is_in(list(shared))
        | (pl.col("order") == pl.col("order").min().over([*key, "nth"]))
    )
    return once.drop("nth", "order", "place", "day")


def _days(whole: pl.DataFrame, shared: Sequence[str]) -> pl.Series:
    """Return by which day each entry is compared: the charge's, where a file tells it.

    An entry of a file that has one day each is of the charge whose booking it is, if
    more of that file's days are bookings of others' entries than are their charges.
    """
    of_file, of_entry = ["account", "file"], ["account", *_ENTRY[1:], "nth"]
    rows = whole.select(*of_file, *_ENTRY, "booked").with_row_index("at")
    told = rows.filter(pl.col("booked").is_not_null())
    if told.is_empty():
        return whole["on"]
    single = rows.filter(
        pl.col("account").is_in(list(shared))
        & pl.col("booked").is_null().all().over(of_file)
    )

    def numbered(table: pl.DataFrame, day: str) -> pl.DataFrame:
        same = [*of_file, day, *_ENTRY[1:]]
        return table.with_columns(nth=pl.int_range(pl.len()).over(same))

    ours = numbered(single, "on")
    by_booking = numbered(told, "booked").unique([*of_entry, "booked"], keep="first")
    moved = ours.join(
        by_booking.select(*of_entry, pl.col("booked").alias("on"), charged="on"),
        on=[*of_entry, "on"],
    )
    direct = ours.join(numbered(told, "on"), on=[*of_entry, "on"], how="semi")
    counts = (
        moved.group_by(of_file)
        .len("bookings")
        .join(direct.group_by(of_file).len("charges"), on=of_file, how="left")
    )
    is_booked = pl.col("bookings") > pl.col("charges").fill_null(0)
    moved = moved.join(counts.filter(is_booked), on=of_file, how="semi")
    days = rows.join(moved.select("at", "charged"), on="at", how="left")
    return days.sort("at").select(pl.coalesce("charged", "on")).to_series()


def _accounts(
    statements: Sequence[Statement], called: Mapping[str, str]
) -> dict[str, str]:
    """Return an account for each file that names none."""
    nameless = [s for s in statements if s.entries["account"].null_count()]
    first = {s.file: s.file for s in nameless}
    for one, other in _pairs(nameless):
        own, joining = first[one.file], first[other.file]
        if own != joining and _same_account(one, other):
            first = {f: own if at == joining else at for f, at in first.items()}
    return _account_names(first, called)


def _account_names(
    first: Mapping[str, str], called: Mapping[str, str]
) -> dict[str, str]:
    """Return what each file's account is called: by the first of its files."""
    names = {file: called.get(file, file) for file in first.values()}
    stems = {file: _stem(name) for file, name in names.items()}
    if len({*stems.values()}) < len(stems):  # two folders may hold files of one name
        stems = names
    return {file: stems[at] for file, at in first.items()}


def _pairs(files: Sequence[Statement]) -> list[tuple[Statement, Statement]]:
    """Return the files to compare: all of a few; of many, those that differ by date."""
    if len(files) * len(files) <= 2 * _MOST_PAIRS:
        return list(combinations(files, 2))
    groups: dict[str, list[Statement]] = {}
    for each in files:
        groups.setdefault(_DATED.sub("", each.file), []).append(each)
    return [
        pair
        for group in groups.values()
        for pair in combinations(group[:_MOST_OF_ONE_NAME], 2)
    ]


def _same_account(one: Statement, other: Statement) -> bool:
    first, second = one.entries, other.entries
    if _currency(first) != _currency(second):
        return False
    (one_from, one_to), (other_from, other_to) = _span(first), _span(second)
    low, high = max(one_from, other_from), min(one_to, other_to)
    if low <= high:
        return _overlap(one, other, low, high)
    return (low - high).days <= thresholds.FILES_APART and _share_payees(one, other)


def _currency(entries: pl.DataFrame) -> str | None:
    return next(iter(entries["currency"].drop_nulls().unique().to_list()), None)


def _span(entries: pl.DataFrame) -> tuple[date, date]:
    days = entries["on"].sort()
    return days[0], days[-1]


def _overlap(one: Statement, other: Statement, low: date, high: date) -> bool:
    """Return whether most entries of the days that both files have are the same."""

    def same_by(day: pl.Expr) -> tuple[int, int]:
        """Return how many entries are the same, and how many the fewer are."""
        a, b = (
            each.entries.select(day.alias("on"), *_ENTRY[1:]).filter(
                pl.col("on").is_between(low, high)
            )
            for each in (one, other)
        )
        same = a.join(b, on=list(_ENTRY), how="semi").height
        return same, min(a.height, b.height)

    by_booking = pl.coalesce("booked", "on")
    same, fewer = max(same_by(pl.col("on")), same_by(by_booking))
    if (
        fewer <= thresholds.FEW_ENTRIES and not same
    ):  # the day on which one ends and the other begins
        return _share_payees(one, other)
    return same >= thresholds.SAME_ENTRIES * fewer


def _share_payees(one: Statement, other: Statement) -> bool:
    """Return whether both pay the same amounts to payees that begin alike.

    One such payee is enough where the files' names differ by a date alone.
    """
    letters = pl.col("text").str.to_uppercase().str.replace_all(r"[^A-Z]", "")
    a, b = (
        each.entries.filter(pl.col("amount") < 0)
        .select("amount", letters.str.slice(0, thresholds.PAYEE_LETTERS))
        .unique()
        for each in (one, other)
    )
    same = a.join(b, on=["amount", "text"], how="semi").height
    alike = _DATED.sub("", one.file) == _DATED.sub("", other.file)
    return same >= thresholds.PAYEES_IN_COMMON or (same == 1 and alike)


def masked(account: str) -> str:
    """Return an account's name with only the last four digits of its numbers.

    >>> masked("DE89 3704 0044 0532 0130 00"), masked("Everyday"), masked("4111111111")
    ('DE…3000', 'Everyday', '…1111')
    """
    return _NUMBER.sub(
        lambda number: "…" + re.sub(r"\D", "", number[0])[-_MASK_DIGITS:], account
    )


def _stem(file: str) -> str:
    """Return a file's name without folders and ending."""
    name = file.replace("\\", "/").rpartition("/")[2]
    return name.rpartition(".")[0] or name
