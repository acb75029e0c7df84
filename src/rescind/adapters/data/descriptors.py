"""Descriptors from the data; a user's own file is laid over ours."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.find.clean import fold_all
from rescind.core.model.descriptor import Channel, Descriptors, Merchant


@cache
def descriptors(overlay: Path | None = None) -> Descriptors:
    """Return what is known of descriptors; the user's merchants come first.

    Services of the user's own catalogue are merchants too.
    """
    words = read_yaml(SHIPPED / "descriptors" / "words.yaml")
    entries = [entry for root in (overlay, SHIPPED) for entry in _merchants_in(root)]
    entries = [*_services(overlay), *entries]
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
        kinds={
            word: kind
            for kind, lines in words["kinds"].items()
            for word in words_in(lines)
            if word
        },
        recurring=frozenset(words_in(words["recurring"])) - {""},
        fees=tuple(folds[line] for line in words["fees"]),
        refunds=frozenset(words_in(words["refunds"])) - {""},
        trials=frozenset(words_in(words["trials"])) - {""},
        orders=frozenset(words_in(words["orders"])) - {""},
    )


def _folds(
    words: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Return every word and stem with its folded form; one pass for all is quick."""
    texts = [stem for entry in entries for stem in entry["stems"]]
    texts += [stem for stems in words["processors"].values() for stem in stems]
    texts += words["fees"]
    lines = [
        *words["noise"],
        *words["recurring"],
        *words["refunds"],
        *words["trials"],
        *words["orders"],
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
