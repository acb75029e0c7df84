"""What answers leave open of what is owed."""

from datetime import date
from decimal import Decimal

from rescind.core.follow.shortfall import (
    earlier_end,
    is_named,
    is_same_moment,
    later_end,
    part_paid,
)
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def answer(
    label: Label = Label.CONFIRMED,
    *,
    refund: Money | None = None,
    on: str | None = None,
    unsure: bool = False,
    takes_effect: bool = False,
    adds: bool = False,
) -> Reading:
    return Reading(
        label=label,
        sureness=0.5 if unsure else 0.9,
        needs_person=unsure,
        new_text="",
        because=(),
        effective_on=on,
        refund=refund,
        refund_adds=adds,
        takes_effect=takes_effect,
    )


OWED = euros("354.00")


def test_a_part_leaves_the_rest() -> None:
    part = part_paid([answer(refund=euros("91.00"))], OWED)

    assert part is not None
    assert (str(part.paid), str(part.owed), str(part.rest)) == (
        "91.00 EUR", "354.00 EUR", "263.00 EUR",
    )  # fmt: skip


def test_two_sums_add_up_and_one_that_is_repeated_does_not() -> None:
    first, second = answer(refund=euros("91.00")), answer(refund=euros("263.00"))

    assert part_paid([first, second], OWED) is None
    repeated = part_paid([first, answer(), first], OWED)
    assert repeated is not None
    assert repeated.rest == euros("263.00")


def test_what_they_call_the_rest_comes_on_top_of_the_same_sum() -> None:
    half = euros("177.00")
    first, rest = answer(refund=half), answer(refund=half, adds=True)

    assert part_paid([first, rest], OWED) is None
    assert part_paid([rest], OWED, [half]) is None
    named_again = part_paid([answer(refund=half)], OWED, [half])
    assert named_again is not None
    assert named_again.rest == half


def test_what_came_before_is_paid_and_counts_once() -> None:
    first, second = answer(refund=euros("91.00")), answer(refund=euros("263.00"))
    dollars = Money(amount=Decimal(91), currency="USD")

    assert part_paid([second], OWED, [euros("91.00")]) is None
    named_again = part_paid([first], OWED, [euros("91.00")])
    assert named_again is not None
    assert named_again.rest == euros("263.00")
    assert (named_again.came, named_again.promised) == (euros("91.00"), None)
    assert part_paid([first], OWED, [dollars]) == part_paid([first], OWED)


def test_a_promise_is_no_payment() -> None:
    part = part_paid([answer(refund=euros("91.00"))], OWED)

    assert part is not None
    assert (part.came, part.promised, part.unpaid) == (None, euros("91.00"), OWED)


def test_another_sum_after_a_promise_of_all_takes_its_place() -> None:
    whole, less = answer(refund=OWED), answer(refund=euros("300.00"))

    part = part_paid([whole, less], OWED)

    assert part is not None
    assert (part.promised, part.rest) == (euros("300.00"), euros("54.00"))
    assert part_paid([whole, less, whole], OWED) is None


def test_nothing_is_compared_that_is_not_known() -> None:
    paid = answer(refund=euros("91.00"))
    dollars = answer(refund=Money(amount=Decimal(91), currency="USD"))

    assert part_paid([paid], None) is None
    assert part_paid([answer()], OWED) is None
    assert part_paid([dollars], OWED) is None
    assert part_paid([answer(refund=OWED)], OWED) is None


def test_a_sum_in_an_answer_that_is_not_surely_read_counts() -> None:
    part = part_paid([answer(refund=euros("91.00"), unsure=True)], OWED)

    assert part is not None
    assert part.rest == euros("263.00")


def test_a_later_end_is_named_and_an_earlier_one_is_not() -> None:
    ours = date(2026, 12, 28)

    late = later_end([answer(on="2026-11-30"), answer(on="2027-03-31")], ours)
    assert late is not None
    assert (late.theirs, late.ours) == (date(2027, 3, 31), ours)
    assert later_end([answer(on="2027-03-31"), answer(on="2026-12-28")], ours) is None
    for reading in (
        answer(on="period_end"),
        answer(),
        answer(on="2027-03-31", unsure=True),
        answer(Label.OFFER, on="2027-03-31"),
    ):
        assert later_end([reading], ours) is None
    assert later_end([answer(on="2027-03-31")], None) is None


def test_a_later_end_is_none_while_the_notice_may_have_come_later() -> None:
    ours, latest = date(2026, 12, 29), date(2027, 1, 3)

    assert later_end([answer(on="2027-01-02")], ours, latest) is None
    late = later_end([answer(on="2027-01-31")], ours, latest)
    assert late is not None
    assert (late.theirs, late.ours) == (date(2027, 1, 31), ours)


def test_an_end_that_takes_effect_on_the_next_day_is_the_same_moment() -> None:
    ours = date(2027, 2, 28)
    then = answer(on="2027-03-01", takes_effect=True)

    assert later_end([then], ours) is None
    assert is_same_moment(then, ours)
    for other in (
        answer(on="2027-03-01"),
        answer(on="2027-03-02", takes_effect=True),
    ):
        assert later_end([other], ours) is not None
        assert not is_same_moment(other, ours)
    assert not is_same_moment(answer(takes_effect=True), ours)
    assert not is_same_moment(then, None)


def test_a_day_that_begins_as_our_end_is_over_is_named_by_their_words() -> None:
    ours, next_day = date(2027, 2, 28), date(2027, 3, 1)
    then = answer(on="2027-03-01", takes_effect=True)

    assert is_named(then, next_day, ours)
    assert not is_named(then, date(2027, 3, 2), ours)
    assert not is_named(answer(on="2027-03-01"), next_day, ours)


def test_an_earlier_end_is_named_as_one() -> None:
    ours, came_on = date(2027, 10, 14), date(2026, 12, 1)

    early = earlier_end(answer(on="2026-12-03"), came_on, ours)
    assert early is not None
    assert (early.theirs, early.ours) == (date(2026, 12, 3), ours)
    at_once = earlier_end(answer(on="immediate"), came_on, ours)
    assert at_once is not None
    assert at_once.theirs == came_on
    for reading in (
        answer(on="2027-10-13"),
        answer(on="2027-10-14"),
        answer(on="2028-10-14"),
        answer(on="period_end"),
        answer(),
        answer(on="2026-12-03", unsure=True),
        answer(Label.ALREADY_CANCELLED, on="2026-12-03"),
    ):
        assert earlier_end(reading, came_on, ours) is None
    assert earlier_end(answer(on="2026-12-03"), came_on, None) is None
