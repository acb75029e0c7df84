"""What a merchant asks for before it acts, and what a letter gives of that."""

from collections.abc import Iterator, Mapping

from rescind.core.act.matter import Matter
from rescind.core.model.letter import Authority

GIVEN_AS: Mapping[str, str] = {
    "email": "other_email",
    "number": "customer_number",
    "transaction": "invoice_id",
    "card": "card_last4",
}
"""Under which name a sender gives each detail that may be asked for."""
PAPERS = ("certificate", "both")
"""What heirs may enclose: that somebody died, or their own title beside it."""
NO_PAPERS = "none"
"""What heirs choose who send nothing."""
_OF_DEATH = frozenset({"certificate", "heirship"})
"""What of that is asked for."""
_IDENTITY = "identity"


def of_estate(matter: Matter) -> bool:
    """Return whether heirs write of the contract of somebody who is named."""
    details = matter.details
    return details.authority is Authority.HEIR and bool(details.holder)


def asks_papers(matter: Matter) -> bool:
    """Return whether heirs are asked for papers about the death."""
    asked = {*(matter.details.asked or "").split()}
    return of_estate(matter) and bool(_OF_DEATH & asked)


def open_details(matter: Matter) -> tuple[str, ...]:
    """Return the sender's details that are asked for, while nobody said of them.

    Empty once one of them is given: any of them finds the contract. What the sender
    said to have none of is not open.
    """
    details, given = matter.details, matter.sender.identifiers
    asked = (details.asked or "").split()
    names = [GIVEN_AS[each] for each in asked if each in GIVEN_AS]
    if any(given.get(name) for name in names):
        return ()
    lacked = (details.lacks or "").split()
    return tuple(name for name in names if name not in lacked)


def about_asked(matter: Matter) -> Iterator[tuple[str, bool]]:
    """Yield what a letter may say of what was asked for: no more than it gives."""
    details, given = matter.details, matter.sender.identifiers
    asked = (details.asked or "").split()
    is_any = any(each in GIVEN_AS for each in asked)
    is_given = any(given.get(GIVEN_AS[each]) for each in asked if each in GIVEN_AS)
    is_open = bool(open_details(matter))
    is_heir = of_estate(matter)
    papers = details.papers if is_heir else None
    yield "of_estate", is_heir
    yield "details_open", is_open
    yield "lacks_details", is_any and not is_given and not is_open
    yield "papers_certificate", papers == PAPERS[0]
    yield "papers_both", papers == PAPERS[1]
    yield "papers_asked", papers in PAPERS or asks_papers(matter)
    yield "papers_later", papers not in (*PAPERS, NO_PAPERS)
    yield "identity_asked", _IDENTITY in asked
