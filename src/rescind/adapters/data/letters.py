"""Letter texts: what a kind of letter says in a language, read from its files."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.cldr import country_name, is_spoken, official_languages
from rescind.adapters.data.yaml import read_yaml
from rescind.core.errors import BadInput
from rescind.core.model.letter import (
    Clause,
    LetterKind,
    LetterText,
    MonthWords,
    ReaderKind,
)

LANGUAGE_ALIASES = {"no": "nb", "pt-PT": "pt", "en-UK": "en-GB"}
"""Other names that languages go by."""
DEFAULT = "en"
_ANY = "*"
_PROBLEM = "problem_"
_OWN: Mapping[str | None, str] = {"CA-QC": "fr"}
"""Parts of a country with a language of their own."""
_PLACE = re.compile(r"[a-z]{2}(?=-)")
_CODES = {"uk": "GB"}
"""Beginnings of claims' ids that are not the country's code."""
_BRACKETS = {"ja": ("（", "）")}
_NAMES_PLACE = re.compile(r"\([A-Z][a-z]*\)$")
"""A law's name that ends with its country."""


@cache
def kinds(root: Path = SHIPPED) -> tuple[str, ...]:
    """Return every kind of letter."""
    return tuple(sorted(p.parent.name for p in root.glob("letters/*/kind.yaml")))


@cache
def languages(kind: str, root: Path = SHIPPED) -> tuple[str, ...]:
    """Return the languages that a kind of letter is written in."""
    files = (root / "letters" / kind).glob("*.yaml")
    return tuple(sorted(p.stem for p in files if p.stem != "kind"))


@cache
def language(slug: str, root: Path = SHIPPED) -> Mapping[str, Any]:
    """Return what every letter of a language shares; raises BadInput for others."""
    path = root / "languages" / f"{slug}.yaml"
    slugs = sorted(p.stem for p in path.parent.glob("*.yaml") if p.stem != "citations")
    if slug not in slugs:
        raise BadInput.unknown_value("lang", slug, slugs)
    entry: Mapping[str, Any] = read_yaml(path)
    return entry


@cache
def problems() -> tuple[str, ...]:
    """Return what a complaint can be about, by the names that bodies use."""
    labels = language(DEFAULT)["labels"]
    return tuple(n.removeprefix(_PROBLEM) for n in labels if n.startswith(_PROBLEM))


@cache
def _citations(root: Path) -> Mapping[str, Mapping[str, str]]:
    entry: Mapping[str, Mapping[str, str]] = read_yaml(
        root / "languages" / "citations.yaml"
    )
    return entry


def split_language(tag: str) -> tuple[str, str]:
    """Return a language tag (BCP 47) as one on file and a region, or an empty one.

    >>> split_language("de-CH"), split_language("pt-BR")
    (('de', 'CH'), ('pt-BR', 'BR'))
    """
    text = tag.strip().replace("_", "-")
    base, _, region = LANGUAGE_ALIASES.get(text, text).partition("-")
    whole = f"{base.lower()}-{region.upper()}" if region else base.lower()
    if (SHIPPED / "languages" / f"{whole}.yaml").is_file():
        return whole, region.upper()
    return LANGUAGE_ALIASES.get(base.lower(), base.lower()), region.upper()


def language_of(country: str | None) -> str:
    """Return the language that letters to a country are written in; else English.

    Where English is official beside others it is taken: most contracts are in it.
    """
    if country in _OWN:
        return _OWN[country]
    spoken = official_languages((country or "")[:2]) if country else ()
    if DEFAULT in spoken:
        return DEFAULT
    for name in spoken:
        slug = split_language(f"{name}-{(country or '')[:2]}")[0]
        if (SHIPPED / "languages" / f"{slug}.yaml").is_file():
            return slug
    return DEFAULT


@cache
def read_letter_text(
    kind: str, tag: str, region: str = "", root: Path = SHIPPED
) -> LetterText:
    """Return the words of a letter; raises BadInput with the kinds or languages.

    ``region`` is the country whose way of writing the language is wanted.
    """
    structure = read_kind(kind, root)
    slug, own_region = split_language(tag)
    if slug not in languages(kind, root):
        message = f"no {kind} letter in {tag!r} is written yet"
        raise BadInput("lang", message, languages(kind, root))
    shared = language(slug, root)
    entry = read_yaml(root / "letters" / kind / f"{slug}.yaml")
    variant = shared.get("variants", {}).get(own_region or region, {})
    swaps = dict(shared.get("swaps", {})) | dict(variant.get("swaps", {}))
    laws = {
        claim + at: words
        for claim, names in _citations(root).items()
        for at, words in _names_in(claim, names, slug).items()
    }
    return LetterText(
        kind=structure,
        language=slug,
        subject=entry["subject"],
        subject_ask=entry.get("subject_ask", ""),
        subjects_beside={
            name: entry[f"subject_{name.removesuffix('_too')}"]
            for name in ("withdraws_too", "cancels_too")
            if f"subject_{name.removesuffix('_too')}" in entry
        },
        salutation=shared.get("salutations", {}).get(
            structure.reader.value, variant.get("salutation", shared["salutation"])
        ),
        closing=variant.get("closing", shared["closing"]),
        texts=dict(shared["clauses"]) | dict(entry["texts"]),
        labels=_swapped(shared["labels"], swaps),
        kinds=_swapped(shared["kinds"], swaps),
        laws=laws,
        colon=shared.get("colon", ": "),
        conjunction=shared.get("and", "; "),
        months=_months(shared.get("months", {})),
        swaps=swaps,
        paypal_swaps=shared.get("paypal_swaps", {}),
        reviewed=entry["reviewed"] and shared["reviewed"],
    )


def _months(entry: Mapping[str, Any]) -> MonthWords:
    return MonthWords(
        around=tuple((around, instead) for around, instead in entry.get("around", ())),
        inside=tuple(entry.get("in", ())),
        of=tuple(entry.get("of", ())),
    )


def _swapped(names: Mapping[str, str], swaps: Mapping[str, str]) -> dict[str, str]:
    """Return names as a country writes them; they fill a clause as they are."""
    swapped = dict(names)
    for old, new in swaps.items():
        swapped = {key: words.replace(old, new) for key, words in swapped.items()}
    return swapped


def _names_in(claim: str, names: Mapping[str, str], slug: str) -> dict[str, str]:
    """Return a law's names in a language, by the country (``@CH``) they are for.

    Where a language has no name of its own for a law, the law's own name stands, with
    the country behind it: a reader abroad could not find it else.
    """
    by_country = {"": _abroad(claim, names[_ANY], slug)} if _ANY in names else {}
    for tag, words in names.items():
        language_slug, _, country = tag.partition("@")
        if language_slug == slug:
            by_country[f"@{country}" if country else ""] = words
    return by_country


def _abroad(claim: str, words: str, slug: str) -> str:
    """Return a law's own name, with its country where the language is not spoken."""
    place = _PLACE.match(claim)
    code = _CODES.get(place[0], place[0].upper()) if place else None
    if code is None or is_spoken(slug, code) or _NAMES_PLACE.search(words):
        return words
    country = country_name(code, slug) or code
    if words.endswith(")"):
        return f"{words[:-1]}, {country})"
    before, after = _BRACKETS.get(slug, (" (", ")"))
    return f"{words}{before}{country}{after}"


@cache
def read_kind(kind: str, root: Path = SHIPPED) -> LetterKind:
    """Return a kind of letter; raises BadInput with the kinds there are."""
    if kind not in kinds(root):
        raise BadInput.unknown_value("kind", kind, kinds(root))
    entry = read_yaml(root / "letters" / kind / "kind.yaml")
    return LetterKind(
        slug=kind,
        reader=ReaderKind(entry["reader"]),
        needs=tuple(entry.get("needs", ())),
        needs_for=entry["needs_for"],
        asks_unless=entry.get("asks_unless"),
        grounds=tuple(entry.get("grounds", ())),
        clauses=tuple(
            Clause(
                id=item["id"],
                when=tuple(
                    (name.removeprefix("not "), not name.startswith("not "))
                    for name in item.get("when", ())
                ),
                rests_on=tuple(item.get("rests_on", ())),
                backed_by=tuple(item.get("backed_by", ())),
            )
            for item in entry["clauses"]
        ),
    )
