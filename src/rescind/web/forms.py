"""The fields of the pages, as data: what is asked, how, and for which offers."""

from collections.abc import Mapping
from dataclasses import dataclass

from rescind.adapters import places
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


_FACTS = (
    Field(
        name="country",
        label="Where do you live?",
        help="The law of your country counts.",
        kind="select",
    ),
    Field(
        name="purchased_at",
        label="When did you buy it?",
        help="The day you signed up, even if it began with a trial.",
        kind="date",
    ),
    Field(
        name="had_trial",
        label="Did it begin with a free trial?",
        kind="choice",
        options=YES_NO,
    ),
    Field(
        name="trial_ends_at",
        label="If so, when does or did the trial end?",
        help="The confirmation e-mail names the day.",
        kind="date",
    ),
    Field(
        name="renews_at",
        label="When is the next charge due?",
        help="My Purchases shows it. Leave it empty if you don't know.",
        kind="date",
    ),
    Field(
        name="course_starts_on",
        label="When does the course start?",
        help="Only if you paid before it was launched.",
        kind="date",
    ),
    Field(
        name="certificate_earned",
        label="Have you earned a certificate with it?",
        kind="choice",
        options=YES_NO,
    ),
    Field(
        name="price",
        label="What did you pay?",
        help="Amount and currency, such as 59.00 USD.",
    ),
    Field(
        name="cancelled_at",
        label="Have you cancelled it already? When?",
        kind="date",
    ),
    Field(
        name="withdrawal_waived",
        label="Did you agree to start at once and to lose the right to withdraw?",
        help="It counts only if you agreed expressly and got it confirmed.",
        kind="choice",
        options=YES_NO,
    ),
    Field(
        name="withdrawal_informed",
        label="Were you told about your right to withdraw?",
        help="In the order process or the confirmation.",
        kind="choice",
        options=YES_NO,
    ),
)

_SUBSCRIPTION = frozenset({"had_trial", "trial_ends_at", "renews_at", "cancelled_at"})
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
    shown = []
    ending = _ends_refunds(service, offer)
    for field in _FACTS:
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
    known = {field.name: field for field in _FACTS}
    return [filled(known[fact], given, None) for fact in asks if fact in known]


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
        names = sorted(places.country_names().items(), key=lambda item: item[1])
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
