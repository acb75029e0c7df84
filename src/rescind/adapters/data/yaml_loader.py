"""YAML as it should be: no bare ``yes`` that turns true, no doubled keys."""

import re
from collections.abc import Iterator
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
    _refuse_bombs(text)
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - safe: JSON types only


MOST_ALIASES = 1000
"""In one file; the longest on file has 167."""


def _refuse_bombs(text: str) -> None:
    """Refuse a text whose aliases stand for more than the text is long.

    An alias within what another stands for multiplies: nine lines of them become a
    billion values. Raises yaml.YAMLError with the line.
    """
    if "*" not in text or "&" not in text:
        return
    aliases, anchored = 0, list[bool]()
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            anchored.append(event.anchor is not None)
        elif isinstance(event, yaml.CollectionEndEvent):
            anchored.pop()
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
            line = event.start_mark.line + 1  # type: ignore[union-attr]  # it is read
            name = event.anchor
            if any(anchored):
                msg = f"line {line}: the alias *{name} stands within what has a name"
                raise yaml.YAMLError(f"{msg} itself; write out one of them")
            if aliases > MOST_ALIASES:
                msg = f"line {line}: the alias *{name} is one of more than"
                raise yaml.YAMLError(f"{msg} {MOST_ALIASES}; write out what it means")


def lines_of(text: str) -> dict[str, int]:
    """Return the line of each place in a text, from 1, by its JSON Pointer (RFC 6901).

    A text that is no YAML has none.
    """
    try:
        _refuse_bombs(text)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return {}
    return {} if root is None else dict(_places(root, "", root.start_mark.line + 1))


def _places(node: Any, pointer: str, line: int) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - PyYAML's nodes
    """Yield a node's place and those within it; ``line`` is its key's or its own."""
    yield pointer, line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = f"{pointer}/{key.value}"
            yield from _places(value, inner, key.start_mark.line + 1)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            inner = f"{pointer}/{index}"
            yield from _places(item, inner, item.start_mark.line + 1)
