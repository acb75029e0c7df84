"""The schemas say each thing once, and refuse what is wrong at its place."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.lint import validate_folder
from rescind.adapters.data.schemas import validator

SCHEMAS = sorted((SHIPPED / "schema").glob("*.schema.json"))
LONG = 120
"""Characters: what is longer and stands twice is a definition."""


def parts(schema: object) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    if isinstance(schema, list):
        for part in schema:
            yield from parts(part)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name.split(".")[0])
def test_a_schema_says_nothing_long_twice(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))

    times = Counter(json.dumps(part, sort_keys=True) for part in parts(schema))

    assert [text for text, n in times.items() if n > 1 and len(text) > LONG] == []


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name.split(".")[0])
def test_every_definition_of_a_schema_is_used(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    texts = [other.read_text(encoding="utf-8") for other in SCHEMAS]

    for name in schema.get("$defs", {}):
        within = f'"#/$defs/{name}"' in path.read_text(encoding="utf-8")
        assert within or any(f'"{path.name}#/$defs/{name}"' in text for text in texts)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name.split(".")[0])
def test_every_reference_is_put_in_its_place(path: Path) -> None:
    schema = validator(path.name.removesuffix(".schema.json")).schema
    assert isinstance(schema, dict)
    used = {key: part for key, part in schema.items() if key != "$defs"}

    assert "$ref" not in json.dumps(used)


BROKEN = [
    ("channels/apple.yaml", "channel: apple", "channel: App le", "/channel"),
    ("channels/apple.yaml", "checked_on:", "checked:", "/"),
    ("post.yaml", "  DE: ", "  deu: ", "/services"),
    ("authorities.yaml", "url: https", "url: ftps", "/authorities/0/url"),
    ("mailboxes.yaml", "port: 587", "port: 0", "/providers/0/send/port"),
    ("layouts/layouts.yaml", "x: ", "x: about ", "/layouts/0/field/x"),
    ("layouts/layouts.yaml", "width: ", "breadth: ", "/layouts/0/field"),
    ("languages/en.yaml", "language: en", "language: english", "/language"),
    ("letters/cancel/kind.yaml", "kind: cancel", "kind: Cancel!", "/kind"),
    ("letters/cancel/en.yaml", "language: en", "tongue: en", "/"),
    ("summary/en.yaml", "  opened: ", "  begun: ", "/events"),
    ("reading/en.yaml", "thing:", "things:", "/"),
    ("reading/en.yaml", "confirmed:\n  negative:", "confirmed:\n  no:", "/confirmed"),
    ("reading/transport.yaml", "senders:", "senders: []\nsoft2:", "/senders"),
    ("reading/quotes.yaml", "  from:", "  from: []\n  of:", "/headers"),
    ("playbook/plays.yaml", "turn: ours", "turn: mine", "/plays/"),
    ("playbook/plays.yaml", "rests_on:", "rests:", "/plays/"),
    ("statements/banks.yaml", "country: DE", "country: de", "/banks/0/country"),
    ("playbook/en.yaml", "means:", "is:", "/plays/"),
    ("statements/columns.yaml", "roles:\n  booked:", "roles:\n  on:", "/roles"),
    ("descriptors/merchants.yaml", "kind: ", "kind: un", "/merchants/"),
]


@pytest.mark.parametrize(("name", "old", "new", "pointer"), BROKEN)
def test_a_broken_file_is_refused_at_its_place(
    tmp_path: Path, name: str, old: str, new: str, pointer: str
) -> None:
    text = (SHIPPED / name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    findings = validate_folder(tmp_path).findings

    assert {finding.path for finding in findings} == {name}
    assert [f for f in findings if f.pointer.startswith(pointer)], findings


ALONE = """contracts:
  - {id: K-alone, notice: P1M, value: tells, source: datenanfragen, at: x}"""


@pytest.mark.parametrize("beside", ["", "renews: P1M, ", "ends_any_day: false, "])
def test_a_notice_without_what_it_is_counted_from_is_refused(
    tmp_path: Path, beside: str
) -> None:
    name = "catalogue/t/telekom-de.yaml"
    text = (SHIPPED / name).read_text(encoding="utf-8")
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    rule = ALONE.replace("notice:", f"{beside}notice:")
    path.write_text(text.replace("contracts:", rule, 1), encoding="utf-8")

    (finding,) = validate_folder(tmp_path).findings

    assert finding.pointer == "/contracts/0"
    assert "ends the contract any day" in finding.suggestion
