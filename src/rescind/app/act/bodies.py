"""Bodies: who takes complaints from a place, about a problem and a kind of contract."""

from rescind.app.know import check
from rescind.core.model.law import Body

ADVICE = "advice"
"""A body that advises; one that takes complaints comes before it."""
TELECOM = "telecom"
"""A problem, and the kind of contract that has it."""
ABROAD = "cross-border"
"""A body that helps against a trader in another country comes after those at home."""
NO_CASES = "no single case"
"""A body that only takes reports: a threat with it impresses nobody."""


def competent_body(country: str, problem: str, kind: str | None) -> Body | None:
    """Return who takes complaints of that kind from a place, advice coming last.

    Who is for a kind of contract alone comes first there, and nowhere else. ``None``
    where none is on file whose source was seen.
    """
    # a matter of telecoms is one whether or not the contract's kind was told
    kind = kind or (TELECOM if problem == TELECOM else None)
    fitting = [
        body
        for body in check.law().bodies_for(country)
        if problem in body.problems and not body.claims[0].source.is_unverified
        if not body.kinds or kind in body.kinds
    ]
    helpful = [body for body in fitting if NO_CASES not in body.what]
    at_home = [body for body in helpful if ABROAD not in body.problems]
    formal = [body for body in at_home if ADVICE not in body.problems]
    special = [body for body in at_home if body.kinds]
    return next(iter((*special, *formal, *at_home, *helpful, *fitting)), None)
