"""The verdict in the public JSON form."""

from dataclasses import replace
from functools import lru_cache
from typing import NotRequired, TypedDict, cast

from rescind.adapters.data.words import ENGLISH
from rescind.core.model.facts import When
from rescind.core.model.money import Money
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Caution, Entitlement, Reason, Topic, Verdict


class MoneyJson(TypedDict):
    """An amount as text, with its currency (ISO 4217)."""

    amount: str
    currency: str


class ClaimJson(TypedDict):
    """A value, who says so, where exactly, and when that was checked."""

    id: str
    rule: str | None
    value: str
    source: str
    source_kind: str
    url: str | None
    verification: str
    locator: str
    checked_on: str | None
    in_force: list[str | None]
    """The first and the last day; null where it is not known or has not ended."""


class ReasonJson(TypedDict):
    """One step of an explanation, and the claims that say otherwise."""

    code: str
    text: str
    claims: list[ClaimJson]
    dissent: list[ClaimJson]


class TopicJson(TypedDict, total=False):
    """An answer with its days; each topic has those of the fields that it can have."""

    answer: str | None
    handled_by: str | None
    at: str | None
    amount: MoneyJson | None
    until: str | None
    then: list[str]
    act_by: str | None
    latest: str | None
    steps: list[str]
    link: str | None
    owed_at_most: MoneyJson | None
    refund_due_by: str | None
    formality: str | None
    ends_on: str | None
    any_day: bool
    opens_on: str | None
    because: list[ReasonJson]
    asks: list[str]


class DutyJson(TypedDict):
    """What somebody has to do for a right, and by when."""

    who: str
    do: str
    by: str | None


class RightJson(TypedDict):
    """A right as it stands for a purchase."""

    id: str
    name: str
    kind: str
    answer: str
    text: str
    act_by: str | None
    latest: str | None
    ends_on: str | None
    due: list[DutyJson]
    formality: str
    exceptions: str
    unsettled: str | None
    unverified: bool
    claims: list[ClaimJson]
    asks: list[str]


class WarningJson(TypedDict):
    """What to beware of; ``claims`` only where it rests on some."""

    code: str
    text: str
    claims: NotRequired[list[ClaimJson]]


class VerdictJson(TypedDict):
    """The verdict on a purchase."""

    service: str
    merchant: str
    offer: str | None
    as_of: str
    topics: dict[str, TopicJson]
    money_back: list[str]
    rights: list[RightJson]
    warnings: list[WarningJson]
    documents: list[str]
    asks: list[str]


class BriefRightJson(TypedDict):
    """Which right, and whether it stands."""

    id: str
    answer: str


class BriefVerdictJson(TypedDict):
    """The answers and days of a verdict alone."""

    service: str
    merchant: str
    offer: str | None
    as_of: str
    topics: dict[str, TopicJson]
    money_back: list[str]
    rights: list[BriefRightJson]
    warnings: list[str]
    asks: list[str]


def verdict_json(verdict: Verdict) -> VerdictJson:
    """Return a verdict as the contract's object."""
    return {
        "service": verdict.service,
        "merchant": verdict.merchant,
        "offer": verdict.offer,
        "as_of": verdict.as_of.isoformat(),
        "topics": {n: topic_json(n, topic) for n, topic in verdict.topics.items()},
        "money_back": list(verdict.money_back),
        "rights": [right_json(entitled) for entitled in verdict.rights],
        "warnings": [warning_json(warning) for warning in verdict.warnings],
        "documents": list(verdict.documents),
        "asks": list(verdict.asks),
    }


def brief_json(verdict: Verdict) -> BriefVerdictJson:
    """Return the answers and days alone, for machines that go through many."""
    return {
        "service": verdict.service,
        "merchant": verdict.merchant,
        "offer": verdict.offer,
        "as_of": verdict.as_of.isoformat(),
        "topics": {n: _brief(n, topic) for n, topic in verdict.topics.items()},
        "money_back": list(verdict.money_back),
        "rights": [
            {"id": entitled.right.id, "answer": entitled.answer.value}
            for entitled in verdict.rights
        ],
        "warnings": [warning.code for warning in verdict.warnings],
        "asks": list(verdict.asks),
    }


def _brief(name: str, topic: Topic) -> TopicJson:
    whole = topic_json(name, replace(topic, because=(), steps=(), then=()))
    fields = {key: value for key, value in whole.items() if value not in (None, [])}
    return cast("TopicJson", fields)  # any of a topic's fields may be left out


def topic_json(name: str, topic: Topic) -> TopicJson:
    """Return one topic, with the fields that it can have."""
    fields: TopicJson = {"handled_by": topic.handled_by}
    if name == "renewal":
        fields["at"], fields["amount"] = when_json(topic.at), money_json(topic.amount)
    elif name == "access":
        fields["until"], fields["then"] = when_json(topic.until), list(topic.then)
    else:
        fields = {
            "answer": topic.answer.value if topic.answer else None,
            "handled_by": topic.handled_by,
            "act_by": when_json(topic.act_by),
            "latest": when_json(topic.latest),
            "steps": list(topic.steps),
            "link": topic.link,
        }
    if name in ("refund", "withdrawal"):
        fields["amount"] = money_json(topic.amount)
    if name == "withdrawal":
        fields["owed_at_most"] = money_json(topic.owed)
        fields["refund_due_by"] = when_json(topic.refund_due_by)
        fields["formality"] = topic.formality or None
    if name == "cancel":
        fields["ends_on"] = when_json(topic.ends_on)
        fields["any_day"] = topic.any_day
        fields["opens_on"] = when_json(topic.opens_on)
        fields["amount"] = money_json(topic.amount)
    fields["because"] = [reason_json(reason) for reason in topic.because]
    fields["asks"] = list(topic.asks)
    return fields


def right_json(entitled: Entitlement) -> RightJson:
    """Return a right as it stands for a purchase."""
    right = entitled.right
    return {
        "id": right.id,
        "name": right.name,
        "kind": right.kind.value,
        "answer": entitled.answer.value,
        "text": right.says,
        "act_by": when_json(entitled.act_by),
        "latest": when_json(entitled.latest),
        "ends_on": when_json(entitled.ends_on),
        "due": [
            {"who": due.who, "do": due.do, "by": when_json(due.by)}
            for due in entitled.due
        ],
        "formality": right.formality,
        "exceptions": right.exceptions,
        "unsettled": right.unsettled or None,
        "unverified": right.is_unverified,
        "claims": [claim_json(claim) for claim in right.claims],
        "asks": list(entitled.asks),
    }


def when_json(when: When | None) -> str | None:
    """Return a day or a moment in ISO 8601."""
    return None if when is None else when.isoformat()


def money_json(money: Money | None) -> MoneyJson | None:
    """Return an amount as text with its currency."""
    if money is None:
        return None
    return {"amount": str(money.amount), "currency": money.currency}


def reason_json(reason: Reason) -> ReasonJson:
    """Return a reason with its claims and those that say otherwise."""
    return {
        "code": reason.code,
        "text": ENGLISH.say(reason.says),
        "claims": [claim_json(claim) for claim in reason.claims],
        "dissent": [claim_json(claim) for claim in reason.dissent],
    }


def warning_json(warning: Caution) -> WarningJson:
    """Return a warning with what it rests on."""
    fields: WarningJson = {"code": warning.code, "text": ENGLISH.say(warning.says)}
    if warning.claims:
        fields["claims"] = [claim_json(claim) for claim in warning.claims]
    return fields


@lru_cache(maxsize=16384)
def claim_json(claim: Claim) -> ClaimJson:
    """Return a claim with its source, the place in it, and the day it was checked."""
    return {
        "id": claim.id,
        "rule": claim.rule or None,
        "value": claim.value,
        "source": claim.source.title,
        "source_kind": claim.source.kind.value,
        "url": claim.source.url,
        "verification": claim.source.verification,
        "locator": claim.locator,
        "checked_on": when_json(claim.checked_on),
        "in_force": [when_json(claim.in_force.first), when_json(claim.in_force.last)],
    }
