"""What heirs are to mind: a login that they may not have, and a cover that ends."""

import re

from rescind.app.act.telling import cover_ends
from rescind.core.model.route import By
from rescind.labels import label, say
from rescind.web.bench import Bench
from rescind.web.fact_typed import ticked_events
from rescind.web.several import DIED


def is_behind_login(laid: Bench) -> bool:
    """Return whether somebody died, and the way on file needs their password."""
    if laid.planned is None or DIED not in ticked_events(laid.check.typed):
        return False
    routes = laid.planned.checked.service.routes
    ending = [route for route in routes if route.topic == "cancel"]
    needs = [need for route in ending for need in route.needs]
    steps = [step for route in ending for step in route.steps]
    return any("password" in n for n in needs) or any(map(_SIGNED_IN.search, steps))


_SIGNED_IN = re.compile(r"\b(sign|signed|log|logged) in\b", re.IGNORECASE)
"""What a step says that is done behind a login."""


def name_of_way(by: By, who: str, *, behind_login: bool) -> str:
    """Return what a way is called, and that heirs may not have what it needs."""
    name = label(by.value, "way").format(who=who)
    if by is not By.BUTTON or not behind_login:
        return name
    return f"{name}{label('behind_login', 'several')}"


def cover_in_words(laid: Bench) -> str:
    """Return what is without cover once an insurance ends; empty: it is none."""
    ends = cover_ends(laid.planned) if laid.planned is not None else None
    return say(ends) if ends is not None else ""
