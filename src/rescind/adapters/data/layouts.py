"""Layouts: where things stand on a page, so that an envelope's window shows them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.errors import BadInput

LETTER_PAPER = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
"""Countries whose everyday sheet is US Letter."""
DEFAULT = "din-5008-b"


@cache
def layouts() -> Mapping[str, Mapping[str, Any]]:
    """Return every layout by its id; ``{x: 20}`` and the like are millimetres."""
    entry = read_yaml(SHIPPED / "layouts" / "layouts.yaml")
    return {item["id"]: _numbers(item) for item in entry["layouts"]}


def _numbers(item: Any) -> Any:  # noqa: ANN401 - YAML, read with its numbers as text
    if isinstance(item, dict):
        words = ("id", "name", "paper", "source", "countries")
        return {k: v if k in words else _numbers(v) for k, v in item.items()}
    if isinstance(item, list):
        return [_numbers(part) for part in item]
    return float(item)


def find_layout(name: str | None, country: str | None) -> Mapping[str, Any]:
    """Return a layout by its id, or the one whose envelopes a country uses.

    Raises BadInput with the nearest ids.
    """
    by_id = layouts()
    if name is not None:
        if name not in by_id:
            raise BadInput.unknown_value("layout", name, list(by_id))
        return by_id[name]
    place = (country or "")[:2]
    for layout in by_id.values():
        if place in layout["countries"]:
            return layout
    return by_id[DEFAULT]
