"""The routes for a letter in the public JSON form."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.public.letter import CitedJson, cited_json
from rescind.core.model.route import RankedRoutes, Route


class RouteJson(TypedDict):
    """A route, what it takes and what it proves."""

    by: str
    to: str
    acceptance: str
    effort: int
    """From 1 (a minute at the screen) to 5 (a walk to the post office)."""
    proof: int
    """From 1 (a picture of one's own) to 4 (somebody else records the delivery)."""
    steps: list[str]
    keep: list[str]
    link: str | None
    claims: list[CitedJson]
    text: NotRequired[str]
    """Of a form: what to paste into it, within ``max_length``."""
    max_length: NotRequired[int | None]
    post: NotRequired[str]
    """Of a letter by post: what to ask for at the counter."""


class RoutesJson(TypedDict):
    """Every route for a letter, the best first, and which go together."""

    service: str
    kind: str
    topic: str
    together: list[str]
    why_together: str
    routes: list[RouteJson]
    files: NotRequired[dict[str, str]]
    """Paths of what was made ready, by name."""


def routes_json(
    ranked: RankedRoutes, service: str, kind: str, routes: Sequence[RouteJson]
) -> RoutesJson:
    """Return the routes of a service for a kind of letter."""
    why = ranked.why_together
    return {
        "service": service,
        "kind": kind,
        "topic": ranked.topic,
        "together": list(ranked.together),
        "why_together": ENGLISH.say(why) if why else "",
        "routes": list(routes),
    }


def route_json(route: Route) -> RouteJson:
    """Return a route; what is made ready for it is added by who makes it."""
    return {
        "by": route.by.value,
        "to": ENGLISH.say(route.to),
        "acceptance": route.acceptance.value,
        "effort": route.effort,
        "proof": route.proof,
        "steps": [ENGLISH.say(step) for step in route.steps],
        "keep": [ENGLISH.say(proof) for proof in route.keep],
        "link": route.link,
        "claims": [cited_json(claim) for claim in route.claims],
    }
