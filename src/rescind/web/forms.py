"""The fields of the pages, as data: what is asked, how, and for which offers."""

from collections.abc import Mapping
from dataclasses import dataclass

from rescind.adapters.data import countries
from rescind.adapters.input.facts import KINDS
from rescind.core.know.questions import QUESTIONS
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


_KINDS = {"country": "select", "one_of": "select", "period": "text"}
"""The kinds of questions that have another name as fields."""
_ASKED = (
    "country",
    "purchased_at",
    "had_trial",
    "trial_ends_at",
    "renews_at",
    "course_starts_on",
    "certificate_earned",
    "price",
    "cancelled_at",
    "withdrawal_waived",
    "withdrawal_informed",
)
"""The facts that the page of facts asks for, in its order."""


_CONTRACT = (
    "country",
    "purchased_at",
    "had_trial",
    "trial_ends_at",
    "period",
    "renews_at",
    "price",
    "term",
    "term_ends_at",
    "notice",
    "renewal_term",
    "refund_window",
    "delivered_at",
    "cancelled_at",
    "payment_method",
)
"""The facts that are asked for where no catalogue entry describes the contract."""
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
PLACE = Field(
    name="country",
    label="Where do you live?",
    help="ISO 3166, such as DE, US-CA or CA-QC.",
    required=True,
)
WISH_NAMES = tuple(field.name for field in WISHES)
MERCHANT = (
    Field(
        name="merchant",
        label="Who takes the money?",
        help="The name on the contract or the statement.",
        required=True,
    ),
    Field(
        name="kind",
        label="What kind of thing is it?",
        help="Some rights are for one kind only.",
        kind="select",
        options=tuple((kind, kind.replace("_", " ")) for kind in KINDS),
    ),
)


def fact_field(fact: str) -> Field:
    """Return the field that asks for a fact."""
    question = QUESTIONS[fact]
    options: tuple[tuple[str, str], ...] = ()
    if question.kind == "choice":
        options = YES_NO
    elif question.options:
        options = (("", "I don't know"), *((o, o) for o in question.options))
    return Field(
        name=fact,
        label=question.text,
        help=question.help,
        kind=_KINDS.get(question.kind, question.kind),
        options=options,
    )


_SUBSCRIPTION = frozenset({"had_trial", "trial_ends_at", "renews_at", "cancelled_at"})
_CHOSEN = frozenset({"channel", "offer"})
"""Facts that have pages of their own."""
_LATER = frozenset({"withdrawal_waived", "withdrawal_informed"})
_OUTRIGHT = frozenset({"course_starts_on"})

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
    if service.slug == "other":
        return [filled(fact_field(fact), given, error) for fact in _CONTRACT]
    shown = []
    ending = _ends_refunds(service, offer)
    for field in map(fact_field, _ASKED):
        if field.name in _LATER and not given.get(field.name):
            continue
        if field.name in _SUBSCRIPTION and offer.sold_as is not SoldAs.SUBSCRIPTION:
            continue
        if field.name in _OUTRIGHT and offer.sold_as is not SoldAs.ONE_TIME:
            continue
        if field.name == "certificate_earned" and field.name not in ending:
            continue
        shown.append(filled(field, given, error))
    return shown


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
    known = [fact for fact in asks if fact in QUESTIONS and fact not in _CHOSEN]
    return [filled(fact_field(fact), given, None) for fact in known]


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
    if field.name == "country":
        names = sorted(countries.country_names().items(), key=lambda item: item[1])
        options = (("", "I'd rather not say"), *names)
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
