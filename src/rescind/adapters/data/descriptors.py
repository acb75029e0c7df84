"""Descriptors from the data; a user's own file is laid over ours."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED, Catalogue
from rescind.adapters.data.name_words import fold, words_of
from rescind.adapters.data.service_names import ServiceName
from rescind.adapters.data.yaml import read_yaml
from rescind.core.find.clean import fold_all
from rescind.core.model.descriptor import Channel, Descriptors, Merchant


@cache
def descriptors(overlay: Path | None = None, country: str | None = None) -> Descriptors:
    """Return what is known of descriptors; the user's merchants come first.

    Services of the user's own catalogue are merchants too, and those of ours. One that
    is sold in one country only is meant by who lives there (``country``).
    """
    words = read_yaml(SHIPPED / "descriptors" / "words.yaml")
    entries = [entry for root in (overlay, SHIPPED) for entry in _merchants_in(root)]
    own, names = list(_services(overlay)), Catalogue(overlay).all_names
    mine = {entry["service"] for entry in own}
    meant = [n for n in names if n.slug not in mine and _is_meant(n, country)]
    billers = [stem for stems in words["processors"].values() for stem in stems]
    entries = [*own, *_on_file(entries, meant, billers)]
    folds = _folds(words, entries)

    def words_in(lines: Iterable[str]) -> Iterable[str]:
        return (folds[word] for line in lines for word in line.split())

    return Descriptors(
        merchants=tuple(_merchant(entry, folds) for entry in entries),
        noise=tuple(sorted(set(words_in(words["noise"])) - {""})),
        processors={
            folds[stem]: Channel(channel)
            for channel, stems in words["processors"].items()
            for stem in stems
        },
        stores={
            folds[stem]: folds[stem].removesuffix(_SOLD)
            for stems in words["processors"].values()
            for stem in stems
            if folds[stem].endswith(_SOLD)
        },
        kinds={
            word: kind
            for kind, lines in words["kinds"].items()
            for word in words_in(lines)
            if word
        },
        recurring=frozenset(words_in(words["recurring"])) - {""},
        fees=tuple(folds[line] for line in words["fees"]),
        settlements=tuple(folds[line] for line in words["settlements"]),
        refunds=frozenset(words_in(words["refunds"])) - {""},
        trials=frozenset(words_in(words["trials"])) - {""},
        orders=frozenset(words_in(words["orders"])) - {""},
        transfers=frozenset(words_in(words["transfers"])) - {""},
        persons=_persons(),
        firms=frozenset(words_in(words["firms"])) - {""},
        name_ends=frozenset(words_in(words["name_ends"])),
    )


@cache
def _persons() -> frozenset[str]:
    """Return what a person is called on a statement: names, titles and relations."""
    folder = SHIPPED / "descriptors"
    lines = [
        *read_yaml(folder / "words.yaml")["relations"],
        *read_yaml(folder / "given_names.yaml")["names"],
    ]
    return frozenset(fold_all([word for line in lines for word in line.split()]))


@cache
def _contract_kinds() -> Mapping[str, str]:
    words = read_yaml(SHIPPED / "descriptors" / "words.yaml")
    return {
        fold(word): kind
        for kind, lines in words["contract_kinds"].items()
        for line in lines
        for word in line.split()
    }


def contract_kind(payee: str) -> str:
    """Return what a contract is about by the payee's name; empty: it tells nothing.

    >>> contract_kind("Fithaus Koeln Mitgliedsbeitrag"), contract_kind("Zappeline")
    ('gym', '')
    """
    known = _contract_kinds()
    found = {known[word] for word in words_of(payee) if word in known}
    return next((kind for kind in dict.fromkeys(known.values()) if kind in found), "")


def _folds(
    words: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Return every word and stem with its folded form; one pass for all is quick."""
    texts = [stem for entry in entries for stem in entry["stems"]]
    texts += [stem for stems in words["processors"].values() for stem in stems]
    texts += [*words["fees"], *words["settlements"]]
    lines = [
        *words["noise"],
        *words["recurring"],
        *words["refunds"],
        *words["trials"],
        *words["orders"],
        *words["transfers"],
        *words["firms"],
        *words["name_ends"],
    ]
    lines += [line for kind in words["kinds"].values() for line in kind]
    texts += [word for line in lines for word in line.split()]
    return dict(zip(texts, fold_all(texts), strict=True))


def _services(root: Path | None) -> Iterable[Mapping[str, Any]]:
    """Yield the services of a user's own catalogue as merchants, with aliases."""
    for path in sorted((root / "catalogue").glob("?/*.yaml")) if root else ():
        service = read_yaml(path)
        yield {
            "name": service["name"],
            "kind": "subscription",
            "service": service["service"],
            "stems": [service["name"], *service.get("aliases", ())],
        }


def _is_meant(service: ServiceName, country: str | None) -> bool:
    """Return whether a service is sold in many countries, or in the person's own."""
    is_of_one = len(service.countries) == 1
    return not is_of_one or service.countries[0] == (country or "")[:2]


def _on_file(
    entries: Collection[Mapping[str, Any]],
    names: Collection[ServiceName],
    billers: Iterable[str],
) -> list[Mapping[str, Any]]:
    """Return the merchants, each with its service, and what else bills for services.

    A service is a merchant's where it is called so, and none of who is paid by habit. A
    company that bills for one service may sell other things: it is on file as mixed.
    Those of a service stand first: of two with the same name theirs is meant.
    """
    called = {fold(name): each for each in names for name in (*each.aliases, each.name)}
    merchants = [_with_service(entry, called) for entry in entries]
    owners = {fold(stem): _HABIT for stem in billers}
    owners |= {fold(stem): entry for entry in merchants for stem in entry["stems"]}
    uses = Counter(name for each in names for name in {*map(fold, each.companies)})
    places = {entry.get("service"): n for n, entry in enumerate(merchants)}
    for service in names:
        part = {"name": service.name, "service": service.slug}
        slug = service.slug
        shown = [each for each in _shown_as(service) if _is_free(each, slug, owners)]
        if shown:
            place = places.get(service.slug)
            if place is None:
                merchants.append({**part, "kind": "subscription", "stems": shown})
            else:
                stems = [*merchants[place]["stems"], *shown]
                merchants[place] = {**merchants[place], "stems": stems}
        own = [each for each in service.companies if uses[fold(each)] == 1]
        if own := [each for each in own if not list(_begun(each, owners))]:
            merchants.append({**part, "kind": "mixed", "stems": own})
    return sorted(merchants, key=lambda entry: "service" not in entry)


_SOLD = " FOR"
"""What stands between a store and what it sold."""
_BY_CONTRACT = frozenset({"subscription", "bill"})
_HABIT: Mapping[str, Any] = {"kind": "habit"}


def _with_service(
    entry: Mapping[str, Any], called: Mapping[str, ServiceName]
) -> Mapping[str, Any]:
    service = called.get(fold(entry["name"]))
    if service is None or "service" in entry or entry["kind"] not in _BY_CONTRACT:
        return entry
    return {**entry, "service": service.slug}


def _shown_as(service: ServiceName) -> Iterator[str]:
    """Yield what a statement may call a service: a short alias may be anybody's."""
    yield service.name.partition(" (")[0]
    yield from service.on_statements
    for alias in service.aliases:
        least = _LONG_WORD if len(alias.split()) == 1 else _LONG_NAME
        if "." in alias or not alias.isascii() or len(fold(alias)) >= least:
            yield alias


_LONG_WORD, _LONG_NAME = 8, 6
"""Letters of an alias that is nobody else's on a statement; of several words fewer do:
Claude and Mistral are people, PS Plus is not."""
_LEAST_STEM = 4
"""Letters of a stem that begins another's name; fewer begin too many."""


def _is_free(name: str, slug: str, owners: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a name is not somebody else's, by itself.

    Where it says more than another's stem it is meant; the very same is a service's
    only where it stands for a merchant with contracts and no service of its own: Sky
    has several countries'.
    """
    owner = owners.get(fold(name))
    if owner is None:
        return True
    return owner["kind"] in _BY_CONTRACT and owner.get("service", slug) == slug


def _begun(name: str, stems: Collection[str]) -> Iterator[str]:
    """Yield the stems that a name begins with."""
    folded = fold(name)
    starts = (folded[:end] for end in range(_LEAST_STEM, len(folded) + 1))
    return (start for start in starts if start in stems)


def _merchants_in(root: Path | None) -> Iterable[Mapping[str, Any]]:
    path = root / "descriptors" / "merchants.yaml" if root else None
    if path is None or not path.exists():
        return ()
    merchants: Iterable[Mapping[str, Any]] = read_yaml(path)["merchants"]
    return merchants


def _merchant(entry: Mapping[str, Any], folds: Mapping[str, str]) -> Merchant:
    return Merchant(
        name=entry["name"],
        kind=entry["kind"],
        stems=tuple(dict.fromkeys(s for n in entry["stems"] if len(s := folds[n]) > 1)),
        sells=entry.get("sells", ""),
        service=entry.get("service", ""),
        source=entry.get("source", ""),
    )
