"""What recurs, kind by kind, in cases from life: each has to be found as it is.

A case that is ``open`` is not found yet; it fails here as soon as it is.
"""

import pytest

from rescind.adapters.data.descriptors import descriptors
from tests.find.kinds_of_cases import KINDS, Case, cases

CASES = [
    pytest.param(
        case,
        id=f"{kind}: {case.given['what']}",
        marks=[pytest.mark.xfail(strict=True)] if case.given.get("open") else [],
    )
    for kind in KINDS
    for case in cases(kind)
]


@pytest.mark.parametrize("case", CASES)
def test_a_case_from_life_is_found_as_it_is(case: Case) -> None:
    assert case.wrong(descriptors()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_twenty_cases_and_none_twice(kind: str) -> None:
    every = [case.given for case in cases(kind)]

    assert len(every) >= 20
    assert len({given["what"] for given in every}) == len(every)
