"""What is wrong is said as each door says it: by flag, by label, as one types it."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from rescind.adapters import clock
from rescind.adapters.data.countries import country_code, place
from rescind.adapters.data.questions import question
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.facts import parse_json
from rescind.adapters.input.values import parse_when, read_money
from rescind.adapters.input.written import in_standard_form
from rescind.app.follow import cases, queries, reports
from rescind.cli.main import main
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.web.page_errors import page_error
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")
COMMAND = re.compile(r"--[a-z]|rescind [a-z]")
TODAY = clock.now().date()


def sent() -> str:
    return cases.say_sent(cases.new_case(FACTS, SENDER), "post", TODAY.isoformat())


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()


def test_the_command_line_names_the_flag_and_what_one_types(
    capsys: pytest.CaptureFixture[str],
) -> None:
    facts = ("coursera", "--country", "DE")

    day = refused(capsys, "check", *facts, "--purchased-at", "2026-02-31")
    length = refused(capsys, "check", "other", "--merchant", "Gym", "--term", "long")
    answer = refused(capsys, "check", *facts, "--had-trial", "perhaps")
    nothing = refused(capsys, "check", "coursera", "--country", "")
    address = refused(capsys, "case", "send", sent(), "--yes")

    assert day[0].startswith("--purchased-at: '2026-02-31' is no day of the calendar")
    assert day[1] == "  nearest: 2026-02-28"
    assert length[0].startswith("--term: ")
    assert "12 months" in length[1]
    assert answer[1] == "  nearest: yes, no"
    assert nothing[0].startswith("--country: nothing was given")
    assert "DE" in nothing[1]
    assert address[0].startswith("case: ")


def test_what_is_wrong_in_a_file_is_named_as_the_file_names_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"service": "coursera", "term": "a while"}))

    said = refused(capsys, "check", "--facts", str(file))

    assert said[0].startswith("term: 'a while' is no length; in a file")


@pytest.mark.parametrize(
    ("error", "field", "suggestions"),
    [
        (
            BadInput("had_trial", "x", ["true"]),
            question("had_trial").text,
            ("yes",),
        ),
        (
            BadInput("purchased_at", "x", ["2026-01-31"]),
            "When did you buy it?",
            ("31 January 2026",),
        ),
        (BadInput("case", "x", ["rescind case show 12"]), "The case", ()),
        (BadInput("key", "x", ["rescind key use --module"]), "The key", ()),
        (
            BadInput("on", "x", ["--before-end"]),
            "On which day",
            ('tick "It came before the end, and was rightful"',),
        ),
        (
            BadInput("mailbox", "x", ["rescind mailbox set"]),
            "Your mailbox",
            ("set up your mailbox in Settings",),
        ),
    ],
)
def test_a_page_names_the_label_and_tells_nobody_to_type_a_command(
    error: BadInput, field: str, suggestions: tuple[str, ...]
) -> None:
    said = page_error(error)

    assert (said.field, said.suggestions) == (field, suggestions)


@pytest.mark.parametrize("code", ENGLISH.table("bad_page"))
def test_a_page_has_its_own_words_where_a_message_names_a_command(code: str) -> None:
    values = {"kind": "gym", "name": "x", "who": "Apple"}
    own = ENGLISH.table("bad_input")[code]
    lacks = {name: v for name, v in values.items() if f"{{{name}}}" in own}
    message = Sentence.of("bad_input", code, **lacks)

    said = page_error(BadInput("kind", message)).message

    assert COMMAND.search(own)
    assert not COMMAND.search(said)


def test_a_refused_charge_says_on_the_page_which_box_to_tick() -> None:
    case_id, client = sent(), Client(HTTP_HOST="127.0.0.1")

    page = client.post(
        f"/cases/{case_id}/happened/", {"what": "charged", "on": "2026-11-15"}
    ).content.decode()

    assert "--before-end" not in page
    assert "It came before the end, and was rightful" in page


@pytest.mark.parametrize("text", ["2026-13-01", "2026-06-01T10:00:00+99:99", "soon"])
def test_a_day_that_is_none_is_refused_without_words_of_the_language(
    text: str,
) -> None:
    with pytest.raises(BadInput) as caught:
        parse_when(text, "purchased_at")

    said = str(caught.value.message)
    assert "no day of the calendar" in said
    for own in ("isoformat", "offset must", "timedelta", "month must", "ISO 8601"):
        assert own not in said
    assert caught.value.suggestions


def test_a_file_that_is_no_json_says_where() -> None:
    with pytest.raises(BadInput, match="line 2, column 1") as caught:
        parse_json('{"a": 1,\n]')

    assert "Expecting" not in str(caught.value.message)


@pytest.mark.parametrize("value", [{"amount": "x", "currency": "EUR"}, "cheap", [1]])
def test_a_price_is_suggested_as_one_types_it(value: object) -> None:
    with pytest.raises(BadInput) as caught:
        read_money(value)

    assert all("{" not in each for each in caught.value.suggestions)
    assert "Decimal" not in str(caught.value.message)


@pytest.mark.parametrize("text", ["US-ZZ", "CA-ZZ", "DE-LONG"])
def test_a_part_that_a_country_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is no part of") as caught:
        country_code(text)

    assert caught.value.suggestions[0].startswith(text[:2])


@pytest.mark.parametrize("text", ["XX", "Atlantis", "9"])
def test_a_country_that_is_none_has_nearest_values(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        place(text)

    assert caught.value.suggestions


def test_a_person_may_name_their_country_and_a_file_has_its_code() -> None:
    named = in_standard_form({"country": "Germany", "price": "399"}, today=TODAY)

    assert named == {"country": "DE", "price": "399 EUR"}
    assert (place("Deutschland"), place("uk"), place("us-ca")) == ("DE", "GB", "US-CA")
    with pytest.raises(BadInput):
        country_code("Germany")


def test_the_law_page_takes_a_name() -> None:
    page = Client(HTTP_HOST="127.0.0.1").get("/law/", {"country": "Switzerland"})

    assert page.status_code == 200


def test_a_call_says_with_whom_and_days_are_written_as_people_do() -> None:
    case_id = sent()

    with pytest.raises(BadInput, match="with whom") as nobody:
        reports.called(case_id, with_whom=" ", said="it ends")
    with pytest.raises(BadInput, match="no day that can be read"):
        cases.confirm(case_id, ends_on="soonish", note="")
    cases.confirm(case_id, ends_on="31 December 2099", note="")

    assert nobody.value.field == "with_whom"
    newest = queries.show_case(case_id)["events"][-1]
    assert newest["details"]["ends_on"] == "2099-12-31"


def test_a_name_that_only_code_gives_is_never_shown() -> None:
    error = BadInput.unknown_value("first_kind", "steps", ["cancel", "withdraw"])

    said = page_error(error)

    assert said.field == "What you wrote before"
    assert said.message == "what stands there is none of the choices; choose again"


def test_what_a_person_typed_for_a_fact_is_shown_to_them() -> None:
    error = BadInput.unknown_value("country", "Atlantis", ["AT", "DE"])

    assert "'Atlantis'" in page_error(error).message
