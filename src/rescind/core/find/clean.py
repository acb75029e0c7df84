"""Descriptors cleaned: what of an entry's text names who is paid, and through whom.

References, dates, card digits and amounts change from month to month; ways of booking
and legal forms say nothing of who is paid. What is left, and a table of merchants, give
each text a key by which entries can be grouped. Each different text is cleaned once.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from rescind.core.find import thresholds
from rescind.core.model.descriptor import Channel, Descriptors

_OWN = {"Ø": "O", "Ł": "L", "Æ": "AE", "ẞ": "SS", "Œ": "OE", "Đ": "D", "’": "'"}
_DROPPED = (
    r"(?:\b(?:EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|COAM|OAMT)\+"
    r"|[0-9][0-9A-Z]*[0-9][0-9A-Z]*|\b[0-9]+\b|[^\p{L}0-9&+*]|'S\b)+"
)
"""From a text: numbers and what hangs on them, single digits, punctuation."""
_SHORT_PROCESSOR = 4
"""Letters of a processor's mark that stands before a star: ``SQ *``, ``PYPL *``."""
KINDS = ("subscription", "bill", "line", "instalment", "transfer", "habit")
FLAGS = (
    *KINDS,
    "recurring",
    "fee",
    "settlement",
    "refund",
    "trial",
    "order",
    "sent",
    "firm",
    "person",
)
_BILL = 1 << FLAGS.index("bill")
_COMPOUNDING = "[\u4e00-\u9fff\uac00-\ud7af]"
"""Han and Hangul: words that stand in compounds however short they are."""


def fold(text: str) -> str:
    """Return a text as descriptors are compared: capitals, no accents, bare words.

    >>> fold("Disney+ 4,99 Größe"), fold("1&1 Telecom")
    ('DISNEY+ GROSSE', 'ONE&ONE TELECOM')
    """
    return fold_all([text])[0]


def fold_all(texts: Sequence[str]) -> list[str]:
    """Return many texts as descriptors are compared."""
    bare = folded(pl.Series(texts, dtype=pl.String)).str.replace_all(
        "*", " ", literal=True
    )
    return bare.str.replace_all(r"\s+", " ").str.strip_chars().to_list()


def folded(texts: pl.Series) -> pl.Series:
    """Return texts in capitals, without accents, numbers, punctuation but ``*``."""
    upper = texts.str.to_uppercase()
    marked = upper.str.len_bytes() != upper.str.len_chars()
    if marked.any():
        plain = upper.filter(marked)
        plain = plain.str.replace_many(_OWN).str.normalize("NFKD")
        plain = plain.str.replace_all(r"[\u0300-\u036f]", "").str.normalize("NFC")
        upper = upper.scatter(marked.arg_true(), plain)
    upper = upper.str.replace_all("1&1", "ONE&ONE", literal=True)
    return upper.str.replace_all(_DROPPED, " ").str.strip_chars()


@dataclass(frozen=True, slots=True)
class _Tables:
    """What is looked for, ready for the search (Aho-Corasick) that Polars runs."""

    stems: list[str]
    stem_merchants: dict[str, int]
    broad: list[str]
    """Stems that begin another merchant's: a company beside one of its brands; or those
    of who bills for others: a store beside what it sold."""
    words: list[str]
    word_flags: dict[str, int]
    noise: frozenset[str]
    processors: list[str]
    processor_channels: dict[str, str]
    resellers: list[str]
    short_processors: dict[str, str]
    persons: list[str]
    sending: list[str]
    """Words of transfers, which stand before a person's name and are none."""
    stores: list[str]
    """How who sells for others stands before what was sold: ROKU FOR STARZ."""
    store_merchants: list[int]
    """Those stores as merchants."""
    short_shops: list[int]
    """Merchants by habit whose names are short words, which others may have, too."""


@lru_cache(maxsize=4)
def _tables(descriptors: Descriptors) -> _Tables:
    stems: dict[str, int] = {}
    for number, merchant in enumerate(descriptors.merchants):
        for stem in merchant.stems:
            stems.setdefault(_of_stem(stem), number)
    words = _word_flags(descriptors)
    long = {
        p: c for p, c in descriptors.processors.items() if len(p) > _SHORT_PROCESSOR
    }
    return _Tables(
        stems=sorted(stems, key=len, reverse=True),
        stem_merchants=stems,
        broad=_broad(descriptors, stems),
        words=list(words),
        word_flags=words,
        noise=frozenset(descriptors.noise),
        processors=sorted((f" {p} " for p in long), key=len, reverse=True),
        processor_channels={f" {p} ": c.value for p, c in long.items()},
        resellers=[f" {p} " for p, c in long.items() if c is Channel.RESELLER],
        short_processors={
            p: c.value
            for p, c in descriptors.processors.items()
            if len(p) <= _SHORT_PROCESSOR
        },
        persons=list(descriptors.persons),
        sending=[
            word
            for phrase in descriptors.orders | descriptors.transfers
            for word in phrase.split(" ")
            if len(word) > 1
        ],
        stores=[f" {mark} " for mark in descriptors.stores],
        store_merchants=[
            stems[stem]
            for store in descriptors.stores.values()
            if (stem := _of_stem(store)) in stems
        ],
        short_shops=[
            number
            for number, merchant in enumerate(descriptors.merchants)
            if merchant.kind == "habit" and merchant.sells == "shop"
            if max(map(len, merchant.stems)) < thresholds.LONG_STEM
        ],
    )


def _of_stem(stem: str) -> str:
    """Return a pattern: long stems begin longer words too, short ones stand alone."""
    return f" {stem}" if len(stem) >= thresholds.LONG_STEM else f" {stem} "


def _broad(descriptors: Descriptors, stems: Mapping[str, int]) -> list[str]:
    """Return the patterns of stems that begin another merchant's, or a biller's."""
    broad: dict[str, None] = {}
    for biller in descriptors.processors:
        words = biller.split(" ")
        starts = (_of_stem(" ".join(words[: end + 1])) for end in range(len(words)))
        broad |= dict.fromkeys(start for start in starts if start in stems)
    for number, merchant in enumerate(descriptors.merchants):
        for stem in merchant.stems:
            words = stem.split(" ")
            starts = (" ".join(words[:end]) for end in range(1, len(words)))
            patterns = [_of_stem(start) for start in starts]
            broad |= dict.fromkeys(
                p for p in patterns if stems.get(p, number) != number
            )
    return list(broad)


def _word_flags(descriptors: Descriptors) -> dict[str, int]:
    """Return the words that speak for something, with their bits of ``FLAGS``."""
    words: dict[str, int] = {}
    groups = {
        **descriptors.kinds,
        **dict.fromkeys(descriptors.refunds, "refund"),
        **dict.fromkeys(descriptors.trials, "trial"),
        **dict.fromkeys(descriptors.orders, "order"),
    }
    for word, kind in groups.items():
        words[_bounded(word)] = 1 << FLAGS.index(kind)
    beside = (
        (descriptors.recurring, "recurring"),
        (descriptors.orders | descriptors.transfers, "sent"),
    )
    for group, flag in beside:
        for word in group:
            key = _bounded(word)
            words[key] = words.get(key, 0) | 1 << FLAGS.index(flag)
    for word in descriptors.firms:
        key = f" {word} "
        words[key] = words.get(key, 0) | 1 << FLAGS.index("firm")
    for phrase in descriptors.fees:
        words[f" {phrase}"] = 1 << FLAGS.index("fee")
    for phrase in descriptors.settlements:
        words[f" {phrase}"] = 1 << FLAGS.index("settlement")
    return words


def _bounded(word: str) -> str:
    """Return a pattern: long words are found inside compounds, short ones alone."""
    is_found_inside = len(word) >= thresholds.LONG_WORD or re.match(_COMPOUNDING, word)
    return word if is_found_inside else f" {word} "


def cleaned(
    texts: pl.Series, descriptors: Descriptors
) -> tuple[pl.Series, pl.DataFrame]:
    """Return which description each text has, and the descriptions.

    ``key``: by which entries are grouped. ``words``: what is left of the name.
    ``merchant``: its number in the table, or null. ``channel``: through whom it is
    billed. ``flags``: which of ``FLAGS`` its words speak for, as bits.
    """
    raw = pl.DataFrame({"text": texts})
    unique = raw.unique()
    unique = unique.with_columns(skeleton=folded(unique["text"]))
    skeletons = unique.select("skeleton").unique().with_row_index("number")
    unique = unique.join(skeletons, on="skeleton", how="left").select("text", "number")
    numbers = raw.join(unique, on="text", how="left", maintain_order="left")["number"]
    return numbers, _descriptions(skeletons["skeleton"], descriptors)


def _descriptions(skeletons: pl.Series, descriptors: Descriptors) -> pl.DataFrame:
    tables = _tables(descriptors)
    stars = "|".join(re.escape(p) for p in tables.short_processors)
    bare = skeletons.str.replace_all(rf"(?:^|\s)(?:{stars}) ?\*", " ")
    padded = (
        " "
        + bare.str.replace_all("*", " ", literal=True)
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
        + " "
    )
    merchant = _merchants(padded, tables, descriptors)
    channel = _channels(skeletons, padded, tables)
    flags = _flags(padded, tables)
    # a cooperative that sells electricity is not the shop that is called Coop
    is_shop = (flags & _BILL == 0) | ~merchant.is_in(tables.short_shops)
    names = _names(padded, tables)
    is_sold = padded.str.contains_any(tables.stores) & (names["words"] != "")
    is_named = ~(is_sold & merchant.is_in(tables.store_merchants))
    flags |= names["person"].cast(pl.UInt16) * (1 << FLAGS.index("person"))
    frame = pl.DataFrame(
        {
            "merchant": merchant,
            "channel": channel,
            "flags": flags,
            "words": names["words"],
        }
    ).with_columns(pl.when(is_shop & is_named).then("merchant"))
    return frame.select(keyed(), "words", "merchant", "channel", "flags")


def keyed() -> pl.Expr:
    """Return by which entries are grouped: merchant, biller, or the first word."""
    first = pl.col("words").str.extract(r"^(\S{1,2} \S+|\S+)")
    by_biller = (pl.col("channel") == Channel.APPLE.value) | first.is_null()
    return (
        pl.when(pl.col("merchant").is_not_null())
        .then("#" + pl.col("merchant").cast(pl.String))
        .when(by_biller)
        .then("@" + pl.col("channel"))
        .otherwise(first)
        .alias("key")
    )


def _merchants(
    padded: pl.Series, tables: _Tables, descriptors: Descriptors
) -> pl.Series:
    """Return each text's merchant: one that bills by contract before any other.

    A brand that stands beside its company's name is meant: ``MICROSOFT*XBOX``.
    """
    stems = padded.str.extract_many(tables.stems, leftmost=True)
    ranks = {"subscription": 0, "instalment": 1, "bill": 2, "habit": 3, "mixed": 4}
    hits = (
        pl.DataFrame(
            {"at": range(len(padded)), "stem": stems},
            schema_overrides={"at": pl.UInt32},
        )
        .explode("stem")
        .drop_nulls("stem")
    )
    of_name = (
        _is_of_name(text, stem, descriptors.name_ends)
        for text, stem in zip(padded.gather(hits["at"]), hits["stem"], strict=True)
    )
    hits = hits.filter(pl.Series(of_name, dtype=pl.Boolean))
    numbers = hits["stem"].replace_strict(tables.stem_merchants, return_dtype=pl.Int64)
    order = {number: ranks[m.kind] for number, m in enumerate(descriptors.merchants)}
    hits = hits.with_columns(
        merchant=numbers,
        rank=numbers.replace_strict(order, return_dtype=pl.Int64),
        is_broad=pl.col("stem").is_in(tables.broad),
    )
    best = hits.sort("at", "rank", "is_broad", maintain_order=True).unique(
        "at", keep="first", maintain_order=True
    )
    every = pl.DataFrame({"at": range(len(padded))}, schema={"at": pl.UInt32})
    return every.join(best, on="at", how="left", maintain_order="left")["merchant"]


def _is_of_name(text: str, stem: str, ends: Collection[str]) -> bool:
    """Return whether the word that a stem begins is still the name: NETFLIXCOM.

    "Tinderbox" is no Tinder, and "telekomunikacije" says what is sold.
    """
    if stem.endswith(" "):
        return True
    rest = text[text.index(stem) + len(stem) :].split(" ", 1)[0]
    return not rest or not rest.isalpha() or rest in ends


def _channels(skeletons: pl.Series, padded: pl.Series, tables: _Tables) -> pl.Series:
    long = padded.str.extract_many(tables.processors, leftmost=True).list.first()
    by_name = long.replace_strict(
        tables.processor_channels, default=None, return_dtype=pl.String
    )
    short = skeletons.str.extract(r"(?:^|\s)([A-Z0-9&]{2,4}) ?\*")
    by_star = short.replace_strict(
        tables.short_processors, default=None, return_dtype=pl.String
    )
    google = skeletons.str.contains(r"GOOGLE ?\*|\* ?GOOGLE\b")
    # who sells is asked, whoever carries the money to them
    sold = padded.str.contains_any(tables.resellers)
    by_name = by_name.set(sold, Channel.RESELLER.value)
    by_star = by_star.set(sold, None)
    frame = pl.DataFrame({"star": by_star, "name": by_name, "google": google})
    return frame.select(
        pl.when(pl.col("google"))
        .then(pl.lit(Channel.GOOGLE.value))
        .otherwise(pl.coalesce("star", "name", pl.lit(Channel.DIRECT.value)))
    ).to_series()


def _flags(padded: pl.Series, tables: _Tables) -> pl.Series:
    words = padded.str.extract_many(tables.words, overlapping=True)
    frame = pl.DataFrame(
        {"at": range(len(padded)), "word": words}, schema_overrides={"at": pl.UInt32}
    )
    hits = frame.explode("word").drop_nulls("word")
    hits = hits.with_columns(
        bit=hits["word"].replace_strict(tables.word_flags, return_dtype=pl.UInt16)
    )
    flags = hits.group_by("at").agg(pl.col("bit").bitwise_or())
    every = pl.DataFrame({"at": range(len(padded))}, schema={"at": pl.UInt32})
    return every.join(flags, on="at", how="left", maintain_order="left")[
        "bit"
    ].fill_null(0)


def _names(padded: pl.Series, tables: _Tables) -> pl.DataFrame:
    """Return the words that are no way of booking, no processor, no letter.

    ``person``: whether they begin as a person's name does: with a given name, or with
    one behind the family's; or with an initial. Further behind, a name tells whose
    contract it is.
    """
    without = padded.str.replace_many(
        tables.processors, [" "] * len(tables.processors), leftmost=True
    )
    frame = pl.DataFrame(
        {"at": range(len(padded)), "word": without.str.split(" ")},
        schema_overrides={"at": pl.UInt32},
    )
    word = pl.col("word")
    parts = frame.explode("word").filter((word != "") & ~word.is_in(list(tables.noise)))
    name = word.filter(~word.is_in(tables.sending))
    names = parts.group_by("at", maintain_order=True).agg(
        words=word.filter(word.str.len_chars() > 1)
        .unique(maintain_order=True)
        .str.join(" "),
        first=name.get(0, null_on_oob=True),
        second=name.get(1, null_on_oob=True),
    )
    is_known = pl.any_horizontal(
        pl.col(n).is_in(tables.persons) for n in ("first", "second")
    )
    is_initial = pl.col("first").str.contains("^[A-Z]$") & pl.col(
        "second"
    ).str.contains("^[A-Z]{3}")
    names = names.select("at", "words", person=is_known | is_initial)
    every = pl.DataFrame({"at": range(len(padded))}, schema={"at": pl.UInt32})
    whole = every.join(names, on="at", how="left", maintain_order="left")
    return whole.select(
        pl.col("words").fill_null(""), pl.col("person").fill_null(value=False)
    )
