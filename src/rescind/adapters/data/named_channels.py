"""Channels that are offered to nobody who does not name them: who sells for makers."""

from dataclasses import replace

from rescind.adapters.data.catalogue import Catalogue, channel_of
from rescind.adapters.data.claims import Reader
from rescind.core.model.catalogue import Service


def with_named_channel(service: Service, slug: str) -> Service:
    """Return a service with a channel that only who names it is offered.

    One that any merchant may bill through is there already.
    """
    item = Catalogue().channels.get(slug)
    if item is None or slug in service.channels or not item.get("only_named"):
        return service
    reader = Reader(item["checked_on"], item.get("sources", {}))
    routes = (reader.route(route, (slug,)) for route in item.get("routes", []))
    return replace(
        service,
        channels={**service.channels, slug: channel_of(item, service.name)},
        sources={**service.sources, **reader.sources},
        routes=(*service.routes, *routes),
    )
