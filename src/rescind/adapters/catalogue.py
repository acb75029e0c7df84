"""The catalogue's files become services; a user's folder is laid over ours."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from rescind.adapters.yaml import read_yaml
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import (
    Anchor,
    Channel,
    Condition,
    Contact,
    Identifier,
    Note,
    Offer,
    Route,
    Service,
    SoldAs,
    Term,
    Window,
)
from rescind.core.model.period import Period
from rescind.core.model.source import ALWAYS, Claim, Source, SourceKind, Span
from rescind.core.model.verdict import Answer

Entry = Mapping[str, Any]
SHIPPED = Path(str(files("rescind") / "data"))
EXCEPTIONAL = frozenset({"upgraded_from"})
"""Conditions that are never asked about, only warned of."""


class Catalogue:
    """Services by slug, read when first asked for."""

    def __init__(self, overlay: Path | None = None) -> None:
        """Look in our folder and, first, in the user's."""
        self._roots = [root for root in (overlay, SHIPPED) if root is not None]
        self._services: dict[str, Service] = {}

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """Return each service's file; the user's own wins over ours."""
        found: dict[str, Path] = {}
        for root in reversed(self._roots):
            for path in sorted((root / "catalogue").glob("?/*.yaml")):
                found[path.stem] = path
        return dict(sorted(found.items()))

    def service(self, slug: str) -> Service:
        """Return a service; raises BadInput with the nearest names otherwise."""
        if slug not in self.paths:
            raise BadInput.unknown_value("service", slug, [*self.paths, "other"])
        if slug not in self._services:
            self._services[slug] = build_service(
                read_yaml(self.paths[slug]), self.channels
            )
        return self._services[slug]

    @cached_property
    def channels(self) -> Mapping[str, Entry]:
        """Return the shared channels, as written."""
        found: dict[str, Entry] = {}
        for root in reversed(self._roots):
            for path in sorted((root / "channels").glob("*.yaml")):
                found[path.stem] = read_yaml(path)
        return found

    def search(self, words: str) -> tuple[Service, ...]:
        """Return the services whose name, alias or address contains the words."""
        wanted = words.casefold().strip()
        services = (self.service(slug) for slug in self.paths)
        return tuple(s for s in services if _is_named(s, wanted))


def _is_named(service: Service, wanted: str) -> bool:
    names = (service.slug, service.name, service.website or "", *service.aliases)
    return any(wanted in name.casefold() for name in names)


def build_service(entry: Entry, channels: Mapping[str, Entry]) -> Service:
    """Return the service that a checked file describes, its channels laid in."""
    used = {slug: channels[slug] for slug in entry["channels"]}
    reader = _Reader(entry["checked_on"], entry["sources"])
    shared = [(slug, _channel_reader(used[slug]), used[slug]) for slug in used]
    everywhere = tuple(used)
    extra = {slug: channel.get("extra_steps", {}) for slug, channel in used.items()}
    routes = [reader.route(item, ()) for item in entry.get("routes", [])]
    return Service(
        slug=entry["service"],
        name=entry["name"],
        legal_names=entry.get("legal_names", {}),
        website=entry.get("website"),
        checked_on=date.fromisoformat(entry["checked_on"]),
        terms_last_seen_on=_day(entry.get("terms_last_seen_on")),
        aliases=tuple(entry.get("aliases", ())),
        official_domains=tuple(entry.get("official_domains", ())),
        sources=reader.sources | _merged([r.sources for _, r, _ in shared]),
        offers={slug: _offer(slug, item) for slug, item in entry["offers"].items()},
        channels={slug: _channel(c, entry["name"]) for slug, c in used.items()},
        terms=tuple(reader.term(item) for item in entry.get("terms", [])),
        routes=(*_with_steps(routes, extra, everywhere), *_shared_routes(shared)),
        contacts=(
            *(reader.contact(item) for item in entry.get("contacts", [])),
            *(r.contact(i) for _, r, c in shared for i in c.get("contacts", [])),
        ),
        identifiers=tuple(reader.identifier(i) for i in entry.get("identifiers", [])),
        descriptors=tuple(reader.claim(i) for i in entry.get("descriptors", [])),
        notes=(
            *(reader.note(item, ()) for item in entry.get("notes", [])),
            *(r.note(i, (slug,)) for slug, r, c in shared for i in c.get("notes", [])),
        ),
        facts=tuple(reader.claim(item) for item in entry.get("facts", [])),
    )


def _merged(tables: list[dict[str, Source]]) -> dict[str, Source]:
    return {name: source for table in tables for name, source in table.items()}


def _channel_reader(channel: Entry) -> "_Reader":
    return _Reader(channel["checked_on"], channel.get("sources", {}))


def _shared_routes(shared: list[tuple[str, "_Reader", Entry]]) -> Iterator[Route]:
    for slug, reader, channel in shared:
        for item in channel.get("routes", []):
            yield reader.route(item, (slug,))


def _with_steps(
    routes: list[Route], extra: Mapping[str, Entry], channels: tuple[str, ...]
) -> Iterator[Route]:
    """Yield the routes, one for each channel that adds steps of its own first."""
    for route in routes:
        for slug in channels:
            added = extra[slug].get(route.topic)
            if added and slug in route.channels:
                yield _replaced(route, slug, tuple(added))
        yield route


def _replaced(route: Route, slug: str, added: tuple[str, ...]) -> Route:
    return Route(
        topic=route.topic,
        channels=frozenset({slug}),
        offers=route.offers,
        steps=route.steps + added,
        link=route.link,
        needs=route.needs,
        claims=route.claims,
    )


def _offer(slug: str, item: Entry) -> Offer:
    return Offer(
        slug=slug,
        name=item["name"],
        sold_as=SoldAs(item["sold_as"]),
        period=Period.parse(item["period"]) if "period" in item else None,
        handled_by=item.get("handled_by"),
        paid_by_consumer=item.get("paid_by_consumer", True),
        business=item.get("business", False),
        digital_content=item.get("digital_content", False),
        note=item.get("note", ""),
    )


def _channel(item: Entry, merchant: str) -> Channel:
    return Channel(
        slug=item["channel"],
        name=item["name"],
        handled_by=item.get("handled_by", merchant),
        early_charge_hours=item.get("early_charge_hours", 0),
        recognised_by=tuple(item.get("recognised_by", ())),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _span(days: list[str | None] | None) -> Span:
    if days is None:
        return ALWAYS
    return Span(first=_day(days[0]), last=_day(days[1]))


def read_sources(entries: Mapping[str, Entry]) -> dict[str, Source]:
    """Return the sources of a file by their ids."""
    return {
        name: Source(
            id=name,
            title=item["title"],
            kind=SourceKind(item["kind"]),
            url=item.get("url"),
            dated=item.get("dated"),
            seen_on=_day(item.get("seen_on")),
            verification=item.get("verification", "primary-seen"),
            note=item.get("note", ""),
        )
        for name, item in entries.items()
    }


class _Reader:
    """Reads entries whose claims point to one file's sources."""

    def __init__(self, checked_on: str, sources: Mapping[str, Entry]) -> None:
        self._checked_on = date.fromisoformat(checked_on)
        self.sources = read_sources(sources)

    def claim(self, item: Entry, *, value: str = "value") -> Claim:
        return Claim(
            id=item["id"],
            value=item[value],
            source=self.sources[item["source"]],
            locator=item["at"],
            checked_on=_day(item.get("checked_on")) or self._checked_on,
            in_force=_span(item.get("in_force")),
            rule=item.get("rule", ""),
        )

    def claims(self, items: list[Entry]) -> tuple[Claim, ...]:
        return tuple(self.claim(item) for item in items)

    def term(self, item: Entry) -> Term:
        window = item.get("window")
        return Term(
            claim=self.claim(item),
            topic=item["topic"],
            answer=Answer(item["says"]),
            offers=frozenset(item.get("offers", ())),
            channels=frozenset(item.get("channels", ())),
            regions=frozenset(item.get("regions", ())),
            conditions=_conditions(item),
            window=_window(window) if window else None,
            ends_with=tuple(item.get("ends_with", ())),
            exception_to=frozenset(item.get("exception_to", ())),
            vague=item.get("vague", False),
        )

    def route(self, item: Entry, channels: tuple[str, ...]) -> Route:
        return Route(
            topic=item["topic"],
            channels=frozenset(item.get("channels", channels)),
            offers=frozenset(item.get("offers", ())),
            steps=tuple(item["steps"]),
            link=item.get("link"),
            needs=tuple(item.get("needs", ())),
            claims=self.claims(item["claims"]),
        )

    def contact(self, item: Entry) -> Contact:
        return Contact(
            id=item["id"],
            kind=item["kind"],
            use=item["use"],
            value=tuple(item["value"]),
            regions=frozenset(item.get("regions", ())),
            in_use=item["in_use"],
            worked_on=_day(item.get("worked_on")),
            claim=self.claim(item, value="says"),
            country=item.get("country"),
        )

    def identifier(self, item: Entry) -> Identifier:
        named = {"id": f"identifier-{item['fact']}", **item}
        return Identifier(
            fact=item["fact"],
            label=item["label"],
            needed_for=frozenset(item["needed_for"]),
            required=item["required"],
            claim=self.claim(named, value="says"),
        )

    def note(self, item: Entry, channels: tuple[str, ...]) -> Note:
        return Note(
            code=item["code"],
            text=item["text"],
            shown=item.get("shown", "always"),
            offers=frozenset(item.get("offers", ())),
            channels=frozenset(item.get("channels", channels)),
            claims=self.claims(item["claims"]),
        )


def _conditions(item: Entry) -> tuple[Condition, ...]:
    rare = frozenset(item.get("exceptional", ())) | EXCEPTIONAL
    return tuple(
        Condition(
            fact=fact,
            equals=tuple(value) if isinstance(value, list) else value,
            exceptional=fact in rare,
        )
        for fact, value in item.get("when", {}).items()
    )


def _window(item: Entry) -> Window:
    return Window(
        length=Period.parse(item["length"]), counted_from=Anchor(item["from"])
    )


def other_service(merchant: str, kind: str) -> Service:
    """Return a service that no catalogue entry describes: the law speaks, no terms."""
    offer = Offer(
        slug="other",
        name=merchant,
        sold_as=SoldAs.SUBSCRIPTION,
        period=None,
        handled_by=None,
        paid_by_consumer=True,
        business=False,
        digital_content=kind == "digital_content",
    )
    shared = Catalogue().channels
    return Service(
        slug="other",
        name=merchant,
        legal_names={},
        website=None,
        checked_on=None,
        terms_last_seen_on=None,
        sources={},
        offers={"other": offer},
        channels={slug: _channel(item, merchant) for slug, item in shared.items()},
    )
