"""No page shows a name that only code gives to a thing."""

import re
from pathlib import Path
from typing import Any

import pytest

import rescind.web
from rescind.core.facts import FACTS
from rescind.labels import label, place
from rescind.web.bench_choices import CHOICES
from rescind.web.views.cases import READINGS
from tests.web.test_desk_pages import told
from tests.web.test_later_unsure import HORTENSIA

TEMPLATES = Path(rescind.web.__file__).parent / "templates"
BARE = re.compile(r"\{\{ (?!each\.source)[a-z.0-9]*\.locator(?!\|place)[^}]*\}\}")


def test_every_choice_of_a_letter_has_words() -> None:
    for name, choices in CHOICES.items():
        for code, said in choices():
            assert "_" not in said, (name, code)


def test_every_reading_that_can_be_chosen_has_words() -> None:
    for code in READINGS:
        assert "_" not in label(code, "message"), code


def test_a_fact_is_called_by_its_question() -> None:
    for fact in FACTS:
        assert "_" not in place(fact), fact


def test_no_template_shows_where_a_claim_stands_as_code_names_it() -> None:
    for template in TEMPLATES.rglob("*.html"):
        assert not BARE.search(template.read_text(encoding="utf-8")), template.name


@pytest.mark.usefixtures("ready_desk")
def test_the_sources_of_an_answer_name_the_question(client: Any) -> None:
    _, page = told(client, "De Hortensia", HORTENSIA)

    assert "renewal_term" not in page
    assert "What you say of the contract, “How much notice must you give?”" in page
