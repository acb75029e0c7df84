"""Words: every code that a person may read has its sentence, in every language."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from babel import Locale
from babel.plural import PluralRule

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.letters import kinds, read_kind
from rescind.adapters.data.words import ENGLISH, FOLDER, languages
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.mail.trial import Trouble
from rescind.app.follow.titles import WITH_END
from rescind.app.prove.proof import Waiting
from rescind.core.act.action import How
from rescind.core.act.alternatives import Alternative
from rescind.core.act.events import LETTER_ON
from rescind.core.facts import FACTS, Lies
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.escalation import StepState
from rescind.core.follow.jobs import WorkKind
from rescind.core.follow.letters_out import Do
from rescind.core.model import event_details
from rescind.core.model.case import CaseState, EventKind, Lateness
from rescind.core.model.descriptor import Channel, Kind
from rescind.core.model.law import Status
from rescind.core.model.message import Label
from rescind.core.model.money import Money
from rescind.core.model.route import Acceptance, By
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, BODY, ThirdWord
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
    "answer_in_sentence": Answer,
    "biller": Channel,
    "charge_kind": Kind,
    "charge_kinds": Kind,
    "due": DueKind,
    "event": EventKind,
    "lateness": Lateness,
    "how": How,
    "law_status": Status,
    "mailbox_trouble": Trouble,
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
    tables = {name: ENGLISH.table(name) for name in ("month", "written_day")}
    tables["t"] = table
    monkeypatch.setattr(type(ENGLISH), "table", lambda self, name: tables[name])  # noqa: ARG005 - a method
    left = Sentence.of("t", "left", count=1)
    whole = Sentence.of("t", "whole", who=left, day=date(2026, 3, 1), names=("a", "b"))

    assert ENGLISH.say(whole) == "1 day: 1 March 2026 or 1 March 2026; a, b"
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


CORE = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "src" / "rescind" / "core").rglob("*.py"))
}
TABLES = {"Reason": "reason", "Caution": "warning", "Problem": "problem"}
"""What makes a sentence of a table of its own, by the name of its class."""
NO_VALUES = frozenset({"claims", "dissent", "field"})
"""What these bring besides the values of their sentence."""


class Call(NamedTuple):
    """A call in the core that makes a sentence; ``None``: not a constant."""

    source: str
    table: str | None
    code: str | None
    values: frozenset[str] | None


def calls() -> Iterator[Call]:
    for tree in CORE.values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(
                ".of"
            ):
                continue
            owner = ast.unparse(node.func).removesuffix(".of")
            words = [getattr(each, "value", None) for each in node.args]
            if owner in TABLES:
                words.insert(0, TABLES[owner])
            elif owner != "Sentence":
                continue
            names = {keyword.arg for keyword in node.keywords}
            known = frozenset(str(name) for name in names if name) - NO_VALUES
            table, code = (
                word if isinstance(word, str) else None for word in words[:2]
            )
            yield Call(ast.unparse(node), table, code, None if None in names else known)


CALLS = tuple(calls())


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.source[:60])
def test_a_sentence_of_the_core_has_its_words_and_no_value_too_many(call: Call) -> None:
    """A value that no text names would make two equal sentences differ."""
    if call.table is None or call.code is None or call.values is None:
        return
    entry = ENGLISH.table(call.table)[call.code]
    forms = entry.values() if isinstance(entry, Mapping) else [entry]

    for form in forms:
        places = {name for _, name, _, _ in Formatter().parse(form) if name}
        assert places | {"count"} & call.values == call.values


NO_SENTENCE = {
    "core/act/problems.py": {"123 main st", "your address"},  # matched, never shown
    "core/find/clean.py": {r"GOOGLE ?\*|\* ?GOOGLE\b"},
    "core/follow/reading/phrases.py": {
        # how a clipped word is spelt out, so that one phrase finds both
        *(" will", " have", " are", " would", " am"),
        *("can not", "will not", " not"),
    },
    "core/model/case.py": {"very late"},  # a code of the public form
}
"""Strings of the core that read like words and are none: patterns and codes."""
_SPACED = re.compile(r"[A-Za-z] | [A-Za-z]")
_REGEX = re.compile(r"\\d")


def strings(tree: ast.Module) -> Iterator[str]:
    """Yield a module's strings but those that document and those that name types."""
    nodes = list(ast.walk(tree))
    aside = {
        id(each)
        for node in nodes
        if isinstance(node, ast.Expr)
        or (isinstance(node, ast.AnnAssign) and "Alias" in ast.unparse(node.annotation))
        for each in ast.walk(node)
        if isinstance(each, ast.Constant)
    }
    for node in nodes:
        if id(node) not in aside and isinstance(node, ast.Constant):
            yield from [node.value] if isinstance(node.value, str) else []


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.name)
def test_no_sentence_stands_in_the_core(path: Path) -> None:
    name = path.relative_to(ROOT / "src" / "rescind").as_posix()
    words = {
        text
        for text in strings(CORE[path])
        if _SPACED.search(text) and not _REGEX.search(text)
    }

    assert words == NO_SENTENCE.get(name, set())


def made_codes() -> Iterator[str]:
    """Yield the codes that are put together, and those that stand in data."""
    yield from (f"words_of_{kind}" for kind in Kind)
    yield from (f"through_{channel}" for channel in Channel)
    for details in vars(event_details).values():
        # what an event holds is called by the names of its class's fields
        if is_dataclass(details):
            yield from (field.name for field in fields(details))
    for says in ThirdWord:
        yield from (f"third_{says}", f"third_{says}_late")
    for says in (ThirdWord.PROPOSES, ThirdWord.ASKS, ThirdWord.CAME):
        yield from (f"third_{says}_by", f"third_{says}_open")
    yield from (f"{by}_{did}" for by in (BANK, BODY) for did in ("wrote", "told"))
    ends = ("", "_over", "_undated")
    yield from (f"{code}{end}" for code in (*WITH_END, "confirmed") for end in ends)
    yield from ("refund_if", "withdraw_if")
    yield from (f"tell_{event}" for event in LETTER_ON)
    yield from (f"{fact}_{value}" for fact in FACTS for value in ("yes", "no"))
    yield from (f"{do}_{each}" for do in ("refund", "withdraw") for each in Answer)
    yield from (f"{order}_with_year" for order in ("day_first", "month_first"))
    yield from (str(month) for month in range(1, 13))
    for path in (SHIPPED / "law").rglob("*.yaml"):
        yield from (ground["code"] for ground in read_yaml(path).get("grounds", ()))
    for path in (SHIPPED / "catalogue").rglob("*.yaml"):
        for term in read_yaml(path)["terms"]:
            yield from (f"ended_by_{fact}" for fact in term.get("ends_with", ()))


def test_every_text_is_used_and_every_code_in_data_has_one() -> None:
    written = {
        node.value
        for path in (ROOT / "src" / "rescind").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = set(made_codes())
    tables = {path.stem: read_yaml(path) for path in (FOLDER / "en").glob("*.yaml")}

    for name, table in tables.items():
        unused = set(table) - written - made
        assert all(re.fullmatch(r"P\d+[DWMY]", code) for code in unused), name
    in_data = {code for code in made if code.startswith(("law_", "ended_by_"))}
    assert in_data <= set(tables["reason"])


def test_one_sum_is_missing_and_not_several() -> None:
    sums = "rest|money|the_money|paid|owed|sum|amount|fee"
    several = re.compile(rf"\{{(?:{sums})\}} (?:are|were|have|stay|remain)\b")

    said = {
        f"{path.stem} {code}"
        for path in (FOLDER / "en").glob("*.yaml")
        for code, text in read_yaml(path).items()
        if isinstance(text, str) and several.search(text)
    }

    assert said == set()


def test_every_problem_of_a_letter_has_a_short_name() -> None:
    assert set(ENGLISH.table("problem")) == set(ENGLISH.table("to_mend"))


def test_every_fact_of_the_past_and_every_need_of_a_letter_can_be_named() -> None:
    past = {name for name, fact in FACTS.items() if fact.lies is Lies.PAST}
    needs = {need for kind in kinds() for need in read_kind(kind).needs}

    assert set(ENGLISH.table("fact_in_sentence")) == past
    assert set(ENGLISH.table("letter_detail")) == needs


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_plural_rule_of_cldr(language: str) -> None:
    rule = PluralRule(read_yaml(FOLDER / "plurals.yaml")[language])

    assert rule.rules == Locale.parse(language.replace("-", "_")).plural_form.rules


def test_a_check_of_an_event_names_its_number() -> None:
    assert check_name("files") == "What the record names"
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
        do="cancel_now",
        says=Sentence.of("course", "cancel_now"),
        loses=Sentence.of("loss", "nothing"),
        cost=usd(worst),
        cost_at_best=usd(best) if best else None,
    )

    assert course_cost(course) == words
