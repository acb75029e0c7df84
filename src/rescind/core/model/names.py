"""Names of what was bought, as a person and a company know it."""

import re

from rescind.core.model.catalogue import Service

_WORD = re.compile(r"[\w+]+")
_ARTICLES = frozenset({"the"})


def sold_as(service: Service) -> str:
    """Return a service's name as customers know it: "Sky" of "Sky (United Kingdom)"."""
    return service.name.partition(" (")[0] if service.is_on_file else service.name


def titled(plan: str, service: Service, *, typed: bool = False) -> str:
    """Return what the contract is called, with the service's name where it lacks it.

    A plan that the sender named stands in brackets behind it, as no grammar is known.
    """
    brand = sold_as(service)
    words, own = _words(brand), _words(plan)
    first = next((word for word in words if word not in _ARTICLES), "")
    if not own or brand.casefold() in plan.casefold() or first in own:
        return plan
    if typed:
        return f"{brand} ({plan})"
    shared = max(n for n in range(len(words) + 1) if words[len(words) - n :] == own[:n])
    rest = _WORD.split(plan, maxsplit=shared)[-1] if shared else f" {plan}"
    return brand + rest


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
