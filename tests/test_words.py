"""Words: every code that a person may read has its sentence, in every language."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from rescind.adapters.data.words import ENGLISH, FOLDER, languages
from rescind.adapters.data.yaml import read_yaml
from rescind.app.prove.proof import Waiting
from rescind.core.act.plan import Alternative
from rescind.core.follow.escalation import Do
from rescind.core.follow.jobs import WorkKind
from rescind.core.model.case import CaseState, EventKind
from rescind.core.model.descriptor import Channel, Kind
from rescind.core.model.message import Label
from rescind.core.model.money import Money
from rescind.core.model.route import Acceptance, By
from rescind.core.model.sentence import Sentence
from rescind.core.model.verdict import Answer
from rescind.labels import check_name, course_cost, label, period_name

ENUMS: dict[str, type[StrEnum]] = {
    "acceptance": Acceptance,
    "acceptance_note": Acceptance,
    "action": WorkKind,
    "answer": Answer,
    "biller": Channel,
    "charge_kind": Kind,
    "event": EventKind,
    "message": Label,
    "route": By,
    "state": CaseState,
    "step": Do,
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
