"""The catalogue's files become services; a user's folder is laid over ours."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

import rescind
from rescind.adapters.data.billed_names import without_mark
from rescind.adapters.data.claims import Entry, Reader, read_day, read_regions
from rescind.adapters.data.name_index import NameIndex
from rescind.adapters.data.name_search import NameSearch
from rescind.adapters.data.name_words import name_words
from rescind.adapters.data.service_names import ServiceName, ServiceNames
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
        if slug not in self._services:
            path = self._path_of(slug)
            if path is None:
                raise BadInput.unknown_value("service", slug, [*self.paths, "other"])
            try:
                entry = read_yaml(path)
                channels = {name: self._channel(name) for name in entry["channels"]}
                self._services[slug] = build_service(entry, channels)
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

        Of a line on a statement it is what stands behind who took the money; a company
        is the service that is called so, whatever its legal form.

        >>> Catalogue().slug_of("Coursera"), Catalogue().slug_of("PAYPAL *SPOTIFY")
        ('coursera', 'spotify')
        >>> Catalogue().slug_of("NETFLIX INTERNATIONAL B.V.")
        'netflix'
        """
        name = without_mark(name)
        # most often the slug, or its words apart: one file is looked for, not all
        for slug in ("-".join(name.lower().split()), name.strip().lower()):
            if self._path_of(slug) is not None:
                return slug
        index = NameIndex(self._roots)
        if (known := index.slug_of(name)) is not None:
            return known
        exact = self.names.exact(name)
        index.remember(self.all_names, self.paths, lacks=exact is not None)
        if exact is not None:
            return exact.slug
        slugs = [each.slug for each in self.names.near(name)]
        if not slugs:
            return None
        message = Sentence.of("bad_input", "near_service", value=name, near=slugs[0])
        raise BadInput("service", message, [*slugs, "other"])

    @cached_property
    def all_names(self) -> tuple[ServiceName, ...]:
        """Return what the services are called."""
        return ServiceNames(self.paths).all

    @cached_property
    def names(self) -> NameSearch:
        """Return the search among these names."""
        return NameSearch(self.all_names, name_words(SHIPPED))

    def _path_of(self, slug: str) -> Path | None:
        """Return a service's file, without a look at all the others' names."""
        if not _FILE_NAME.fullmatch(slug):
            return None
        for root in self._roots:
            for path in (root / "catalogue").glob(f"?/{slug}.yaml"):
                return path
        return None

    def _channel(self, slug: str) -> Entry:
        """Return a shared channel, as written; raises KeyError for none such."""
        paths = (root / "channels" / f"{slug}.yaml" for root in self._roots)
        path = next(filter(Path.is_file, paths), None)
        if path is None:
            raise KeyError(slug)
        entry: Entry = read_yaml(path)
        return entry

    @cached_property
    def channels(self) -> Mapping[str, Entry]:
        """Return the shared channels, as written."""
        return {
            path.stem: read_yaml(path)
            for root in reversed(self._roots)
            for path in sorted((root / "channels").glob("*.yaml"))
        }

    def search(self, words: str) -> tuple[ServiceName, ...]:
        """Return the services that words may mean, the surest first; all for none."""
        asked = words.strip()[:MOST_ASKED]
        return self.names.search(asked) if asked else self.all_names


MOST_ASKED = 200
"""Letters of what is searched for: no name is longer, and each costs time."""
_FILE_NAME = re.compile(r"[\w.+-]{1,200}")
"""What a slug may be that is looked for among files: no other folder's, no pattern."""
_MISSHAPEN = (AttributeError, KeyError, IndexError, TypeError, ValueError)
"""What an entry raises that is not as the schema has it."""


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
    offers = {slug: _offer(slug, item) for slug, item in entry["offers"].items()}
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
        offers=offers,
        channels={slug: channel_of(c, entry["name"]) for slug, c in channels.items()},
        terms=tuple(reader.term(item) for item in entry.get("terms", [])),
        routes=(
            *_with_extra_steps(routes, extra),
            *(r.route(i, (s,)) for s, r, c in shared for i in c.get("routes", [])),
        ),
        contacts=(
            *(reader.contact(item) for item in entry.get("contacts", [])),
            *(r.contact(i, (s,)) for s, r, c in shared for i in c.get("contacts", [])),
        ),
        identifiers=tuple(reader.identifier(i) for i in entry.get("identifiers", [])),
        descriptors=tuple(reader.claim(i) for i in entry.get("descriptors", [])),
        notes=(
            *(reader.note(item, ()) for item in entry.get("notes", [])),
            *(r.note(i, (slug,)) for slug, r, c in shared for i in c.get("notes", [])),
        ),
        facts=tuple(reader.claim(item) for item in entry.get("facts", [])),
        countries=read_regions(entry.get("countries", ())),
        contract_with=tuple(reader.party(i) for i in entry.get("contract_with", [])),
        contracts=tuple(reader.contract(item) for item in entry.get("contracts", [])),
        prices=tuple(
            reader.price(item, offers[item["offer"]].period)
            for item in entry.get("prices", [])
        ),
        statement_names=tuple(
            reader.statement_name(item, is_company=part == "payees")
            for part in ("descriptors", "payees")
            for item in entry.get(part, [])
        ),
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
        names=item.get("names", {}),
    )


def channel_of(item: Entry, merchant: str) -> BillingChannel:
    """Return the channel that a checked file describes, for a merchant."""
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
    merchant: str,
    kind: str,
    lengths: tuple[tuple[str, Period], ...],
    day: date,
    *,
    is_bound: bool = False,
) -> Service:
    """Return a service that no catalogue entry describes: the law speaks, no terms.

    The ``lengths`` that the person states of the contract (``term``, ``notice`` ...)
    become claims whose source is the person, ``day`` being when they said so;
    ``is_bound`` where they say until when it binds.
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
        channels={slug: channel_of(item, merchant) for slug, _, item in shared},
        terms=tuple(_terms_of_person(by_name, day, is_bound=is_bound)),
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


@lru_cache(maxsize=1024)
def with_lengths_of_person(
    service: Service, lengths: tuple[tuple[str, Period], ...], day: date
) -> Service:
    """Return a service with what a person says of their own contract, by ``day``.

    Contracts with one merchant differ; what the person's own says wins over a text
    that is for all. What one payment buys is told where no text states it.
    """
    stated = dict(lengths)
    offers = {
        slug: replace(offer, period=offer.period or stated.get("period"))
        for slug, offer in service.offers.items()
    }
    return replace(
        service,
        offers=offers,
        sources={**service.sources, USER.id: USER},
        terms=(*service.terms, *_terms_of_person(stated, day)),
    )


@cache
def _shared_channels() -> tuple[tuple[str, Reader, Entry], ...]:
    """Return the channels that any merchant may bill through, each with its reader."""
    return tuple(
        (slug, Reader(item["checked_on"], item.get("sources", {})), item)
        for slug, item in Catalogue().channels.items()
        if not item.get("only_named")
    )


def _terms_of_person(
    lengths: Mapping[str, Period], day: date, *, is_bound: bool = False
) -> Iterator[Term]:
    if is_bound:
        yield _term_of_person("term_ends_at", None, "cancel", None, day)
    for name in ("term", "notice", "renewal_term"):
        if name in lengths:
            yield _term_of_person(name, lengths[name], "cancel", None, day)
    length = lengths.get("refund_window")
    if length is not None:
        window = Window(length=length, counted_from=Anchor.PAYMENT)
        yield _term_of_person("refund_window", length, "refund", window, day)


def _term_of_person(
    name: str, length: Period | None, topic: str, window: Window | None, day: date
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
