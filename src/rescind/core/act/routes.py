"""Ways: every route for a purchase, ranked by acceptance, effort and proof.

A way that the merchant's own terms name comes before one that the law allows in any
form, and both before what is only said to work; then less effort for more proof wins.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from rescind.core.act.addresses import find_contact, find_post
from rescind.core.act.grounds import find_grounds
from rescind.core.act.route_steps import FIND_ADDRESS, KEEP, STEPS
from rescind.core.model.catalogue import STORES, Contact, Service, find_route
from rescind.core.model.checked import Checked
from rescind.core.model.facts import day_of
from rescind.core.model.route import Acceptance, By, RankedRoutes, Route
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import SECONDHAND, Claim, SourceKind

TOPICS = {"withdraw": "withdrawal", "refund": "refund"}
"""The topic of the verdict that a kind of letter serves; else ``cancel``."""
SOON = timedelta(days=14)
"""Within this time of a deadline a letter by post alone may come too late."""
POST_TAKES = timedelta(days=5)
"""How long a registered letter may take inside a country; our own measure."""
TOO_LATE = "arrive_too_late"
"""The step of a letter by post that may come after the last day."""
STRONG = 3
"""A proof that somebody else keeps too."""
_EFFORT = {
    By.BUTTON: 1,
    By.STORE: 1,
    By.FORM: 2,
    By.EMAIL: 2,
    By.ASK: 3,
    By.PHONE: 3,
    By.FAX: 4,
    By.POST: 5,
}
_PROOF = {
    By.BUTTON: 2,
    By.STORE: 2,
    By.FORM: 2,
    By.EMAIL: 3,
    By.ASK: 1,
    By.PHONE: 1,
    By.FAX: 3,
    By.POST: 4,
}
_OFFICIAL = frozenset({SourceKind.OFFICIAL_TERMS, SourceKind.OFFICIAL_HELP})
_ORDER = tuple(Acceptance)
_FOLLOWS = frozenset({"reply", "second-notice"})
"""Letters that answer, or repeat: a page on which a contract is ended takes none."""
_ADDRESSES = (
    ("form", By.FORM),
    ("email", By.EMAIL),
    ("fax", By.FAX),
    ("post", By.POST),
    ("phone", By.PHONE),
)


def find_routes(checked: Checked, kind: str, today: date) -> RankedRoutes:
    """Return every way for a kind of letter, the best first.

    Post that may come too late is the last of them: an e-mail is there today.
    """
    topic = TOPICS.get(kind, "cancel")
    routes = [
        _in_time(route, checked, topic, today)
        for route in _routes(checked, kind, topic, today)
    ]
    if routes and all(is_late(route) for route in routes):
        routes += list(_by_ones_own_papers(checked.service.name, by_law=False))[:1]
    ranked = tuple(
        sorted(
            routes,
            key=lambda route: (
                is_late(route),
                _ORDER.index(route.acceptance),
                route.effort - route.proof,
                route.effort,
            ),
        )
    )
    together, why = _together(checked, topic, ranked, today)
    return RankedRoutes(topic=topic, ranked=ranked, together=together, why_together=why)


def _in_time(route: Route, checked: Checked, topic: str, today: date) -> Route:
    """Return a route; by post, with the day to hand in a letter that has to arrive.

    A withdrawal counts from the day it is sent (Directive 2011/83/EU, article 11(2)).
    """
    found, zones = checked.verdict.topics[topic], checked.facts.zones
    if route.by is not By.POST or topic == "withdrawal" or found.act_by is None:
        return route
    last = day_of(found.act_by, zones)
    if last < today and found.latest is not None:
        # what is no longer safe may still be in time
        last = day_of(found.latest, zones)
    posting = last - POST_TAKES
    while not checked.takes_post(posting):
        posting -= timedelta(days=1)
    if last < today:
        return route
    code = "arrive_by" if posting >= today else TOO_LATE
    step = Sentence.of("route_step", code, last=last, posting=posting)
    return replace(route, steps=(*route.steps, step))


def is_late(route: Route) -> bool:
    """Return whether a letter by post may come after the last day."""
    codes = (step.code for step in route.steps if isinstance(step, Sentence))
    return TOO_LATE in codes


def _routes(checked: Checked, kind: str, topic: str, today: date) -> Iterator[Route]:
    service, facts = checked.service, checked.facts
    by_law = topic == "withdrawal" and bool(find_grounds(checked, (topic,)))
    use = "privacy" if kind == "erase" else "cancel"
    route = _route_for(checked, kind, topic)
    if route is not None:
        yield route
    if kind != "erase" and checked.other_decider is not None:
        is_store = facts.channel in STORES
        if route is None and is_store:
            yield _at_store(checked.other_decider)
        if kind in _FOLLOWS or not is_store:
            # what they wrote is answered in writing, whatever their pages are for; and
            # whoever else bills can be written to as well
            yield from _by_ones_own_papers(checked.other_decider, by_law=by_law)
        return
    is_reached = (route is not None and kind not in _FOLLOWS) or kind == "erase"
    for name, by in _ADDRESSES:
        contact = (
            find_post(checked, use, today)
            if by is By.POST
            else find_contact(service, facts, name, use)
        )
        if contact is None or (route is not None and route.by is by):
            continue
        is_reached = True
        yield _to_address(service, contact, by, by_law=by_law)
    if not (service.contacts and is_reached):
        yield from _by_ones_own_papers(service.name, by_law=by_law)


def _route_for(checked: Checked, kind: str, topic: str) -> Route | None:
    """Return the company's own way for a kind of letter; ``None`` for none.

    A button takes no letter that answers or repeats.
    """
    route = _route(checked, topic) if kind != "erase" else None
    is_button = route is not None and route.by is By.BUTTON
    return None if is_button and kind in _FOLLOWS else route


def _at_store(who: str) -> Route:
    """Return the way to a store that decides, where no source tells one."""
    return Route(
        by=By.STORE,
        to=who,
        acceptance=Acceptance.UNKNOWN,
        effort=_EFFORT[By.STORE],
        proof=_PROOF[By.STORE],
        steps=(),
        keep=KEEP[By.STORE],
    )


def _by_ones_own_papers(who: str, *, by_law: bool) -> Iterator[Route]:
    """Yield mail and post to an address that only the person has."""
    for by in (By.EMAIL, By.POST):
        yield Route(
            by=by,
            to=Sentence.of("route_note", "own_papers", merchant=who),
            acceptance=Acceptance.LAW if by_law else Acceptance.UNKNOWN,
            effort=_EFFORT[by],
            proof=_PROOF[by],
            steps=(FIND_ADDRESS, *STEPS[by]),
            keep=KEEP[by],
        )


def _route(checked: Checked, topic: str) -> Route | None:
    channel, offer = checked.facts.channel, checked.offer
    if channel is None:
        return None
    # a way for every offer holds whichever was bought
    slug = "" if offer is None else offer.slug
    route = find_route(checked.service, topic, slug, channel, checked.facts.country)
    if route is None:
        return None
    at_offer = None if offer is None else offer.handled_by
    handled_by = at_offer or checked.service.channels[channel].handled_by
    by = _by(checked, route.link, handled_by)
    return Route(
        by=by,
        to=handled_by,
        acceptance=_acceptance(route.claims),
        effort=_EFFORT[by],
        proof=_PROOF[by],
        steps=route.steps,
        keep=KEEP[by],
        link=route.link,
        claims=route.claims,
    )


def _by(checked: Checked, link: str | None, handled_by: str) -> By:
    service = checked.service
    forms = {c.value[0] for c in service.contacts if c.kind == "form" and c.in_use}
    if handled_by != service.name:
        return By.STORE if checked.facts.channel in STORES else By.ASK
    if link is None:
        return By.ASK
    return By.FORM if link in forms else By.BUTTON


def _to_address(service: Service, contact: Contact, by: By, *, by_law: bool) -> Route:
    named = by in (By.FORM, By.PHONE)
    acceptance = _acceptance((contact.claim,)) if named else Acceptance.UNKNOWN
    if by_law and acceptance is not Acceptance.TERMS:
        acceptance = Acceptance.LAW
    return Route(
        by=by,
        to=service.name if by is By.FORM else ", ".join(contact.value),
        acceptance=acceptance,
        effort=_EFFORT[by],
        proof=_PROOF[by],
        steps=STEPS[by],
        keep=KEEP[by],
        link=contact.value[0] if contact.value[0].startswith("https://") else None,
        max_length=contact.max_length,
        claims=(contact.claim,),
    )


def _acceptance(claims: tuple[Claim, ...]) -> Acceptance:
    kinds = {claim.source.kind for claim in claims}
    if kinds & _OFFICIAL:
        return Acceptance.TERMS
    return Acceptance.TOLD if kinds & SECONDHAND else Acceptance.UNKNOWN


def _together(
    checked: Checked, topic: str, ranked: tuple[Route, ...], today: date
) -> tuple[tuple[By, ...], Sentence | None]:
    """Return the ways to go on one day: one that counts, and one that proves it."""
    if not ranked:
        return (), None
    best = ranked[0]
    if best.proof >= STRONG or best.by is By.STORE:
        return (best.by,), None
    strong = [route for route in ranked[1:] if route.proof >= STRONG]
    if not strong:
        return (best.by,), None
    act_by = checked.verdict.topics[topic].act_by
    soon = act_by is not None and day_of(act_by, checked.facts.zones) - today <= SOON
    fast = [route for route in strong if route.by is not By.POST] if soon else []
    second = (fast or strong)[0]
    why = "in_time" if soon and second.by is By.POST else "for_the_record"
    return (best.by, second.by), Sentence.of("route_note", why)
