"""Which running case a line of the spending page belongs to."""

from typing import cast

import pytest

from rescind.adapters.public.spending import PaidJson
from rescind.store.listing import RunningCase
from rescind.web.paid_cases import cases_of


def line(key: str, merchant: str, service: str | None = None) -> PaidJson:
    told = {"id": key, "merchant": merchant, "service": service}
    return cast("PaidJson", told)  # no more of a line is looked at


def case(key: str, service: str, name: str) -> RunningCase:
    return RunningCase(id=key, service=service, service_name=name)


@pytest.mark.parametrize(
    ("paid", "running"),
    [
        (line("a", "NETFLIX", "netflix"), case("1", "netflix", "Netflix")),
        (line("a", "Quillon Fitness"), case("1", "other", "QUILLON FITNESS")),
        (line("a", "Clever Fit"), case("1", "clever-fit", "clever fit")),
    ],
)
def test_a_line_is_told_by_its_service_or_by_its_name(
    paid: PaidJson, running: RunningCase
) -> None:
    assert cases_of([paid], [running]) == {"a": "1"}


def test_a_contract_not_on_file_is_told_by_its_name_alone() -> None:
    assert cases_of([line("a", "Gym", "other")], [case("1", "other", "Club")]) == {}


def test_a_case_is_of_the_line_that_it_was_begun_from_whatever_its_name() -> None:
    paid = [line("a", "Flyefit Dublin", "other"), line("b", "FLYEfit", "other")]
    begun = RunningCase(id="1", service="other", service_name="FLYEfit", finding="a")

    assert cases_of(paid, [begun]) == {"a": "1"}
    assert cases_of(paid[1:], [begun]) == {"b": "1"}


def test_of_two_lines_and_one_case_nobody_knows_which_is_meant() -> None:
    paid = [line("a", "Netflix", "netflix"), line("b", "Netflix", "netflix")]
    first, second = case("1", "netflix", "Netflix"), case("2", "netflix", "Netflix")

    assert cases_of(paid, [first]) == {}
    assert set(cases_of(paid, [first, second])) == {"a", "b"}
