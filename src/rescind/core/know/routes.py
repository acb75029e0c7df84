"""Routes: the way to get a topic done."""

from functools import lru_cache

from rescind.core.model.catalogue import Route, Service


@lru_cache(maxsize=65536)
def find_route(service: Service, topic: str, offer: str, channel: str) -> Route | None:
    """Return the way to get a topic done; the first that fits offer and channel."""
    for route in service.routes:
        fits = not route.offers or offer in route.offers
        if route.topic == topic and fits and channel in route.channels:
            return route
    return None
