"""Names of services: what people type and what statements show, and whose it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from rescind.adapters.data.name_words import words_of
from rescind.adapters.data.yaml import latest, read_yaml, remember_latest

_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "ac", "gov", "or", "ne"})
"""Labels that stand before a country's own, as in co.uk."""
_FORM = 4
"""Of a row; changes with what is read of a file."""


class ListedPrice(NamedTuple):
    """A price as an entry writes it, with what it buys."""

    amount: str
    currency: str
    period: str
    seen_on: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceName:
    """What one service is called."""

    slug: str
    name: str
    website: str | None
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    on_statements: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    """Who takes the money, as it stands on statements."""
    offers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Where it is sold, as its entry says; empty: not known."""
    prices: tuple[ListedPrice, ...] = ()
    is_foreign: bool = False
    """From a directory, and not checked by us."""

    def called(self) -> Iterator[str]:
        """Yield what people call it."""
        yield from (self.name, *self.aliases)

    def called_also(self) -> Iterator[str]:
        """Yield everything else it may be looked for by, but its addresses."""
        yield from (*self.aliases, *self.on_statements, *self.companies)

    def labels(self) -> Iterator[str]:
        """Yield the names in its domains: ``netflix`` of ``netflix.com``."""
        for domain in self.domains:
            *labels, _ = domain.casefold().split(".")
            if labels[1:] and labels[-1] in _SECOND_LEVEL:
                labels.pop()
            if labels and labels[-1][1:]:
                yield labels[-1].replace("-", "")

    def offer_words(self) -> frozenset[str]:
        """Return the words of what it sells."""
        return frozenset(word for offer in self.offers for word in words_of(offer))


class _Row(TypedDict):
    slug: str
    name: str
    website: str | None
    aliases: list[str]
    domains: list[str]
    on_statements: list[str]
    companies: list[str]
    offers: list[str]
    countries: list[str]
    prices: list[list[object]]


class ServiceNames:
    """The names of all services, without anything else of their files."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        """Keep where each service's file is."""
        self._paths = paths

    @cached_property
    def all(self) -> tuple[ServiceName, ...]:
        """Return each service's names; a file that was read before is not read again.

        Whether a file changed is told by its size and time, which is enough for a
        name: what holds is read from the file by its whole content.
        """
        known = latest(self._key) or {}
        rows, is_new = {}, False
        for slug, path in self._paths.items():
            status = path.stat()
            state = [str(path), status.st_size, status.st_mtime_ns]
            row = known.get(slug)
            if row is None or row[0] != state:
                row, is_new = [state, _row(slug, read_yaml(path, keep=False))], True
            rows[slug] = row
        if is_new or len(rows) != len(known):
            remember_latest(self._key, rows)
        return tuple(_name(row) for _, row in rows.values())

    @property
    def _key(self) -> str:
        """Return what tells these folders' names from others'."""
        folders = sorted({str(path.parent.parent) for path in self._paths.values()})
        digest = blake2b("\n".join(folders).encode(), digest_size=16)
        return f"names-{_FORM}-{digest.hexdigest()}"


def _name(row: Mapping[str, Any]) -> ServiceName:
    return ServiceName(
        slug=row["slug"],
        name=row["name"],
        website=row["website"],
        aliases=tuple(row["aliases"]),
        domains=tuple(row["domains"]),
        on_statements=tuple(row["on_statements"]),
        companies=tuple(row["companies"]),
        offers=tuple(row["offers"]),
        countries=tuple(row["countries"]),
        prices=tuple(map(_price, row["prices"])),
    )


def _price(row: Sequence[Any]) -> ListedPrice:
    amount, currency, period, seen_on, regions = row
    return ListedPrice(amount, currency, period, seen_on, tuple(regions))


def _row(slug: str, content: object) -> _Row:
    """Return the names in a file; a person's own may be of any shape."""
    entry = content if isinstance(content, Mapping) else {}
    return {
        "slug": slug,
        "name": str(entry.get("name", slug)),
        "website": _text(entry.get("website")),
        "aliases": _texts(entry.get("aliases")),
        "domains": _texts(entry.get("official_domains")),
        "on_statements": _statement_names(entry.get("descriptors")),
        "companies": _statement_names(entry.get("payees")),
        "offers": [str(item.get("name", "")) for item in _offers(entry.get("offers"))],
        "countries": _texts(entry.get("countries")),
        # lists, as JSON gives them back: what comes back otherwise is not remembered
        "prices": [[*price[:-1], list(price.regions)] for price in _prices(entry)],
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _items(value: object) -> Iterable[Mapping[str, object]]:
    items = value if isinstance(value, list) else []
    return (item for item in items if isinstance(item, Mapping))


def _statement_names(value: object) -> list[str]:
    return [name for item in _items(value) for name in _texts(item.get("names"))]


def _offers(value: object) -> Iterable[Mapping[str, object]]:
    return _items(list(value.values()) if isinstance(value, Mapping) else [])


def _prices(entry: Mapping[str, Any]) -> Iterator[ListedPrice]:
    """Yield the usual prices of a file: no first month's, none without its tax."""
    offers = entry.get("offers")
    for item in _items(entry.get("prices")):
        offer = offers.get(item.get("offer")) if isinstance(offers, Mapping) else None
        usual = offer.get("period") if isinstance(offer, Mapping) else None
        period = item.get("period", usual)
        values = [item.get(name) for name in ("amount", "currency", "seen_on")]
        if item.get("promotional") or item.get("without_tax") or not period:
            continue
        if all(isinstance(value, str) for value in values):
            amount, currency, seen_on = map(str, values)
            regions = tuple(_texts(item.get("regions")))
            yield ListedPrice(amount, currency, str(period), seen_on, regions)
