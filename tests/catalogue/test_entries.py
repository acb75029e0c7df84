"""Every service on file: its entry is sound, its cases hold, each by what it rests on.

One entry alone: ``pytest tests/catalogue -k netflix``.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.catalogue import SHIPPED, Catalogue
from rescind.adapters.data.lint import validate_file
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.public.verdict import verdict_json
from rescind.app.know import check
from tests.sentences import gaps
from tests.verdict_cases import play

FOLDER = Path(__file__).with_name("cases")
SERVICES = sorted(path.stem for path in (SHIPPED / "catalogue").glob("?/*.yaml"))
LONG_AGO = ["coursera"]
"""Its cases stand in tests/cases."""
PLACES = (None, "DE", "FR", "GB", "US-CA", "IN", "BR", "JP")
WITHOUT_A_CLAIM = frozenset({"law", "billing"})
LEAST = 10
"""Cases that each service has at least."""


def cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in read_yaml(path):
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")


def ids_of(value: object) -> Iterator[str]:
    """Yield the ids of all claims of an entry."""
    if isinstance(value, Mapping):
        if "id" in value:
            yield value["id"]
        for inner in value.values():
            yield from ids_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids_of(inner)


def path_of(service: str) -> Path:
    return SHIPPED / "catalogue" / service[0] / f"{service}.yaml"


@pytest.mark.parametrize("service", SERVICES)
def test_an_entry_has_no_problem(service: str) -> None:
    assert validate_file(path_of(service)).findings == ()


@pytest.mark.parametrize("service", SERVICES)
def test_a_text_out_of_an_archive_can_be_followed_there(service: str) -> None:
    """The audit compares a text with its archive only where the entry names it."""
    sources = read_yaml(path_of(service))["sources"]

    lost = [
        name
        for name, source in sources.items()
        if "(OpenTermsArchive" in source["title"] and "archive" not in source
    ]
    assert lost == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_offer_can_be_asked_about_from_everywhere(service: str) -> None:
    record = Catalogue().service(service)

    for place in PLACES:
        for offer in record.offers:
            facts = {"service": service, "offer": offer, "country": place}
            facts |= {"purchased_at": "2026-03-31", "as_of": "2026-06-15"}
            answer = verdict_json(check.check(facts).verdict)
            assert not gaps(answer)


@pytest.mark.parametrize("service", [s for s in SERVICES if s not in LONG_AGO])
def test_a_service_has_its_cases(service: str) -> None:
    assert len(read_yaml(FOLDER / f"{service}.yaml")) >= LEAST


@pytest.mark.parametrize(("service", "case"), list(cases()))
def test_case(service: str, case: dict[str, Any]) -> None:
    known = {*ids_of(read_yaml(path_of(service))), *WITHOUT_A_CLAIM}

    assert set(case["rests_on"]) <= known, "rests_on names what is not in the entry"
    play({"service": service} | case["facts"], case)
