"""Words: every code that a person may read has its sentence, in every language."""

import ast
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from string import Formatter

import pytest

from rescind.adapters.data.words import ENGLISH, FOLDER, languages
from rescind.adapters.data.yaml import read_yaml
from rescind.app.prove.proof import Waiting
from rescind.core.act.plan import Alternative
from rescind.core.follow.due import DueKind
from rescind.core.follow.escalation import Do, StepState
from rescind.core.follow.jobs import WorkKind
from rescind.core.model.case import CaseState, EventKind, Lateness
from rescind.core.model.descriptor import Channel, Kind
from rescind.core.model.law import Status
from rescind.core.model.message import Label
from rescind.core.model.money import Money
from rescind.core.model.route import Acceptance, By
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer
from rescind.labels import (
    check_name,
    course_cost,
    detail_value,
    label,
    period_name,
)

ROOT = Path(__file__).parents[1]

ENUMS: dict[str, type[StrEnum]] = {
    "acceptance": Acceptance,
    "acceptance_note": Acceptance,
    "action": WorkKind,
    "answer": Answer,
    "biller": Channel,
    "charge_kind": Kind,
    "charge_kinds": Kind,
    "due": DueKind,
    "event": EventKind,
    "lateness": Lateness,
    "law_status": Status,
    "message": Label,
    "next_step": CaseState,
    "route": By,
    "state": CaseState,
    "step": Do,
    "step_state": StepState,
    "waiting": Waiting,
}
"""Each table whose codes are an enum's, with the enum."""


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", ENUMS)
def test_every_code_of_an_enum_has_its_words(language: str, table: str) -> None:
    words = read_yaml(FOLDER / language / f"{table}.yaml")

    assert set(words) == {each.value for each in ENUMS[table]}


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_table_and_code(language: str) -> None:
    for path in (FOLDER / "en").glob("*.yaml"):
        assert set(read_yaml(FOLDER / language / path.name)) == set(read_yaml(path))


def test_a_sentence_holds_days_sentences_and_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {
        "whole": "{who}: {day} or {day:long}; {names}",
        "left": {"one": "{count} day", "other": "{count} days"},
    }
    monkeypatch.setattr(type(ENGLISH), "table", lambda self, name: table)  # noqa: ARG005
    left = Sentence.of("t", "left", count=1)
    whole = Sentence.of("t", "whole", who=left, day=date(2026, 3, 1), names=("a", "b"))

    assert ENGLISH.say(whole) == "1 day: 2026-03-01 or March 1, 2026; a, b"
    assert ENGLISH.say(Sentence.of("t", "left", count=2)) == "2 days"


def test_a_code_that_has_no_name_is_shown_as_it_is() -> None:
    assert label("dispatch_taken", "event") == "Letter taken by the other side"
    assert label("of a later release", "event") == "of a later release"
    assert (period_name("P4W"), period_name("P5W")) == ("every four weeks", "P5W")
    assert period_name(None) == "once so far"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("reads_as", "refund_refused", "no money back"),
        ("result", "signed_by_another", "signed by another"),
        ("problems", "detail_missing; plan_unnamed", "a detail; which plan it is"),
        ("note", "detail_missing", "detail_missing"),
    ],
)
def test_a_detail_that_holds_codes_is_said_in_words(
    name: str, value: str, words: str
) -> None:
    assert detail_value(value, name) == words


CALLS = [
    node
    for path in sorted((ROOT / "src" / "rescind" / "core").rglob("*.py"))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Sentence.of"
]


def test_every_sentence_that_the_core_says_has_its_words() -> None:
    """Where table and code stand in the source, so do the names of all values."""
    said = 0
    for call in CALLS:
        table, code, *_ = [
            arg.value if isinstance(arg, ast.Constant) else None for arg in call.args
        ]
        names = {keyword.arg for keyword in call.keywords}
        if table is None or code is None or None in names:
            continue
        said += 1
        entry = ENGLISH.table(str(table))[str(code)]
        forms = entry.values() if isinstance(entry, Mapping) else [entry]
        for form in forms:
            asked = {name for _, name, _, _ in Formatter().parse(form) if name}
            assert asked <= names, ast.unparse(call)
    assert said > 20


def test_every_problem_of_a_letter_has_a_short_name() -> None:
    modules = ("core/act/problems.py", "app/act/letters.py")
    text = "".join((ROOT / "src" / "rescind" / m).read_text("utf-8") for m in modules)

    assert set(re.findall(r'code="([a-z_]+)"', text)) == set(ENGLISH.table("to_mend"))


def test_a_check_of_an_event_names_its_number() -> None:
    assert check_name("files") == "What the log names"
    assert check_name("stamp:7") == "Stamp in event 7"


@pytest.mark.parametrize(
    ("worst", "best", "words"),
    [
        ("59", "59", "costs 59.00 USD"),
        ("59", "0", "costs 59.00 USD at worst, costs nothing more at best"),
        ("0", "-59", "costs nothing more at worst, gives back 59.00 USD at best"),
        ("59", None, ""),
    ],
)
def test_a_course_costs_something_or_gives_back(
    worst: str, best: str | None, words: str
) -> None:
    def usd(amount: str) -> Money:
        return Money(amount=Decimal(amount).quantize(Decimal("0.01")), currency="USD")

    course = Alternative(
        do="",
        text="",
        loses="",
        cost=usd(worst),
        cost_at_best=usd(best) if best else None,
    )

    assert course_cost(course) == words
