"""The one table of facts: parser, flags, pages, interview and docs are read off it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner
from tools import reference

from rescind.adapters.data.questions import question
from rescind.adapters.data.words import ENGLISH, Words, languages
from rescind.adapters.input import facts as parser
from rescind.adapters.input.values import read_money
from rescind.app.know import check
from rescind.cli.facts import fact_options, letter_fact_options
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, Fact, FactKind, facts_of, in_order
from rescind.core.know.interview import answers
from rescind.core.know.purchase import judged_purchase
from rescind.core.know.rights import sheet
from rescind.core.model.facts import Facts
from rescind.core.model.period import Period, Unit
from rescind.web.fact_form import field_of
from rescind.web.fact_typed import facts_typed, read_form
from tests.conftest import FACTS as PURCHASE

DAYS = {FactKind.DAY, FactKind.MOMENT}


def test_every_row_has_its_field() -> None:
    # A time zone is kept as the zones it stands for; "open" has a field of its own,
    # and that a notice may end on any day is read in terms only. Which days were told
    # as a month stands beside the facts.
    beside = {"zones", "renews_open", "ends_any_day", "by_month"}
    rows = set(FACTS) - {"time_zone"} | beside

    assert {field.name for field in fields(Facts)} == rows


@pytest.mark.parametrize("fact", FACTS.values(), ids=lambda fact: fact.name)
def test_a_row_says_what_its_kind_needs(fact: Fact) -> None:
    assert (fact.lies is not None) == (fact.kind in DAYS)
    assert bool(fact.choices) == (fact.kind is FactKind.CHOICE or fact.name == "kind")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_its_question_in_every_language(
    name: str, language: str
) -> None:
    asked = question(name, Words(language))

    assert asked.text
    assert asked.hint
    assert asked.written
    said = ("true", "later", "false") if name == "withdrawal_informed" else ()
    assert tuple(asked.choices) == (FACTS[name].choices or said)


@pytest.mark.parametrize("language", languages())
def test_no_words_are_of_a_fact_that_is_none(language: str) -> None:
    assert set(Words(language).table("facts")) == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_a_question_is_put_as_to_a_person(name: str) -> None:
    asked = question(name)
    shown = " ".join((asked.text, asked.hint, *asked.choices.values()))

    assert asked.text[0].isupper()
    assert "?" in asked.text
    assert asked.hint.endswith(".")
    assert len(asked.text.split()) < 20
    assert not any(code in shown for code in ("_", "ISO", "P1", "--"))


def test_open_questions_have_an_order() -> None:
    asked = in_order(["statement_at", "notice", "country", "had_trial", "consumer"])

    assert asked == ("country", "had_trial", "notice", "consumer", "statement_at")


def test_the_reference_is_what_the_table_gives() -> None:
    page = reference.PAGE.read_text(encoding="utf-8")

    assert reference.with_facts(page) == page
    assert page.count("\n| `") >= len(FACTS)


Options = Callable[[Callable[..., None]], Callable[..., None]]


def command_with(options: Options) -> click.Command:
    return click.command()(options(lambda **_: None))


def flags(options: Options) -> set[str]:
    params = command_with(options).params
    return {name for param in params for name in param.opts} - {"--facts"}


def test_every_fact_but_the_service_has_its_flag() -> None:
    names = {name.replace("_", "-") for name in FACTS if name != "service"}

    # Of a letter, "kind" is its own; the contract's has a name of its own everywhere.
    names.add("contract-kind")
    assert flags(fact_options) == {f"--{name}" for name in names}
    assert flags(fact_options) - flags(letter_fact_options) == {"--kind"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WiderFacts(Facts):
    """Facts with one more field."""

    gift: bool | None = None


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Add a fact as anybody would: a row, a field, its words."""
    row = Fact(name="gift", kind=FactKind.YES_NO)
    words = {"question": "Was it a gift?", "hint": "The receipt says for whom it is."}
    monkeypatch.setitem(FACTS, "gift", row)
    monkeypatch.setitem(ENGLISH.table("facts"), "gift", words)
    monkeypatch.setattr(parser, "Facts", WiderFacts)
    facts_of.cache_clear()
    yield "gift"
    facts_of.cache_clear()


def test_a_new_fact_has_its_flag_and_help(one_more: str) -> None:
    shown = CliRunner().invoke(command_with(fact_options), ["--help"]).output

    assert f"--{one_more}" in flags(fact_options)
    assert "Was it a gift? Yes or no." in " ".join(shown.split())


def test_a_new_fact_is_read(one_more: str) -> None:
    checked = check.check(PURCHASE | {one_more: "yes"})

    assert getattr(checked.facts, one_more) is True
    with pytest.raises(BadInput) as perhaps:
        check.check(PURCHASE | {one_more: "perhaps"})
    with pytest.raises(BadInput) as misspelt:
        check.check(PURCHASE | {"gifft": True})
    assert perhaps.value.suggestions == ("true", "false")
    assert misspelt.value.suggestions == (one_more,)


def test_a_new_fact_has_its_field_on_the_pages(one_more: str) -> None:
    field = field_of(one_more, check.catalogue().service("coursera"), {})
    typed_in = read_form({one_more: "true"}, ())

    assert field.label == "Was it a gift?"
    assert ("true", "Yes") in field.options
    assert facts_typed("coursera", "Coursera", typed_in)[one_more] == "true"


def test_a_new_fact_can_be_asked_for(one_more: str) -> None:
    checked = check.check(PURCHASE)

    assert in_order([one_more, "country"]) == ("country", one_more)
    assert answers(one_more, checked.facts, checked.service, check.law()) == (
        True,
        False,
    )


def test_a_new_fact_is_known_to_rights(one_more: str) -> None:
    checked = check.check(PURCHASE | {one_more: True})
    service = checked.service
    purchase = judged_purchase(
        checked.facts, service, service.offers["plus-annual"], service.channels["web"]
    )

    assert sheet(purchase)[one_more] is True


def test_a_new_fact_has_its_row_in_the_reference(one_more: str) -> None:
    row = f"| `{one_more}` | Was it a gift? The receipt says for whom it is. |"

    assert row in reference.with_facts(reference.PAGE.read_text(encoding="utf-8"))


def read(**facts: object) -> Facts:
    return check.check(PURCHASE | facts).facts


def test_the_day_of_a_certificate_says_that_it_was_earned() -> None:
    day = date(2026, 11, 15)

    assert read(certificate_earned_at="2026-11-15").certificate_earned_at == day
    assert read(certificate_earned_at="2026-11-15").certificate_earned is True
    assert read().certificate_earned is None


def test_a_fee_for_leaving_early_is_a_sum() -> None:
    fee = read(price="40.00 EUR", early_termination_fee="119.50 EUR")

    assert str(fee.early_termination_fee) == "119.50 EUR"
    with pytest.raises(BadInput) as error:
        read(early_termination_fee="half of the rest")
    assert error.value.field == "early_termination_fee"


@pytest.mark.parametrize("way", ["card", "direct-debit", "upi", "mandate", "invoice"])
def test_how_it_is_paid_is_one_of_the_ways_that_there_are(way: str) -> None:
    assert read(payment_method=way).payment_method == way


def test_what_befell_a_person_is_known_to_rights() -> None:
    facts = read(unemployed_at="2026-11-15", minor="yes")
    service = check.catalogue().service("coursera")
    purchase = judged_purchase(
        facts, service, service.offers["plus-annual"], service.channels["web"]
    )

    assert sheet(purchase)["unemployed"] is True
    assert sheet(purchase)["minor"] is True


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("29,90 €", "29.90 EUR"),
        ("€ 29.90", "29.90 EUR"),
        ("1.299,00 EUR", "1299.00 EUR"),
        ("29.90 EURO", "29.90 EUR"),
        ("€399", "399.00 EUR"),
        ("£12", "12.00 GBP"),
    ],
)
def test_a_sum_is_read_as_people_write_it(typed: str, sum_: str) -> None:
    assert str(read_money(typed)) == sum_


@pytest.mark.parametrize("typed", ["29,90", Decimal("29.9"), 29.9, "29.90"])
def test_a_number_alone_gets_the_money_of_the_country_as_its_near_value(
    typed: object,
) -> None:
    with pytest.raises(BadInput) as caught:
        read_money(typed, country="DE")

    assert list(caught.value.suggestions) == ["29.90 EUR"]


@pytest.mark.parametrize(
    ("fact", "typed", "near"),
    [
        ("price", True, "13.50 EUR"),
        ("price", {"amount": "x", "currency": "EUR"}, "13.50 EUR"),
        ("starts_on", "15 I 2026", "2026-01-15"),
        ("starts_on", "15.XII.2025", "2025-12-15"),
        ("starts_on", 20260115, "2026-01-15"),
        ("notice", "30", "30 days"),
        ("term", "P1M15D", "P12M"),
        ("merchant", {"a": 1}, None),
    ],
)
def test_what_is_no_value_of_a_fact_has_one_that_is_near(
    fact: str, typed: object, near: str | None
) -> None:
    with pytest.raises(BadInput) as caught:
        check.check({"service": "other", "merchant": "X", fact: typed})

    assert caught.value.field == fact
    assert near is None or near in caught.value.suggestions


def test_a_year_and_six_months_are_eighteen_and_today_is_now() -> None:
    told = {"service": "other", "merchant": "X", "term": "P1Y6M", "as_of": "Today"}

    facts = check.check(told).facts

    assert facts.term is not None
    assert facts.term.iso() == "P18M"


@pytest.mark.parametrize("text", ["none", "None", "open", "no"])
def test_a_file_says_as_a_flag_does_that_no_term_binds(text: str) -> None:
    contract = {
        "service": "other",
        "merchant": "X",
        "period": "P1M",
        "term": text,
        "notice": text,
    }

    facts = check.check(contract).facts

    assert (facts.term, facts.notice) == (Period(1, Unit.MONTH), Period(1, Unit.DAY))


def test_no_term_without_what_is_paid_for_names_the_field() -> None:
    with pytest.raises(BadInput) as told:
        check.check({"service": "other", "merchant": "X", "term": "none"})

    assert told.value.field == "period"
