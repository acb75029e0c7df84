"""Decisions find their findings again, and do nothing where these are gone."""

from dataclasses import replace
from datetime import date

import pytest

import rescind.core.find.recurring as module
from rescind.core.find.decisions import Act, UserDecision, decided, identity
from rescind.core.model.recurring_charge import RecurringCharge
from rescind.core.model.statement import Place
from tests.find.test_find import find, monthly

END = {"a": date(2025, 12, 31)}


def mark(place: Place) -> str:
    return f"{place.on}|{place.amount}"


def gym(months: int = 12, start: int = 1) -> list[RecurringCharge]:
    return find(*monthly(months, 30.0, "QUILLON FITNESS", start=start))


def about(finding: RecurringCharge, act: Act) -> UserDecision:
    marks = frozenset(map(mark, finding.transactions))
    return UserDecision(act=act, marks=marks, identity=identity(finding))


def test_a_dismissal_holds_where_none_of_its_charges_is_there_any_more() -> None:
    (early,) = gym(6)
    (late,) = gym(6, start=7)

    (found,) = decided([late], [about(early, Act.DISMISS)], mark, END)

    assert found.is_dismissed


def test_the_last_word_counts() -> None:
    (whole,) = gym()
    said = [about(whole, Act.DISMISS), about(whole, Act.CONFIRM)]

    (found,) = decided([whole], said, mark, END)

    assert (found.is_confirmed, found.is_dismissed) == (True, False)


def test_a_join_with_what_is_gone_changes_nothing() -> None:
    (whole,) = gym()
    joined = UserDecision(
        act=Act.JOIN,
        marks=frozenset(map(mark, whole.transactions)),
        others=frozenset({"gone"}),
    )

    (found,) = decided([whole], [joined], mark, END)

    assert found.finding == whole


def test_two_findings_that_are_joined_are_one() -> None:
    (early,), (late,) = gym(6), find(*monthly(6, 35.0, "QUILLON GYM", start=7))
    (other,) = find(*monthly(12, 9.0, "VELMA RADIO", day=20))
    joined = UserDecision(
        act=Act.JOIN,
        marks=frozenset(map(mark, early.transactions)),
        others=frozenset(map(mark, late.transactions)),
    )

    whole, untouched = decided([early, other, late], [joined], mark, END)

    assert untouched.finding == other
    found = whole.finding
    assert found.merchant == early.merchant
    assert sorted(found.transactions) == sorted(early.transactions + late.transactions)
    # the newest charge has the price
    assert found.amount == late.amount
    assert found.because[0].code == "you_joined"


def test_a_finding_is_not_joined_with_itself() -> None:
    (whole,) = gym()
    marks = frozenset(map(mark, whole.transactions))
    joined = UserDecision(act=Act.JOIN, marks=marks, others=marks)

    (found,) = decided([whole], [joined], mark, END)

    assert found.finding == whole


def test_what_is_corrected_is_as_the_person_says_and_sure() -> None:
    (whole,) = gym()
    right = replace(
        about(whole, Act.CORRECT), changes={"merchant": "Fit & Co", "kind": "bill"}
    )

    (found,) = decided([whole], [about(whole, Act.DISMISS), right], mark, END)

    assert (found.is_confirmed, found.is_dismissed) == (True, False)
    assert (found.finding.merchant, found.finding.kind) == ("Fit & Co", "bill")
    # what was not corrected stays
    assert found.finding.period == whole.period
    assert found.finding.sureness == 1.0
    assert found.finding.because[0].code == "you_said_so"
    assert not found.finding.surer


def test_a_decision_is_about_no_other_finding() -> None:
    (whole,) = gym()
    (other,) = find(*monthly(12, 9.0, "VELMA RADIO", day=20))

    found = decided([whole, other], [about(whole, Act.DISMISS)], mark, END)

    assert [each.is_dismissed for each in found] == [True, False]


def test_a_split_leaves_other_findings_as_they_are() -> None:
    (whole,) = gym()
    (other,) = find(*monthly(12, 9.0, "VELMA RADIO", day=20))
    split = UserDecision(act=Act.SPLIT, marks=frozenset({mark(whole.transactions[-1])}))

    rest, apart, untouched = decided([whole, other], [split], mark, END)

    assert untouched.finding == other
    assert (len(rest.marks), len(apart.marks)) == (11, 1)


def test_a_single_charge_split_off_has_no_next_day() -> None:
    (whole,) = gym()
    last = whole.transactions[-1]
    split = UserDecision(act=Act.SPLIT, marks=frozenset({mark(last)}))

    rest, apart = decided([whole], [split], mark, END)

    assert len(rest.finding.transactions) == 11
    assert (apart.finding.state, apart.finding.next_on) == ("ended", None)


def test_many_accounts_are_looked_at_some_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import polars as pl

    from rescind.adapters.data.descriptors import descriptors
    from tests.find.bank import accounts
    from tests.find.scoring import table

    entries = table(list(accounts(5, 6)))
    whole = module.recurring(entries, descriptors())
    monkeypatch.setattr(module, "_BATCH", 1500)

    some = module.recurring(entries, descriptors())

    assert entries.height > 1500
    assert sorted(map(repr, some)) == sorted(map(repr, whole))
    assert isinstance(entries, pl.DataFrame)


def test_sorting_says_what_it_is_for_and_nothing_else() -> None:
    (whole,) = gym()
    sorted_in = UserDecision(
        act=Act.SORT,
        marks=frozenset(map(mark, whole.transactions)),
        changes={"category": "club"},
    )

    (found,) = decided([whole], [sorted_in], mark, END)

    assert found.finding.category == "club"
    assert not found.is_confirmed
    assert found.finding.sureness == whole.sureness
