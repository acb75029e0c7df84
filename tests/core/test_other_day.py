"""Another end than the one recorded, the money asked for after it, and the charges."""

from datetime import date, timedelta

import pytest

from rescind.core.follow.awaited import awaited_money
from rescind.core.follow.due import CHARGED_EVERY, days, days_of
from rescind.core.follow.due_day import Charges, DueKind
from rescind.core.follow.letters_out import claimed_by
from rescind.core.follow.other_day import other_day
from rescind.core.follow.outlook import DENIED, NO_DAY_NAMED, outlook, standing
from rescind.core.follow.recorded_end import taken_end
from rescind.core.model.case import Event, EventKind
from rescind.core.model.period import Period, Unit
from tests.core.test_follow import Row, log, row

K = EventKind
LETTER = row(K.LETTER_WRITTEN, 1, confirm_by="2026-12-10")
SENT = row(K.SAID_SENT, 1, way="e-mail")
ENDS = row(K.CONFIRMED, 3, ends_on="2027-03-14")
OPEN = row(K.CONFIRMED, 3, ends_on="2027-04-14", instead_of="2027-03-14")
REPLY = row(K.LETTER_WRITTEN, 6, confirm_by="2026-12-20", kind="reply")
REPLY_SENT = row(K.SAID_SENT, 6, way="e-mail")
REFUND = row(
    K.LETTER_WRITTEN, 6, confirm_by="2026-12-20", kind="refund", amount="42 USD"
)
MONTHLY = Period(1, Unit.MONTH)


def named(day: str, message: str = "a", reads_as: str = "confirmed") -> Row:
    details = {"message": f"sha256:{message}", "ends_on": day}
    return row(K.ANSWERED, 5, **details | ({"reads_as": reads_as} if reads_as else {}))


REFUSES = row(K.ANSWERED, 5, message="sha256:a", reads_as="refused")
SEEMS = row(K.ANSWERED, 5, message="sha256:a", may_refuse="yes")
OWED = row(K.CONFIRMED, 3, ends_on="2027-03-14", refund="9 EUR", refund_by="2026-12-20")


@pytest.mark.parametrize(("said", "is_sure"), [(REFUSES, True), (SEEMS, False)])
def test_a_refusal_denies_the_end_that_they_confirmed(
    said: Row, *, is_sure: bool
) -> None:
    events = log(LETTER, SENT, ENDS, said)
    other = other_day(events)

    assert other is not None
    assert (other.denies, other.is_sure) == (True, is_sure)
    assert other.theirs == other.before == date(2027, 3, 14)
    assert outlook(events).next_step == DENIED


@pytest.mark.parametrize(
    "rows",
    [
        (OWED, REFUSES),
        (row(K.CONFIRMED, 3, ends_on="2027-03-14", outcome="withdrew"), REFUSES),
        (REFUSES, ENDS),
        (ENDS, SEEMS, row(K.ANSWERED, 6, message="sha256:a", reads_as="other")),
    ],
)
def test_no_end_is_denied_that_they_did_not_confirm(rows: tuple[Row, ...]) -> None:
    assert other_day(log(LETTER, SENT, *rows)) is None


def test_a_refusal_that_names_a_later_end_names_another_day() -> None:
    other = other_day(log(LETTER, SENT, ENDS, named("2028-03-14", reads_as="refused")))

    assert other is not None
    assert (other.denies, other.is_later) == (False, True)


def whys(events: tuple[Event, ...], what: DueKind) -> list[tuple[object, str]]:
    return [(d.by, d.why.code) for d in days(events, []) if d.what is what]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (row(K.CONFIRMED, 3, refund="9 EUR", refund_by="2026-12-01"),),
        (ENDS,),
        (ENDS, named("2027-03-14")),
        (named("2027-04-14"), ENDS),
        (ENDS, named("2027-04-14", reads_as="invoice")),
        (OPEN, row(K.CONFIRMED, 6, ends_on="2027-04-14")),
    ],
)
def test_no_other_day_is_open(rows: tuple[Row, ...]) -> None:
    assert other_day(log(LETTER, SENT, *rows)) is None


def test_an_answer_after_an_end_names_another_day() -> None:
    other = other_day(log(LETTER, SENT, ENDS, named("2027-04-14")))

    assert other is not None
    assert (other.theirs, other.before) == (date(2027, 4, 14), date(2027, 3, 14))
    assert (other.is_later, other.is_sure, other.was_confirmed) == (True, True, True)
    assert other.late_from == other.came_on


def test_a_day_that_is_not_surely_read_is_named_too() -> None:
    other = other_day(log(LETTER, SENT, ENDS, named("2027-02-14", reads_as="")))

    assert other is not None
    assert (other.is_later, other.is_sure) == (False, False)


@pytest.mark.parametrize(("first", "was_confirmed"), [((), False), ((ENDS,), True)])
def test_a_day_told_by_hand_is_open_until_it_is_taken(
    first: tuple[Row, ...], *, was_confirmed: bool
) -> None:
    other = other_day(log(LETTER, SENT, *first, OPEN))

    assert other is not None
    assert other.before == date(2027, 3, 14)
    assert other.was_confirmed is was_confirmed


def test_the_money_beside_an_end_leaves_its_other_day_open() -> None:
    came = row(
        K.CONFIRMED, 7, ends_on="2027-03-14", refund="9 EUR", outcome="money_came"
    )

    assert other_day(log(LETTER, SENT, ENDS, named("2027-04-14"), came)) is not None


def test_it_is_to_do_at_once_and_waited_for_once_they_are_held_to_it() -> None:
    told = log(LETTER, SENT, ENDS, named("2027-04-14"))
    held = log(LETTER, SENT, ENDS, named("2027-04-14"), REPLY, REPLY_SENT)

    at_once = standing(told, told[-1].at.date())
    waits, late = (standing(held, date(2026, 12, day)) for day in (20, 21))

    assert (at_once.next_step.code, bool(at_once.lateness)) == ("other_day", True)
    assert (waits.next_step.code, waits.lateness) == ("other_day_asked", None)
    assert late.next_step.code == "other_day_late"
    assert whys(held, DueKind.CONFIRMATION) == [(date(2026, 12, 20), "letter")]


def test_the_end_that_is_due_is_the_one_that_is_not_in_question() -> None:
    told = log(LETTER, SENT, ENDS, named("2027-04-14"))
    by_hand = log(LETTER, SENT, OPEN)

    assert whys(told, DueKind.END) == [(date(2027, 3, 14), "confirmation")]
    assert whys(by_hand, DueKind.END) == [(date(2027, 3, 14), "verdict_end")]


def test_an_end_on_no_day_is_said_to_be_the_one_that_was_asked_for() -> None:
    unnamed = row(K.CONFIRMED, 3, ends_on="2027-03-14", outcome="no_day_named")
    events = log(LETTER, SENT, unnamed)

    assert outlook(events).next_step == NO_DAY_NAMED
    assert whys(events, DueKind.END) == [(date(2027, 3, 14), "no_day_named")]


def test_a_letter_asks_for_money_first_after_an_end() -> None:
    nothing, asked = log(LETTER, SENT, ENDS), log(LETTER, SENT, ENDS, REFUND, SENT)
    again = log(LETTER, SENT, ENDS, REFUND, SENT, REFUND, SENT)
    unknown = row(K.LETTER_WRITTEN, 6, confirm_by="2026-12-20", kind="refund")
    claimed = log(LETTER, SENT, ENDS, unknown, SENT)

    money, twice = awaited_money(asked), awaited_money(again)

    assert awaited_money(nothing) is None
    assert money is not None
    assert twice is not None
    assert (money.refund, money.is_asked_first) == ("42 USD", True)
    assert (money.asked, bool(twice.asked)) == (None, True)
    on = date(2026, 12, 20)
    assert whys(asked, DueKind.MONEY) == [(on, "money_asked")]
    assert whys(again, DueKind.MONEY) == [(on, "money_again")]
    assert whys(claimed, DueKind.MONEY) == [(on, "money_asked_claimed")]


@pytest.mark.parametrize(
    ("amount", "code"), [("7 EUR", "claimed_sum"), ("", "claimed_open")]
)
def test_the_money_that_a_letter_claims_has_its_day(amount: str, code: str) -> None:
    details = {"confirm_by": "2026-12-10", "pay_by": "2027-01-28", "amount": amount}
    told = row(K.LETTER_WRITTEN, 1, **details)

    assert claimed_by(log(LETTER, SENT)) is None
    assert whys(log(told, SENT), DueKind.MONEY) == [(date(2027, 1, 28), code)]


def test_charges_follow_one_another_until_an_end_and_after_it() -> None:
    charges = Charges(first=date(2026, 12, 5), every=MONTHLY)
    daily = Charges(first=date(2026, 12, 5), every=Period(1, Unit.DAY))

    assert list(charges.until(date(2027, 1, 5))) == [date(2026, 12, 5)]
    assert charges.after(date(2027, 1, 5)) == date(2027, 1, 5)
    assert charges.after(date(2026, 12, 31)) == date(2027, 1, 5)
    assert len(list(daily.until(date(2030, 1, 1)))) == 60


def test_a_later_end_brings_the_charges_between_the_two_ends() -> None:
    charges = Charges(first=date(2026, 12, 1), every=MONTHLY)

    assert list(charges.between(date(2026, 12, 2), date(2026, 12, 31))) == []
    assert list(charges.between(date(2026, 12, 31), date(2027, 2, 1))) == [
        date(2027, 1, 1)
    ]


def kept(at: str, ends_on: str | None, **more: object) -> dict[str, object]:
    renewal = {"at": at, "because": []}
    return {"topics": {"renewal": renewal}, "do": [], "ends_on": ends_on, **more}


def test_a_kept_answer_names_what_is_owed_until_its_end() -> None:
    watch = {"do": "watch_statement", "by": "2027-01-05", "because": []}
    verdict = kept("2026-12-05", "2026-12-31", do=[watch])

    plain = [(d.what, d.by) for d in days_of(verdict)]
    rhythmic = days_of(verdict | {CHARGED_EVERY: "P1M"})

    assert plain == [(DueKind.CHARGE, date(2027, 1, 5))]
    assert [(d.what, d.by) for d in rhythmic] == [
        (DueKind.RIGHTFUL, date(2026, 12, 5)),
        (DueKind.CHARGE, date(2027, 1, 5)),
    ]


def test_a_later_end_moves_the_charges_by_their_rhythm() -> None:
    of_verdict = days_of(kept("2026-12-05", "2026-12-04", **{CHARGED_EVERY: "P1M"}))
    later = row(K.CONFIRMED, 3, ends_on="2026-12-31")

    found = days(log(LETTER, SENT, later), of_verdict)

    assert [d.by for d in found if d.what is DueKind.RIGHTFUL] == [date(2026, 12, 5)]
    assert [d.by for d in found if d.what is DueKind.CHARGE] == [date(2027, 1, 5)]


def test_a_charge_of_a_moment_has_the_day_of_it() -> None:
    (charge,) = days_of(kept("2026-12-05T09:00:00+01:00", None))

    assert charge.moment.date() == date(2026, 12, 5)
    assert charge.over - charge.moment == timedelta(0)


def test_the_end_that_was_taken_is_the_one_that_they_named() -> None:
    named = row(K.CONFIRMED, 3, ends_on="2026-12-31", outcome="confirmed")
    asked = row(K.CONFIRMED, 3, ends_on="2026-12-02", outcome="no_day_named")
    open_ = row(K.CONFIRMED, 3, ends_on="2026-12-31", instead_of="2026-12-02")
    came = row(
        K.CONFIRMED, 4, ends_on="2026-12-31", outcome="money_came", refund="9 EUR"
    )

    assert taken_end(log(LETTER, SENT, named, came)) == date(2026, 12, 31)
    assert taken_end(log(LETTER, SENT)) is None
    assert taken_end(log(LETTER, SENT, asked)) is None
    assert taken_end(log(LETTER, SENT, open_)) is None


def test_money_that_came_names_no_end() -> None:
    pays = row(K.CONFIRMED, 3, ends_on="2026-11-30", outcome="pays_back")
    came = row(
        K.CONFIRMED, 4, ends_on="2026-11-30", outcome="money_came", refund="9 EUR"
    )
    only = row(K.CONFIRMED, 4, ends_on="2026-11-30", outcome="nothing_owed")

    assert whys(log(LETTER, SENT, pays, came), DueKind.END)[0][1] == "pays_back"
    assert whys(log(LETTER, SENT, only), DueKind.END)[0][1] == "confirmation"
