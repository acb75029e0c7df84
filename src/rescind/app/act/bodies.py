"""Bodies: who takes complaints from a place, about a problem and a kind of contract."""

from dataclasses import replace

from rescind.adapters.data.countries import parts_of
from rescind.app.know import check
from rescind.core.act.addresses import find_party, find_post
from rescind.core.model.checked import Checked
from rescind.core.model.facts import day_of
from rescind.core.model.law import Body

ADVICE = "advice"
"""A body that advises; one that takes complaints comes before it."""
TELECOM = "telecom"
"""A problem, and the kind of contract that has it."""
ABROAD = "cross-border"
"""A body that helps against a trader in another country comes after those at home."""
NO_CASES = "no single case"
"""A body that only takes reports: a threat with it impresses nobody."""


_NEAR_BY = frozenset({"energy", "gym", "insurance", "newspaper", "telecom"})
"""Kinds of contract that people have with somebody at home, unless they say where."""


def seat_of(checked: Checked) -> str | None:
    """Return the country in which the company on file has its seat, if it is known.

    Where no company is named, it is that of its address for where the buyer lives: an
    address for everywhere may be that of a company that the contract is not with.
    """
    day = day_of(checked.facts.as_of, checked.facts.zones)
    party = find_party(checked, day)
    if party is not None and party.country is not None:
        return party.country
    office = find_post(checked, "cancel", day)
    return office.country if office is not None and office.regions else None


def competent_body(
    country: str,
    problem: str,
    kind: str | None,
    seat: str | None = None,
    *,
    besides: str = "",
) -> Body | None:
    """Return who takes complaints of that kind from a place, advice coming last.

    Who is for a kind of contract alone comes first there, and nowhere else. ``seat`` is
    the merchant's country, if it is known: who helps across a border comes first where
    it lies in another country that they serve, and not at all where there is no border.
    Where such a centre took it no further, those at home that settle disputes with
    companies at home do not either: who advises is left. ``besides`` is one that took
    it no further. ``None`` where none is on file whose source was seen.
    """
    # a matter of telecoms is one whether or not the contract's kind was told
    kind = kind or (TELECOM if problem == TELECOM else None)
    fitting = [
        _of_state(body, country)
        for body in check.law().bodies_for(country)
        if problem in body.problems and not body.claims[0].source.is_unverified
        if not body.kinds or kind in body.kinds
    ]
    helpful = [body for body in fitting if NO_CASES not in body.what]
    across = [body for body in helpful if ABROAD in body.problems]
    home = country[:2]
    if seat is not None and seat != home:
        helping = [body for body in across if {home, seat} <= body.regions]
        advising = [body for body in helpful if ADVICE in body.problems]
        left = [body for body in (*helping, *advising) if body.name != besides]
        if helping:
            return next(iter(left), None)
    fitting = [body for body in fitting if body.name != besides]
    helpful = [body for body in helpful if body.name != besides]
    across = [body for body in across if body.name != besides]
    if seat == home or (seat is None and kind in _NEAR_BY):
        helpful = [body for body in helpful if body not in across]
        fitting = [body for body in fitting if body not in across]
    at_home = [body for body in helpful if ABROAD not in body.problems]
    formal = [body for body in at_home if ADVICE not in body.problems]
    special = [body for body in at_home if body.kinds]
    return next(iter((*special, *formal, *at_home, *helpful, *fitting)), None)


_OF_ANY_STATE = "us-state-ag"


def _of_state(body: Body, place: str) -> Body:
    """Return the body that every state has by the name of the person's own."""
    state = parts_of(place[:2]).get(place[3:]) if body.id == _OF_ANY_STATE else None
    if state is None:
        return body
    name = _ATTORNEY_GENERAL.format(state=state)
    site = _SITE_OF.format(name=name[:1].lower() + name[1:])
    return replace(body, name=name, contact=(site,))


_ATTORNEY_GENERAL = "The attorney general of {state}"
_SITE_OF = "the site of {name}"
