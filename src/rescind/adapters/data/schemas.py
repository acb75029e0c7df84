"""The JSON Schemas of our own files, with what they refer to put in its place."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from rescind.adapters.data.catalogue import SHIPPED


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return what checks files of a kind: ``service``, ``law``, ``letter-kind`` ...

    References are put in their place first. A finding then shows the description that
    stands nearest to it, which a reference may have over what it refers to.
    """
    name = f"{kind}.schema.json"
    schema = _without_references(_read(name), name)
    return Draft202012Validator(schema, format_checker=FormatChecker())


@cache
def _read(name: str) -> Any:  # noqa: ANN401 - JSON, as it stands in the file
    return json.loads((SHIPPED / "schema" / name).read_text(encoding="utf-8"))


def _without_references(schema: Any, name: str) -> Any:  # noqa: ANN401 - JSON, as it stands in the file
    """Return a part of a schema without references; none refers to itself.

    ``name`` is the file it stands in: ``#/$defs/day`` means that file, and
    ``common.schema.json#/$defs/day`` another.
    """
    if isinstance(schema, list):
        return [_without_references(part, name) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {key: _without_references(part, name) for key, part in schema.items()}
    reference = parts.pop("$ref", None)
    if reference is None:
        return parts
    file, _, definition = str(reference).partition("#/$defs/")
    target = file or name
    return _without_references(_read(target)["$defs"][definition], target) | parts
