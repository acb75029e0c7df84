"""The verdict in the public JSON form."""

from dataclasses import replace
from functools import lru_cache
from typing import Any

from rescind.core.model.facts import When
from rescind.core.model.money import Money
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Caution, Entitlement, Reason, Topic, Verdict


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as the contract's object."""
    return {
        "service": verdict.service,
        "offer": verdict.offer,
        "as_of": when_json(verdict.as_of),
        "topics": {n: topic_json(n, topic) for n, topic in verdict.topics.items()},
        "money_back": list(verdict.money_back),
        "rights": [right_json(entitled) for entitled in verdict.rights],
        "warnings": [warning_json(warning) for warning in verdict.warnings],
        "documents": list(verdict.documents),
        "asks": list(verdict.asks),
    }


def brief_json(verdict: Verdict) -> dict[str, Any]:
    """Return the answers and days alone, for machines that go through many."""
    return {
        "service": verdict.service,
        "offer": verdict.offer,
        "as_of": when_json(verdict.as_of),
        "topics": {n: _brief(n, topic) for n, topic in verdict.topics.items()},
        "money_back": list(verdict.money_back),
        "rights": [
            {"id": entitled.right.id, "answer": entitled.answer.value}
            for entitled in verdict.rights
        ],
        "warnings": [warning.code for warning in verdict.warnings],
        "asks": list(verdict.asks),
    }


def _brief(name: str, topic: Topic) -> dict[str, Any]:
    shown = topic_json(name, replace(topic, because=(), steps=(), then=()))
    return {key: value for key, value in shown.items() if value not in (None, [])}


def topic_json(name: str, topic: Topic) -> dict[str, Any]:
    """Return one topic, with the fields that it can have."""
    shown: dict[str, Any] = {"handled_by": topic.handled_by}
    if name == "renewal":
        shown |= {"at": when_json(topic.at), "amount": money_json(topic.amount)}
    elif name == "access":
        shown |= {"until": when_json(topic.until), "then": list(topic.then)}
    else:
        shown = {
            "answer": topic.answer.value if topic.answer else None,
            **shown,
            "act_by": when_json(topic.act_by),
            "latest": when_json(topic.latest),
            "steps": list(topic.steps),
            "link": topic.link,
        }
    if name in ("refund", "withdrawal"):
        shown["amount"] = money_json(topic.amount)
    if name == "withdrawal":
        shown["owed_at_most"] = money_json(topic.owed)
        shown["refund_due_by"] = when_json(topic.refund_due_by)
        shown["formality"] = topic.formality or None
    if name == "cancel":
        shown["ends_on"] = when_json(topic.ends_on)
    shown["because"] = [reason_json(reason) for reason in topic.because]
    shown["asks"] = list(topic.asks)
    return shown


def right_json(entitled: Entitlement) -> dict[str, Any]:
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


def money_json(money: Money | None) -> dict[str, str] | None:
    """Return an amount as text with its currency."""
    if money is None:
        return None
    return {"amount": str(money.amount), "currency": money.currency}


def reason_json(reason: Reason) -> dict[str, Any]:
    """Return a reason with its claims and those that say otherwise."""
    return {
        "code": reason.code,
        "text": reason.text,
        "claims": [claim_json(claim) for claim in reason.claims],
        "dissent": [claim_json(claim) for claim in reason.dissent],
    }


def warning_json(warning: Caution) -> dict[str, Any]:
    """Return a warning with what it rests on."""
    shown: dict[str, Any] = {"code": warning.code, "text": warning.text}
    if warning.claims:
        shown["claims"] = [claim_json(claim) for claim in warning.claims]
    return shown


@lru_cache(maxsize=16384)
def claim_json(claim: Claim) -> dict[str, Any]:
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
        "checked_on": claim.checked_on.isoformat(),
        "in_force": [when_json(claim.in_force.first), when_json(claim.in_force.last)],
    }
