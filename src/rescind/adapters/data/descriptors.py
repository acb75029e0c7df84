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
    entries = [entry for root in (overlay, SHIPPED) for entry in _entries(root)]
    entries = [*_services(overlay), *entries]
    folded = _folding(words, entries)

    def listed(lines: Iterable[str]) -> Iterable[str]:
        return (folded[word] for line in lines for word in line.split())

    return Descriptors(
        merchants=tuple(_merchant(entry, folded) for entry in entries),
        noise=tuple(sorted(set(listed(words["noise"])) - {""})),
        processors={
            folded[stem]: Channel(channel)
            for channel, stems in words["processors"].items()
            for stem in stems
        },
        kinds={
            word: kind
            for kind, lines in words["kinds"].items()
            for word in listed(lines)
            if word
        },
        recurring=frozenset(listed(words["recurring"])) - {""},
        fees=tuple(folded[line] for line in words["fees"]),
        refunds=frozenset(listed(words["refunds"])) - {""},
        trials=frozenset(listed(words["trials"])) - {""},
        orders=frozenset(listed(words["orders"])) - {""},
    )


def _folding(
    words: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]
) -> dict[str, str]:
    """Return every word and stem with its folded form; one pass for all is quick."""
    given = [stem for entry in entries for stem in entry["stems"]]
    given += [stem for stems in words["processors"].values() for stem in stems]
    given += words["fees"]
    lines = [
        *words["noise"],
        *words["recurring"],
        *words["refunds"],
        *words["trials"],
        *words["orders"],
    ]
    lines += [line for kind in words["kinds"].values() for line in kind]
    given += [word for line in lines for word in line.split()]
    return dict(zip(given, fold_all(given), strict=True))


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


def _entries(root: Path | None) -> Iterable[Mapping[str, Any]]:
    path = root / "descriptors" / "merchants.yaml" if root else None
    if path is None or not path.exists():
        return ()
    entries: Iterable[Mapping[str, Any]] = read_yaml(path)["merchants"]
    return entries


def _merchant(entry: Mapping[str, Any], folded: Mapping[str, str]) -> Merchant:
    return Merchant(
        name=entry["name"],
        kind=entry["kind"],
        stems=tuple(
            dict.fromkeys(s for n in entry["stems"] if len(s := folded[n]) > 1)
        ),
        sells=entry.get("sells", ""),
        service=entry.get("service", ""),
        source=entry.get("source", ""),
    )
