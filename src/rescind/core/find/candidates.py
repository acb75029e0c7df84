"""The charges that may recur, found in columns for all accounts at once.

Most of a statement is bought once or by habit. Gaps and amounts alone tell most of that
apart, so that few charges are left to be looked at payee by payee.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from rescind.core.find import thresholds
from rescind.core.find.clean import FLAGS, cleaned, keyed
from rescind.core.find.rhythm import PAIR
from rescind.core.model.descriptor import Descriptors

EPOCH = date(1970, 1, 1).toordinal()
_HABIT, _SUBSCRIPTION = (1 << FLAGS.index(n) for n in ("habit", "subscription"))
_BILLER, _HABIT_BY_WORD = 2, 3
_MOST_DAYS = date.max.toordinal() + 1
_NO_PURCHASE = 1 << FLAGS.index("fee") | 1 << FLAGS.index("settlement")
COLUMNS = (
    "account", "file", "row", "currency", "text", "day", "cost", "key", "words",
    "merchant", "channel", "flags",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidates:
    """Charges by account, key and day; refunds of their payees; common words."""

    charges: pl.DataFrame
    refunds: pl.DataFrame
    common: Mapping[str, frozenset[str]]
    """By account: words that tell no payee, such as the town."""


def candidates(entries: pl.DataFrame, descriptors: Descriptors) -> Candidates:
    """Return the charges that may belong to a series, cleaned and in order."""
    numbers, texts = cleaned(booked_text(entries), descriptors)
    accounts = entries["account"].rank("dense")
    texts = without_prefixes(texts, numbers, accounts)
    texts = texts.with_columns(
        group=pl.col("key").rank("dense"), is_open=_may_recur(texts, descriptors)
    )
    table = pl.DataFrame(
        {
            "place": pl.int_range(entries.height, dtype=pl.UInt32, eager=True),
            "text": numbers,
            "day": entries["on"].to_physical() + EPOCH,
            "cost": -entries["amount"],
            "account": accounts,
        }
    )
    of_text = texts.select("group", "is_open")[numbers]
    table = table.with_columns(
        payee=table["account"].cast(pl.Int64) * (texts.height + 1) + of_text["group"],
        is_biller=of_text["is_open"] == _BILLER,
        is_habit=of_text["is_open"] == _HABIT_BY_WORD,
    )
    charges = table.filter((table["cost"] >= 0) & (of_text["is_open"] > 0))
    rhythmic = _rhythmic(charges)
    refunds = table.filter(table["cost"] < 0)
    refunds = refunds.filter(
        pl.col("payee").is_in(rhythmic["payee"].unique().implode())
    )
    return Candidates(
        _with_texts(rhythmic, entries, texts),
        _with_texts(refunds, entries, texts),
        _common(table, entries, texts),
    )


def without_prefixes(
    texts: pl.DataFrame, numbers: pl.Series, accounts: pl.Series
) -> pl.DataFrame:
    """Return descriptions without a first word that is a way of booking, learnt here.

    In some account such a word stands before many others that themselves stand behind
    few: the payees. Behind a shop's name stand places, which stand behind many.
    """
    pairs = pl.DataFrame({"account": accounts, "text": numbers}).unique()
    parts = texts["words"].str.split(" ")
    heads = texts.select(
        first=parts.list.get(0, null_on_oob=True),
        second=parts.list.get(1, null_on_oob=True),
    )
    frame = pairs.hstack(heads[pairs["text"]]).drop_nulls("second")
    stand = frame.group_by("account", "second").agg(pl.col("first").n_unique())
    payees = frame.join(
        stand.filter(pl.col("first") < thresholds.FIRST_WORDS_BEFORE_PLACE),
        on=["account", "second"],
        how="semi",
    )
    counts = payees.group_by("account", "first").agg(pl.col("second").n_unique())
    noise = counts.filter(pl.col("second") >= thresholds.PAYEES_BEHIND_BOOKING)[
        "first"
    ].unique()
    is_noise = heads["first"].is_in(noise.implode()) & heads["second"].is_not_null()
    rest = pl.col("words").str.replace(r"^\S+ ", "")
    return texts.with_columns(
        words=pl.when(is_noise).then(rest).otherwise(pl.col("words"))
    ).with_columns(keyed())


def booked_text(entries: pl.DataFrame) -> pl.Series:
    """Return what is said of each entry: its text, then the bank's word for it."""
    kind = pl.col("kind").fill_null("")
    both = pl.col("text") + " " + kind
    return entries.select(pl.when(kind == "").then("text").otherwise(both)).to_series()


def _with_texts(
    rows: pl.DataFrame, entries: pl.DataFrame, texts: pl.DataFrame
) -> pl.DataFrame:
    """Return rows with their entries' columns and what their texts say."""
    entry = entries.select("account", "file", "row", "currency", "text")[rows["place"]]
    payee = texts.select("key", "words", "merchant", "channel", "flags")[rows["text"]]
    whole = rows.select("day", "cost", "place").hstack(entry).hstack(payee)
    return whole.sort("account", "key", "day", "place").select(COLUMNS)


def _may_recur(texts: pl.DataFrame, descriptors: Descriptors) -> pl.Series:
    """Return what a text can be: 0 no series, 1 perhaps, 2 a biller's, 3 a habit's.

    A biller is on file, or bills for others; a habit is one by a word alone.
    """
    kinds = {n: m.kind for n, m in enumerate(descriptors.merchants)}
    kind = texts["merchant"].replace_strict(kinds, default="", return_dtype=pl.String)
    flags = texts["flags"]
    is_habit = kind == "habit"
    billers = kind.is_in(["subscription", "bill", "instalment"])
    biller = billers | texts["key"].str.starts_with("@")
    never = is_habit | ((flags & _NO_PURCHASE > 0) & ~billers)
    by_word = (flags & _HABIT > 0) & (flags & _SUBSCRIPTION == 0)
    return pl.select(
        pl.when(never)
        .then(0)
        .when(biller)
        .then(_BILLER)
        .when(by_word)
        .then(_HABIT_BY_WORD)
        .otherwise(1)
    ).to_series()


def _rhythmic(table: pl.DataFrame) -> pl.DataFrame:
    """Return the charges of payees, or of single amounts, with gaps like each other."""
    # one number is sorted in a third of the time that two columns take
    table = table[(table["payee"] * _MOST_DAYS + table["day"]).arg_sort()]
    whole = _even(table, ["payee"])
    costs = table.sort("payee", "cost", maintain_order=True)
    single = _even(costs, ["payee", "cost"]) & ~_is_chance(costs)
    of_payees = table.filter(whole | table["is_biller"])["place"]
    places = pl.concat([costs.filter(single)["place"], of_payees]).unique()
    is_rhythmic = pl.col("place").is_in(places.implode())
    payees = table.filter(is_rhythmic)["payee"].unique()
    test = (pl.col("cost") <= thresholds.TRIAL) & pl.col("payee").is_in(
        payees.implode()
    )
    return table.filter(is_rhythmic | test)


def _is_chance(table: pl.DataFrame) -> pl.Series:
    """Return which rows, sorted, are two equal sums among many others at a payee.

    At a shop with many charges two of them are the same sooner or later, and some of
    those a year or a month apart.
    """
    of_sum, of_payee = _groups(table, ["payee", "cost"]), _groups(table, ["payee"])
    groups = pl.DataFrame({"sum": of_sum, "payee": of_payee})
    is_pair = pl.len().over("sum") == PAIR
    are_many = pl.len().over("payee") >= thresholds.CHANCE_CHARGES
    return groups.select(is_pair & are_many).to_series()


def _groups(table: pl.DataFrame, by: list[str]) -> pl.Series:
    """Return the number of each row's group, of a table that is sorted by groups."""
    changes = ((pl.col(n) != pl.col(n).shift(1)).fill_null(value=True) for n in by)
    starts = table.select(pl.any_horizontal(changes)).to_series()
    # what is known to be sorted is grouped without a look at it all
    return starts.cum_sum().set_sorted()


def _even(table: pl.DataFrame, by: list[str]) -> pl.Series:
    """Return which rows, sorted by group and day, are of groups with a usual gap."""
    group = _groups(table, by)
    gap = table["day"].diff().set(group.diff().fill_null(1) > 0, None)
    frame = pl.DataFrame({"group": group, "gap": gap})
    groups = frame.group_by("group", maintain_order=True).agg(
        pl.len().alias("n"), pl.col("gap").quantile(0.5, "lower").alias("usual")
    )
    usual = groups["usual"].gather(group - 1)
    room = (usual * thresholds.SIEVE_ROOM).clip(
        thresholds.SIEVE_ROOM_LEAST, thresholds.SIEVE_ROOM_MOST
    )
    near = (gap - usual).abs() <= room
    share = (
        frame.with_columns(near=near.fill_null(value=False))
        .group_by("group", maintain_order=True)
        .agg(pl.col("near").sum())["near"]
    )
    good = groups["usual"].is_between(
        thresholds.SIEVE_GAP_LEAST, thresholds.SIEVE_GAP_MOST
    ) & (share >= thresholds.SIEVE_SHARE * (groups["n"] - 1))
    # as the judge has it: of a habit by its word, only a plan by the month passes
    is_plan = (groups["usual"] >= thresholds.WEEKLY_BELOW) & (
        groups["n"] >= thresholds.STRICT_CHARGES
    )
    may_be = ~table["is_habit"] | is_plan.fill_null(value=False).gather(group - 1)
    return good.fill_null(value=False).gather(group - 1) & may_be


def _common(
    table: pl.DataFrame, entries: pl.DataFrame, texts: pl.DataFrame
) -> dict[str, frozenset[str]]:
    """Return, by account, words that stand with many payees."""
    pairs = table.select("account", "text", "place").unique(["account", "text"])
    payee = texts.select("words", "group")[pairs["text"]]
    words = pl.DataFrame(
        {
            "account": entries["account"][pairs["place"]],
            "group": payee["group"],
            "word": payee["words"].str.split(" ").list.slice(1),
        }
    ).explode("word")
    counts = words.group_by("account", "word").agg(pl.col("group").n_unique())
    often = counts.filter(
        (pl.col("group") >= thresholds.COMMON_WORD) & pl.col("word").is_not_null()
    )
    common: dict[str, set[str]] = {}
    for account, word in often.select("account", "word").iter_rows():
        common.setdefault(account, set()).add(word)
    return {account: frozenset(words) for account, words in common.items()}
