"""YAML as it should be: no bare ``yes`` that turns true, no doubled keys."""

import re
from typing import Any

import yaml

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc, valid-type]  # C or Python, by what is there
    """Reads the JSON types only: dates stay text, and ``no`` stays Norway."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _mapping(loader: Any, node: Any) -> dict[str, Any]:  # noqa: ANN401 - PyYAML's types
    loader.flatten_mapping(node)
    keys = [key.value for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            line = node.start_mark.line + 1
            msg = f"line {line}: the key {key!r} stands twice"
            raise yaml.YAMLError(msg)
    return {
        loader.construct_object(key, deep=True): loader.construct_object(
            value, deep=True
        )
        for key, value in node.value
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - the schema says what it is
    """Return what a text holds; raises yaml.YAMLError with the line where it stops."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - safe: JSON types only
