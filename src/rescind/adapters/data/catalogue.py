"""The catalogue's files become services; a user's folder is laid over ours."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from pathlib import Path

import rescind
from rescind.adapters.data.claims import Entry, Reader, read_day
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.data.yaml import read_yaml
from rescind.core.errors import BadInput, DataError
from rescind.core.model.catalogue import (
    Anchor,
    BillingChannel,
    Offer,
    Service,
    ServiceRoute,
    SoldAs,
    Term,
    Window,
)
from rescind.core.model.period import Period
from rescind.core.model.problem import Finding
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import Claim, Source, SourceKind
from rescind.core.model.verdict import Answer

SHIPPED = Path(rescind.__file__).parent / "data"


class Catalogue:
    """Services by slug, read when first asked for."""

    def __init__(self, overlay: Path | None = None) -> None:
        """Look in our folder and, first, in the user's."""
        self._roots = [root for root in (overlay, SHIPPED) if root is not None]
        self._services: dict[str, Service] = {}

    @cached_property
    def paths(self) -> Mapping[str, Path]:
        """Return each service's file; the user's own wins over ours."""
        paths = {
            path.stem: path
            for root in reversed(self._roots)
            for path in (root / "catalogue").glob("?/*.yaml")
        }
        return dict(sorted(paths.items()))

    def service(self, slug: str) -> Service:
        """Return a service; raises BadInput with the nearest names otherwise.

        Raises DataError for a file that is not as its schema has it.
        """
        if slug not in self.paths:
            raise BadInput.unknown_value("service", slug, [*self.paths, "other"])
        if slug not in self._services:
            path = self.paths[slug]
            try:
                self._services[slug] = build_service(read_yaml(path), self.channels)
            except _MISSHAPEN as error:
                # a person's own file may lack anything; ours were checked
                message = ENGLISH.say(Sentence.of("bad_input", "misshapen_entry"))
                finding = Finding(path=str(path), pointer="", message=message)
                raise DataError([finding]) from error
        return self._services[slug]

    def slug_of(self, name: str) -> str | None:
        """Return the slug of a service by what people call it; ``None`` if it has none.

        Raises BadInput with the services that a name is close to: which one is meant
        is for the person to say.

        >>> Catalogue().slug_of("Coursera")
        'coursera'
        """
        if name.strip().lower() in self.paths:
            return name.strip().lower()
        folded = _folded(name)
        called = {_folded(n): s.slug for s in self.search("") for n in (s.slug, s.name)}
        if folded in called:
            return called[folded]
        also = {_folded(n): s.slug for s in self.search("") for n in s.aliases}
        known = called | also
        near = get_close_matches(folded, known, n=3, cutoff=_NEAR)
        slugs = list(dict.fromkeys(known[each] for each in near))
        if not slugs:
            return None
        message = Sentence.of("bad_input", "near_service", value=name, near=slugs[0])
        raise BadInput("service", message, [*slugs, "other"])

    @cached_property
    def channels(self) -> Mapping[str, Entry]:
        """Return the shared channels, as written."""
        return {
            path.stem: read_yaml(path)
            for root in reversed(self._roots)
            for path in sorted((root / "channels").glob("*.yaml"))
        }

    def search(self, words: str) -> tuple[Service, ...]:
        """Return the services whose name, alias or address contains the words."""
        part = words.casefold().strip()
        return tuple(
            s
            for s in map(self.service, self.paths)
            if any(
                part in name.casefold()
                for name in (s.slug, s.name, s.website or "", *s.aliases)
            )
        )


_MISSHAPEN = (AttributeError, KeyError, IndexError, TypeError, ValueError)
"""What an entry raises that is not as the schema has it."""
_NEAR = 0.8
"""How alike two names are of which one may be the other, misspelt."""


def _folded(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def build_service(entry: Entry, channels: Mapping[str, Entry]) -> Service:
    """Return the service that a checked file describes, its channels laid in."""
    channels = {slug: channels[slug] for slug in entry["channels"]}
    reader = Reader(entry["checked_on"], entry["sources"])
    shared = [
        (slug, Reader(channel["checked_on"], channel.get("sources", {})), channel)
        for slug, channel in channels.items()
    ]
    extra = {slug: channel.get("extra_steps", {}) for slug, channel in channels.items()}
    routes = [reader.route(item, ()) for item in entry.get("routes", [])]
    return Service(
        slug=entry["service"],
        name=entry["name"],
        kind=entry.get("kind", "service"),
        website=entry.get("website"),
        checked_on=date.fromisoformat(entry["checked_on"]),
        terms_last_seen_on=read_day(entry.get("terms_last_seen_on")),
        aliases=tuple(entry.get("aliases", ())),
        answers_in=tuple(entry.get("answers_in", ())),
        official_domains=tuple(entry.get("official_domains", ())),
        sources={
            name: source
            for each in (reader, *(r for _, r, _ in shared))
            for name, source in each.sources.items()
        },
        offers={slug: _offer(slug, item) for slug, item in entry["offers"].items()},
        channels={slug: _channel(c, entry["name"]) for slug, c in channels.items()},
        terms=tuple(reader.term(item) for item in entry.get("terms", [])),
        routes=(
            *_with_extra_steps(routes, extra),
            *(r.route(i, (s,)) for s, r, c in shared for i in c.get("routes", [])),
        ),
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


def _with_extra_steps(
    routes: list[ServiceRoute], extra: Mapping[str, Entry]
) -> Iterator[ServiceRoute]:
    """Yield the routes, each after those of the channels that add steps to it.

    ``extra`` holds the steps by channel and topic. The first route that fits is taken:
    a channel's own therefore stands before the one for all.
    """
    for route in routes:
        for slug, steps in extra.items():
            if slug in route.channels and steps.get(route.topic):
                yield replace(
                    route,
                    channels=frozenset({slug}),
                    steps=(*route.steps, *steps[route.topic]),
                )
        yield route


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


def _channel(item: Entry, merchant: str) -> BillingChannel:
    return BillingChannel(
        slug=item["channel"],
        name=item["name"],
        handled_by=item.get("handled_by", merchant),
        early_charge_hours=item.get("early_charge_hours", 0),
        recognised_by=tuple(item.get("recognised_by", ())),
    )


USER = Source(
    id="user",
    title="What you say of the contract",
    kind=SourceKind.USER,
    verification="stated",
)


@lru_cache(maxsize=1024)
def other_service(
    merchant: str, kind: str, lengths: tuple[tuple[str, Period], ...], day: date
) -> Service:
    """Return a service that no catalogue entry describes: the law speaks, no terms.

    The ``lengths`` that the person states of the contract (``term``, ``notice`` ...)
    become claims whose source is the person, ``day`` being when they said so.
    """
    by_name = dict(lengths)
    lasts = {"period", "term", "notice", "renewal_term"} & by_name.keys()
    offer = Offer(
        slug="other",
        name=merchant,
        sold_as=SoldAs.ONE_TIME
        if kind == "goods" and not lasts
        else SoldAs.SUBSCRIPTION,
        period=by_name.get("period"),
        handled_by=None,
        paid_by_consumer=True,
        business=False,
        digital_content=kind == "digital_content",
    )
    shared = _shared_channels()
    return Service(
        slug="other",
        name=merchant,
        kind=kind,
        website=None,
        checked_on=None,
        terms_last_seen_on=None,
        sources={"user": USER},
        offers={"other": offer},
        channels={slug: _channel(item, merchant) for slug, _, item in shared},
        terms=tuple(_terms_of_person(by_name, day)),
        routes=tuple(
            reader.route(route, (slug,))
            for slug, reader, item in shared
            for route in item.get("routes", [])
        ),
        notes=tuple(
            reader.note(note, (slug,))
            for slug, reader, item in shared
            for note in item.get("notes", [])
        ),
    )


@cache
def _shared_channels() -> tuple[tuple[str, Reader, Entry], ...]:
    """Return the channels that any merchant may bill through, each with its reader."""
    return tuple(
        (slug, Reader(item["checked_on"], item.get("sources", {})), item)
        for slug, item in Catalogue().channels.items()
    )


def _terms_of_person(lengths: Mapping[str, Period], day: date) -> Iterator[Term]:
    for name in ("term", "notice", "renewal_term"):
        if name in lengths:
            yield _term_of_person(name, lengths[name], "cancel", None, day)
    length = lengths.get("refund_window")
    if length is not None:
        window = Window(length=length, counted_from=Anchor.PAYMENT)
        yield _term_of_person("refund_window", length, "refund", window, day)


def _term_of_person(
    name: str, length: Period, topic: str, window: Window | None, day: date
) -> Term:
    value = ENGLISH.say(Sentence.of("stated", name, length=length))
    return Term(
        claim=Claim(
            id=f"user-{name.replace('_', '-')}",
            value=value,
            source=USER,
            locator=name,
            checked_on=day,
        ),
        topic=topic,
        answer=Answer.YES,
        offers=frozenset(),
        channels=frozenset(),
        regions=frozenset(),
        conditions=(),
        window=window,
        ends_with=(),
        exception_to=frozenset(),
        vague=False,
    )
