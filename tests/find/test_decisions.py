"""Decisions find their findings again, and do nothing where these are gone."""

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
