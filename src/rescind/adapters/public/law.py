"""Rights on file, and who takes complaints, in the public JSON form."""

from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.verdict import ClaimJson, claim_json
from rescind.core.model.law import Body, Right, Status, WithdrawalLaw
from rescind.core.model.verdict import Answer


class RightOnFileJson(TypedDict):
    """A right, where it holds, what it gives, and on which claims."""

    id: str
    kind: str
    name: str
    places: list[str]
    """ISO 3166; empty: everywhere."""
    status: str
    expected: str
    """Of what is not in force: what is known of its day."""
    says: str
    formality: str
    exceptions: str
    unverified: bool
    claims: list[ClaimJson]


class ComplaintBodyJson(TypedDict):
    """Who takes complaints: of what, how, with which papers, by when."""

    id: str
    name: str
    problems: list[str]
    what: str
    first: str
    contact: list[str]
    papers: list[str]
    by_when: str
    claims: list[ClaimJson]


def right_on_file_json(right: Right) -> RightOnFileJson:
    """Return a right as it is on file."""
    return {
        "id": right.id,
        "kind": right.kind.value,
        "name": right.name,
        "places": sorted(right.regions),
        "status": right.status.value,
        "expected": right.expected,
        "says": right.says,
        "formality": right.formality,
        "exceptions": right.exceptions,
        "unverified": right.is_unverified,
        "claims": [claim_json(claim) for claim in right.claims],
    }


def withdrawal_json(record: WithdrawalLaw) -> RightOnFileJson:
    """Return a right to withdraw in the same form."""
    claims = (
        record.claims
        + tuple(claim for ground in record.grounds for claim in ground.claims)
        + record.counting_claims
        + record.extension_claims
        + record.waiver_claims
        + record.trial_claims
        + record.share_claims
        + record.refund_claims
    )
    length = ENGLISH.write(record.period) if record.period else "see the claims"
    says = f"Withdraw within {length}." if record.answer is Answer.YES else "None."
    return {
        "id": record.claims[0].id,
        "kind": "withdrawal",
        "name": f"Right to withdraw ({record.jurisdiction})",
        "places": [record.jurisdiction],
        "status": Status.IN_FORCE.value,
        "expected": "",
        "says": says,
        "formality": record.formality,
        "exceptions": record.exceptions,
        "unverified": all(claim.source.is_unverified for claim in record.claims),
        "claims": [claim_json(claim) for claim in claims],
    }


def complaint_body_json(body: Body) -> ComplaintBodyJson:
    """Return who takes complaints."""
    return {
        "id": body.id,
        "name": body.name,
        "problems": sorted(body.problems),
        "what": body.what,
        "first": body.first,
        "contact": list(body.contact),
        "papers": list(body.papers),
        "by_when": body.by_when,
        "claims": [claim_json(claim) for claim in body.claims],
    }
