"""The fields of the pages, as data: what is asked, how, and for which offers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rescind.adapters.data import countries
from rescind.adapters.data.questions import part_question, question
from rescind.core.facts import FACTS, FactKind, Form
from rescind.core.model.catalogue import Offer, Service, SoldAs
from rescind.core.model.source import OFFICIAL

YES_NO = (("", "I don't know"), ("true", "Yes"), ("false", "No"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form, with what was typed into it."""

    name: str
    label: str
    help: str = ""
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    autocomplete: str = "off"
    value: str = ""
    error: str = ""


_INPUTS = {
    FactKind.YES_NO: "choice",
    FactKind.DAY: "date",
    FactKind.MOMENT: "date",
    FactKind.COUNTRY: "select",
}
"""How facts are put in, where it is not as text."""
_HARD_TO_WRITE = frozenset({FactKind.LENGTH, FactKind.MONEY, FactKind.TIME_ZONE})
"""Kinds of text of which a person has to be told how it is written."""
WISHES = (
    Field(
        name="keep_access_until",
        label="Do you want access until a certain day?",
        kind="date",
    ),
    Field(
        name="want_certificate",
        label="Do you want to earn the certificate first?",
        kind="choice",
        options=(("", "No"), ("true", "Yes")),
    ),
    Field(
        name="money_back_first",
        label="Do you want to try for money even where it is disputed?",
        kind="choice",
        options=(("", "No"), ("true", "Yes")),
    ),
)
WISH_NAMES = tuple(field.name for field in WISHES)


def fact_field(name: str) -> Field:
    """Return the field that asks for a fact."""
    asked = question(name)
    fact = asked.fact
    options: tuple[tuple[str, str], ...] = ()
    if fact.kind is FactKind.YES_NO:
        options = YES_NO
    elif fact.choices:
        options = (("", "I don't know"), *asked.choices.items())
    is_told = fact.kind in _HARD_TO_WRITE
    return Field(
        name=name,
        label=asked.text,
        help=f"{asked.hint} {asked.typed}." if is_told else asked.hint,
        kind="select" if fact.choices else _INPUTS.get(fact.kind, "text"),
        options=options,
    )


PLACE = replace(
    # Typed, since parts of a country have law of their own: US-CA, CA-QC.
    fact_field("country"),
    kind="text",
    help=f"{question('country').written}.",
    required=True,
)
MERCHANT = (
    replace(fact_field("merchant"), required=True),
    # A contract is of some kind: not knowing is no answer.
    replace(fact_field("kind"), options=fact_field("kind").options[1:]),
)
SENDER = (
    Field(name="name", label="Your name", required=True, autocomplete="name"),
    Field(
        name="email",
        label="Your e-mail address",
        help="The one of your account with the merchant.",
        kind="email",
        required=True,
        autocomplete="email",
    ),
    Field(
        name="address",
        label="Your postal address",
        help="One line for each line of the address.",
        kind="lines",
        autocomplete="street-address",
    ),
    Field(
        name="card_last4",
        label="Last four digits of the card",
        help="Only these four; never the whole number.",
    ),
    Field(name="invoice_id", label="Invoice, order or transaction number"),
    Field(name="plan", label="Name of the course or plan, as on the receipt"),
)


def fact_fields(
    service: Service,
    offer: Offer,
    given: Mapping[str, str],
    error: tuple[str, str] | None = None,
) -> list[Field]:
    """Return the few fields that matter for an offer, with what was typed."""
    forms = {Form.ALWAYS, _FORM_OF.get(offer.sold_as, Form.ALWAYS)}
    if service.slug == "other":
        forms = {Form.ALWAYS, Form.SUBSCRIPTION, Form.OTHER}
    ending = _ends_refunds(service, offer)
    return [
        filled(fact_field(name), given, error)
        for name, fact in FACTS.items()
        if fact.form in forms
        or (fact.form is Form.ENDS_REFUND and name in ending)
        or (fact.form is Form.ONCE_GIVEN and given.get(name))
    ]


_FORM_OF = {SoldAs.SUBSCRIPTION: Form.SUBSCRIPTION, SoldAs.ONE_TIME: Form.ONE_TIME}


def _ends_refunds(service: Service, offer: Offer) -> frozenset[str]:
    """Return the facts that end a refund of this offer by the merchant's own text."""
    return frozenset(
        fact
        for term in service.terms
        if offer.slug in term.offers and term.claim.source.kind in OFFICIAL
        for fact in term.ends_with
    )


def asked_fields(asks: tuple[str, ...], given: Mapping[str, str]) -> list[Field]:
    """Return the fields for the questions that are still open."""
    return [
        _part_field(given["country"])
        if name == "country" and given.get("country")
        else filled(fact_field(name), given, None)
        for name in asks
        if FACTS[name].form is not Form.OWN_PAGE
    ]


def _part_field(country: str) -> Field:
    """Return the field for the state, where the country is known and states decide."""
    asked = part_question(country)
    return Field(
        name="country",
        label=asked.text,
        help=asked.hint,
        kind="select",
        options=((country, "I don't know"), *asked.choices.items()),
        value=country,
    )


def sender_fields(
    given: Mapping[str, str], error: tuple[str, str] | None = None
) -> list[Field]:
    """Return the fields about the sender, with what was typed."""
    return [filled(field, given, error) for field in SENDER]


def filled(
    field: Field, given: Mapping[str, str], error: tuple[str, str] | None
) -> Field:
    """Return a field with its value, its options and, if it is at fault, the error."""
    options = field.options
    if field.name == "country" and field.kind == "select":
        names = sorted(countries.country_names().items(), key=lambda item: item[1])
        options = (("", "I'd rather not say"), *_with_parts(names))
    return Field(
        name=field.name,
        label=field.label,
        help=field.help,
        kind=field.kind,
        options=options,
        required=field.required,
        autocomplete=field.autocomplete,
        value=given.get(field.name, ""),
        error=error[1] if error and error[0] == field.name else "",
    )


def _with_parts(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield countries, each followed by its states where these have own law."""
    for code, name in names:
        yield code, name
        for part, part_name in countries.parts_of(code).items():
            yield f"{code}-{part}", f"{name}: {part_name}"
