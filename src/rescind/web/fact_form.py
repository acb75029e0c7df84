"""The page of facts: which fields it has, and what was typed into them as facts.

Each fact has one field, under its own name. Beside a day or a sum stands a box for
"not sure" (``unsure_<fact>``); a length is chosen, or counted in ``<fact>_count`` and
``<fact>_unit``; a sum has its currency in ``price_currency``. A state is chosen in
``part_<country>``, and what happened since is ticked (``happened``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from rescind.adapters import clock
from rescind.adapters.data import countries
from rescind.adapters.data.cldr import currency_names
from rescind.adapters.data.questions import part_question, question
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.lengths import NO_TERM
from rescind.app.know.check import OTHER, law
from rescind.app.know.checks import FROM_LINE
from rescind.app.know.prices import PriceOnFile, prices_on_file
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, FactKind
from rescind.core.model.catalogue import STORES, BillingChannel, Service, SoldAs
from rescind.core.model.source import OFFICIAL
from rescind.labels import day_in_words, days_in_words, label, typed
from rescind.web.fact_typed import (
    DIVIDED,
    EVENTS,
    LATER,
    TICKED,
    TOLD,
    TOLD_AT,
    ticked_events,
)
from rescind.web.page_errors import message_on_page
from rescind.web.page_field import PageField

_ON_FILE = ("offer", "channel", "country", "purchased_at", "paid_at", "price")
_NOT_ON_FILE = (
    *("kind", "sold_by", "channel", "country", "purchased_at"),
    *("term", "notice", "renewal_term", "price", "period", "paid_at"),
)
_LENGTHS = ("P14D", "P1M", "P3M", "P6M", "P12M", "P24M")
_COUNTED = {"period": ("P1W", "P1M", "P3M", "P6M", "P12M")}
"""Lengths to choose from, where they are others than the usual ones."""
_MAY_BE_NONE = ("term", "notice")
_UNITS = ("D", "W", "M", "Y")


def _is_none(value: str, count: str) -> bool:
    """Return whether somebody told that a length is none at all."""
    told = count if value == "count" else value
    return told.strip().casefold() in NO_TERM


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Something that may have happened, with the fields that tell more of it."""

    name: str
    label: str
    is_ticked: bool
    fields: tuple[PageField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPage:
    """The fields of the page, in their groups."""

    fields: tuple[PageField, ...]
    ticks: tuple[Tick, ...]
    more: tuple[PageField, ...]
    """What was asked for elsewhere, so that it can be changed here."""
    is_open: bool
    """Something was ticked, or is wrong beneath a tick."""


def fact_page(
    service: Service,
    typed_in: Mapping[str, str],
    error: BadInput | None = None,
    *,
    asks_company: bool = False,
    called: str = "",
) -> FactPage:
    """Return the fields for a service, filled with what was typed.

    ``asks_company``: what was to be ended was named by a word for many, or in signs
    that no letter can print, so which company it is comes first. ``called``: what a
    company that is not on file is called, to be corrected.
    """
    builder = _FactFields(service, typed_in, error)
    names = _NOT_ON_FILE if service.slug == OTHER else _ON_FILE
    company = (_company(builder, typed_in),) if asks_company else ()
    if called and not asks_company:
        company = (_called(builder, called, typed_in.get(FROM_LINE, "")),)
    ticked = ticked_events(typed_in)
    ticks = tuple(
        Tick(
            name=event,
            label=label(event, "happened"),
            is_ticked=event in ticked,
            # one fact may be told beneath several: each has a field of its own, and
            # the style sheet shows one; what stands above is not asked for again
            fields=tuple(
                replace(builder.field(name), name=f"{event}.{name}")
                for name in facts
                if name not in names
            ),
        )
        for event, facts in _events_of(service).items()
    )
    asked = {
        "merchant",
        "billed_by",
        *names,
        *(name for facts in EVENTS.values() for name in facts),
    }
    asked |= {name for facts in TICKED.values() for name in facts}
    told = [name for name in FACTS if typed_in.get(name) and name not in asked]
    # the day of it stands beneath whether one was told of the right
    told = [TOLD if name == TOLD_AT else name for name in told]
    more = tuple(builder.field(name) for name in dict.fromkeys(told))
    in_ticks = {name for facts in EVENTS.values() for name in facts} - set(names)
    return FactPage(
        fields=(*company, *(builder.field(name) for name in names)),
        ticks=ticks,
        more=more,
        is_open=bool(ticked) or (error is not None and error.field in in_ticks),
    )


def _company(builder: "_FactFields", typed_in: Mapping[str, str]) -> PageField:
    """Return the field of the company; what a store charges for is an app, mostly."""
    is_app = typed_in.get("channel") in STORES
    what, hint = ("app", "app_hint") if is_app else ("company", "company_hint")
    field = builder.field("merchant")
    return replace(
        field, label=label(what, "which_company"), hint=label(hint, "which_company")
    )


def _called(builder: "_FactFields", called: str, line: str) -> PageField:
    """Return the field of what a company is called, with the line that told it."""
    hint = label("name_of_line" if line else "name_hint", "which_company")
    return replace(
        builder.field("merchant"),
        label=label("name", "which_company"),
        hint=hint.format(line=line),
        value=called,
    )


def field_of(name: str, service: Service, typed_in: Mapping[str, str]) -> PageField:
    """Return the field of one fact alone; of a country that is known, of its state."""
    builder = _FactFields(service, typed_in, None)
    country = typed_in.get("country", "")
    if name == "country" and country in DIVIDED:
        return builder.part(country)
    return builder.field(name)


def _events_of(service: Service) -> Mapping[str, tuple[str, ...]]:
    """Return what can have happened to something that this service sells."""
    ending = _ending_refunds(service)
    unfit = {
        event
        for event, fact in (
            ("certificate", "certificate_earned"),
            ("premium", "premium_content_used"),
        )
        if fact not in ending
    }
    if service.slug == OTHER:
        return {name: facts for name, facts in EVENTS.items() if name not in unfit}
    sold = {offer.sold_as for offer in service.offers.values()}
    rare = {"ill", "unemployed"} | unfit
    may_bind = service.kind in _BINDING or any(r.term for r in service.contracts)
    rare |= set() if may_bind else {"fee"}
    if sold == {SoldAs.ONE_TIME}:
        rare |= {"trial", "starts-later", "no-reminder", "price-raised"}
        rare |= {"cancelled", "charged-after"}
    return {name: facts for name, facts in EVENTS.items() if name not in rare}


_BINDING = frozenset(
    {"gym", "telecom", "insurance", "energy", "water", "membership", "newspaper"}
)
"""Kinds of contracts that bind for a time, as a rule, whatever is on file of them."""


def _ending_refunds(service: Service) -> tuple[str, ...]:
    """Return the facts that end a refund by the merchant's own text."""
    facts = (
        fact
        for term in service.terms
        if term.claim.source.kind in OFFICIAL
        for fact in term.ends_with
    )
    return tuple(dict.fromkeys(facts))


@dataclass(frozen=True, slots=True)
class _FactFields:
    service: Service
    typed_in: Mapping[str, str]
    error: BadInput | None

    def field(self, name: str) -> PageField:
        """Return the field of a fact, filled, with what is wrong about it."""
        asked = question(name)
        field = PageField(
            name=name,
            label=asked.text,
            hint=_hint(name, asked.hint),
            value=self.typed_in.get(name, ""),
            unsure=f"unsure_{name}" in self.typed_in,
        )
        return self._with_error(self._of_kind(field))

    def _of_kind(self, field: PageField) -> PageField:
        name, kind = field.name, FACTS[field.name].kind
        shaped = _SHAPES.get(kind)
        if shaped is not None:
            return shaped(self, field)
        if not FACTS[name].choices:
            return field
        options = (*question(name).choices.items(), ("", NOT_SURE))
        return replace(field, kind="select", options=options)

    def day(self, field: PageField) -> PageField:
        """Return the field of a day; one from a statement as people write it."""
        is_standard = _is_day(field.value)
        on = days_in_words(field.value) if is_standard else field.value
        return replace(field, kind="day", value=on)

    def yes_no(self, field: PageField) -> PageField:
        """Return the field of a yes or no."""
        own = tuple(question(field.name).choices.items())
        answers = (*(own or (("true", "Yes"), ("false", "No"))), ("", NOT_SURE))
        field = replace(field, kind="radios", options=answers)
        if field.name != TOLD:
            return field
        told_at = self.field(TOLD_AT)
        is_late = bool(told_at.value) and not field.value
        value = LATER if is_late else field.value
        return replace(field, value=value, parts=(told_at,))

    def of_service(self, field: PageField) -> PageField:
        """Return the field of an offer, or of who charges for it."""
        service = self.service
        if field.name == "channel":
            billers = sorted(service.channels.items(), key=_likeliest)
            names = (
                (slug, label(slug, "payer").format(who=service.name))
                if slug in ENGLISH.table("payer")
                else (slug, channel.name)
                for slug, channel in billers
            )
            options = (*names, ("", NOT_SURE))
            partner = (self.field("billed_by"),)
            return replace(field, kind="radios", options=options, parts=partner)
        offers = tuple((slug, offer.name) for slug, offer in service.offers.items())
        return replace(field, kind="select", options=(*offers, ("", NOT_SURE)))

    def country(self, field: PageField) -> PageField:
        """Return the field of the country, with those of its states."""
        names = sorted(countries.country_names().items(), key=lambda item: item[1])
        country = field.value[:2]
        parts = tuple(self.part(code) for code in DIVIDED if countries.parts_of(code))
        return replace(
            field,
            kind="select",
            options=(("", NOT_SURE), *names),
            value=country,
            parts=parts,
        )

    def part(self, country: str) -> PageField:
        """Return the field of the state, in a country whose states have own law."""
        asked = part_question(country)
        return PageField(
            name=f"part_{country}",
            label=asked.text,
            kind="select",
            options=(("", NOT_SURE), *asked.choices.items()),
            value=self.typed_in.get(f"part_{country}", ""),
        )

    def length(self, field: PageField) -> PageField:
        """Return the field of a length."""
        lengths = _COUNTED.get(field.name, _LENGTHS)
        named = [(length, typed(length)) for length in lengths]
        if field.name == "renewal_term":
            another = label("again", "length_choice")
            named = [(each, another.format(length=said)) for each, said in named]
            named = [("open", label("open", "length_choice")), *named]
        if field.name in _MAY_BE_NONE:
            named = [("none", label("none", "length_choice")), *named]
        options = (
            ("", NOT_SURE),
            *named,
            ("count", label("count", "length_choice")),
        )
        value = field.value
        count = self.typed_in.get(f"{field.name}_count", "")
        if field.name in _MAY_BE_NONE and _is_none(value, count):
            # typed in words, on an earlier version of the page too
            value = "none"
        unit = self.typed_in.get(f"{field.name}_unit", "M")
        if value and value not in dict(options):
            # of a statement, or of an earlier version of the page
            value, count, unit = "count", value[1:-1], value[-1:]
        return replace(
            field, kind="length", options=options, value=value, count=count, unit=unit
        )

    def sum(self, field: PageField) -> PageField:
        """Return the field of a sum."""
        currencies = dict(currency_names(_places()))
        value = field.value
        currency = self.typed_in.get(f"{field.name}_currency", "")
        amount, _, stated = value.partition(" ")
        if stated in currencies:
            # of a statement, or of an address: the currency has a field of its own
            value, currency = amount, stated
        return replace(
            field,
            kind="sum",
            value=value,
            offered=self._offered() if field.name == "price" else (),
            currency=currency,
            currencies=(("", label("own", "currency")), *currencies.items()),
        )

    def _offered(self) -> tuple[PriceOnFile, ...]:
        """Return the prices on file, unless one was typed."""
        told = self.typed_in
        if told.get("price"):
            return ()
        country = told.get("country", "")
        return prices_on_file(
            self.service,
            clock.today(),
            country=told.get(f"part_{country}") or country or None,
            offer=told.get("offer") or None,
            channel=told.get("channel") or None,
        )

    def _with_error(self, field: PageField) -> PageField:
        error = self.error
        if error is None or error.field != field.name:
            return field
        days = [each for each in error.suggestions if _is_day(each)]
        choices = tuple((each, day_in_words(each)) for each in days)
        if field.kind != "day":
            choices = ()
        return replace(field, error=message_on_page(error), choices=choices)


def _places() -> tuple[str, ...]:
    """Return the countries of which law is on file."""
    return tuple(sorted({place[:2] for place in law().withdrawal}))


_SHAPES: Mapping[FactKind, Callable[[_FactFields, PageField], PageField]] = {
    FactKind.COUNTRY: _FactFields.country,
    FactKind.OFFER: _FactFields.of_service,
    FactKind.CHANNEL: _FactFields.of_service,
    FactKind.LENGTH: _FactFields.length,
    FactKind.MONEY: _FactFields.sum,
    FactKind.DAY: _FactFields.day,
    FactKind.MOMENT: _FactFields.day,
    FactKind.YES_NO: _FactFields.yes_no,
}
NOT_SURE = "Not sure"
_BILLERS = ("web", "apple", "google", "paypal", "partner")
"""Who may charge, whoever is likeliest first; others stand before the last."""


def _likeliest(biller: tuple[str, BillingChannel]) -> tuple[float, str]:
    """Return the place of who may charge among those that a service has."""
    slug, channel = biller
    is_usual = slug in _BILLERS
    place = _BILLERS.index(slug) if is_usual else len(_BILLERS) - 1.5
    return place, channel.name


def _hint(name: str, usual: str) -> str:
    """Return what a page says of a fact below its question."""
    has_own = name in ENGLISH.table("fact_hint")
    return label(name, "fact_hint") if has_own else usual


_DAY_LENGTH = 10


def _is_day(text: str) -> bool:
    return len(text) == _DAY_LENGTH and text[4] == text[7] == "-"
