"""Ways that need the login of somebody who died: heirs may not have it."""

from rescind.core.model.route import By
from rescind.labels import label
from rescind.web.bench import Bench
from rescind.web.fact_typed import ticked_events
from rescind.web.several import DIED


def is_behind_login(laid: Bench) -> bool:
    """Return whether somebody died, and the way on file needs their password."""
    if laid.planned is None or DIED not in ticked_events(laid.check.typed):
        return False
    routes = laid.planned.checked.service.routes
    needs = [n for route in routes if route.topic == "cancel" for n in route.needs]
    return any("password" in need for need in needs)


def name_of_way(by: By, who: str, *, behind_login: bool) -> str:
    """Return what a way is called, and that heirs may not have what it needs."""
    name = label(by.value, "way").format(who=who)
    if by is not By.BUTTON or not behind_login:
        return name
    return f"{name}{label('behind_login', 'several')}"
