"""Filters: days and moments as a person reads them, and codes in words."""

from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from django import template

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.questions import question
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.public.plan import LETTERS
from rescind.core.act.plan import Alternative
from rescind.core.know.texts import TITLES
from rescind.core.model.money import Money

register = template.Library()

ANSWERS = {
    "yes": "Yes",
    "no": "No",
    "disputed": "Disputed",
    "depends": "It depends",
    "unknown": "Not known",
}
EVENTS = {
    "opened": "Case opened",
    "letter_written": "Letter written",
    "dispatch_ordered": "You said yes to sending it",
    "dispatch_recalled": "You took that back",
    "dispatch_begun": "Sending begun",
    "dispatch_taken": "Letter taken by the other side",
    "dispatch_refused": "Letter not taken",
    "dispatch_unknown": "Outcome of sending not known",
    "handed_over": "Handed to you to send",
    "said_sent": "You said that you sent it",
    "said_not_sent": "You said that it was not sent",
    "delivered": "Delivered, says a server",
    "delivery_failed": "Not delivered, says a server",
    "notice_kept": "Delivery notice came",
    "copy_kept": "Your own copy came",
    "authenticated": "Signer looked up",
    "stamped": "Time stamped by an authority",
    "anchored": "Log taken by a calendar",
    "file_kept": "You added a file",
    "answered": "Answer came",
    "confirmed": "Confirmed",
    "charged": "Money was taken all the same",
    "step_skipped": "You skipped a step",
    "button_used": "You used their button or form",
    "called": "You called them",
    "bank_blocked": "The bank was told to stop",
    "resumed": "You took the ending back",
    "closed": "Closed",
}
DETAILS = {
    "file": "file",
    "pdf": "PDF",
    "text": "text",
    "picture": "picture",
    "about": "particulars",
    "language": "language",
    "subject": "subject",
    "confirm_by": "asks to be confirmed by",
    "problems": "left to mend",
    "way": "way",
    "recipient": "to",
    "message": "message",
    "message_id": "Message-ID",
    "said": "answer",
    "on": "on",
    "ends_on": "ends on",
    "note": "note",
    "verdict": "verdict",
    "dialogue": "what was said",
    "token": "timestamp",
    "proof": "anchor",
    "keys": "keys found",
    "by": "by",
    "stamped_at": "it says",
    "signed_by": "signed by",
    "claims_from": "says it comes from",
    "result": "result",
    "spf": "SPF",
    "arc": "ARC",
    "action": "action",
    "status": "status",
    "reads_as": "reads as",
    "state": "state",
    "covers": "covers",
    "not_before": "not before",
    "again": "tried again",
    "amount": "amount",
    "step": "step",
    "with_whom": "with whom",
    "reference": "reference",
    "until": "until",
    "kind": "letter",
}
KNOWN_BY = {
    "person": "your word",
    "program": "recorded here",
    "server": "the other side's word",
}


@register.filter
def moment(value: date | datetime | None, zones: tuple[tzinfo, ...] = ()) -> str:
    """Return a day or a moment, in the consumer's zone where it is known."""
    if not isinstance(value, datetime):
        return f"{value.day} {value:%B %Y}" if value else ""
    local = value.astimezone(zones[0]) if len(zones) == 1 else value
    return f"{local.day} {local:%B %Y, %H:%M} ({local:%Z})"


@register.filter
def topic_title(name: str) -> str:
    """Return a topic's title."""
    return TITLES.get(name, name)


@register.filter
def answer_words(answer: str) -> str:
    """Return an answer in words."""
    return ANSWERS.get(str(answer), str(answer))


ACTIONS = {
    "send": "Send a letter",
    "doubt": "Say that a sending is in doubt",
    "tell": "Tell you what is due",
    "prove": "Have it proved",
    "plan": "Plan a case",
    "sync": "Look into the inbox",
}


@register.filter
def action_words(action: str) -> str:
    """Return what a worker does, in words."""
    return ACTIONS.get(action, action)


@register.filter
def event_words(kind: str) -> str:
    """Return what an event is called."""
    return EVENTS.get(kind, kind)


CHECKS = {
    "container": "The container",
    "manifest": "Its files",
    "signature": "Who sealed it",
    "timestamp": "When it was sealed",
    "log": "What happened",
    "files": "What the log names",
}
NUMBERED = {
    "archive": "Renewed, time {}",
    "stamp": "Stamp in event {}",
    "sender": "Sender in event {}",
    "anchor": "Anchor in event {}",
}


@register.filter
def check_words(what: str) -> str:
    """Return what a check is about."""
    kind, _, number = what.partition(":")
    return CHECKS.get(what) or NUMBERED[kind].format(number)


LABELS = {
    "acknowledged": "a receipt: nothing is decided yet",
    "confirmed": "a confirmation",
    "already_cancelled": "it had ended already",
    "refund_granted": "money comes back",
    "refund_refused": "no money back",
    "offer": "an offer for staying",
    "needs_information": "they want to know something",
    "redirected": "they send you elsewhere",
    "refused": "a refusal",
    "account_deleted": "the account was deleted",
    "invoice": "an invoice, a receipt or a reminder",
    "out_of_office": "somebody is away",
    "marketing": "advertising",
    "bounce_permanent": "not delivered, for good",
    "bounce_temporary": "not delivered; the address stands",
    "delayed": "delayed, still being tried",
    "delivered": "delivered",
    "read": "a receipt of reading",
    "other": "something else",
}


@register.filter
def label_words(label: str) -> str:
    """Return what a message reads as."""
    return LABELS[label]


@register.filter
def effect_words(when: str) -> str:
    """Return when an end takes effect, in words."""
    named = {"period_end": "at the end of what is paid for", "immediate": "at once"}
    return named.get(when, when)


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in itself."""
    return str(read_yaml(SHIPPED / "languages" / f"{code}.yaml")["name"])


@register.filter
def known_words(known_by: str) -> str:
    """Return whose word stands behind an event."""
    return KNOWN_BY.get(known_by, known_by)


@register.filter
def host(link: str) -> str:
    """Return the host a link leads to, so that it can be checked before a click."""
    return urlsplit(link).netloc


@register.filter
def detail_words(name: str) -> str:
    """Return the name of an event's detail in words."""
    return DETAILS.get(name, name)


@register.filter
def stamp(at: str | datetime) -> str:
    """Return a recorded moment (UTC) to the minute."""
    text = str(at)
    return f"{text[:10]} {text[11:16]} UTC"


@register.filter
def is_digest(value: str) -> bool:
    """Return whether a detail names a kept file."""
    return value.startswith("sha256:")


@register.filter
def listed(names: frozenset[str]) -> str:
    """Return names in order, with commas."""
    return ", ".join(sorted(names))


@register.filter
def question_words(fact: str) -> str:
    """Return the question that asks for a fact."""
    return question(fact).text


@register.filter
def course_cost(course: Alternative) -> str:
    """Return what a course costs at worst and at best, or gives back."""
    if course.cost is None or course.cost_at_best is None:
        return ""
    if course.cost == course.cost_at_best:
        return f"It {_cost(course.cost)}."
    return f"It {_cost(course.cost)} at worst, {_cost(course.cost_at_best)} at best."


def _cost(money: Money) -> str:
    if money.amount < 0:
        return f"gives back {money.of(-money.amount)}"
    return f"costs {money}" if money.amount else "costs nothing more"


WAYS = {
    "button": "On the merchant's site",
    "store": "In the app store",
    "form": "In the merchant's form",
    "email": "By e-mail",
    "fax": "By fax",
    "post": "By registered post",
    "ask": "Ask in person or in writing",
}
ACCEPTED = {
    "terms": "named by its own text",
    "law": "the law lets you use any form",
    "told": "said to work",
    "unknown": "not known to count",
}


@register.filter
def way_title(by: str) -> str:
    """Return what a way is called."""
    return WAYS[by]


@register.filter
def acceptance_words(acceptance: str) -> str:
    """Return whether a way counts, in words."""
    return ACCEPTED[acceptance]


@register.filter
def letter_kind(do: str) -> str | None:
    """Return the kind of letter that does what an action asks for, if one does."""
    return LETTERS.get(do)


_CHARGE_KINDS = {
    "subscription": "Subscription",
    "bill": "Bill",
    "instalment": "Instalment",
    "other": "Other",
}
_BILLERS = {
    "direct": "the merchant",
    "apple": "Apple",
    "google": "Google",
    "paypal": "PayPal",
    "reseller": "a reseller",
}
_PERIODS = {
    "P1W": "a week",
    "P2W": "every two weeks",
    "P4W": "every four weeks",
    "P1M": "a month",
    "P2M": "every two months",
    "P3M": "a quarter",
    "P4M": "every four months",
    "P6M": "every half year",
    "P1Y": "a year",
}


@register.filter
def kind_words(kind: str) -> str:
    """Return what a recurring charge is, in words."""
    return _CHARGE_KINDS.get(kind, kind)


@register.filter
def channel_words(channel: str) -> str:
    """Return who bills, in words."""
    return _BILLERS.get(channel, channel)


@register.filter
def period_words(period: str | None) -> str:
    """Return how often, in words."""
    return _PERIODS.get(period or "", period or "once so far")


@register.filter
def percent(share: float) -> str:
    """Return a share from 0 to 1 as hundredths."""
    return f"{round(share * 100)} %"


@register.filter
def last_day(places: list[dict[str, str]]) -> str:
    """Return the day of the last charge."""
    return places[-1]["on"]
