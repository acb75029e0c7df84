"""Money that is promised beside an end is waited for, also where no sum is named."""

from typing import Any

import pytest

from rescind.app.follow import cases
from rescind.app.follow.reading import read_raw
from rescind.app.follow.wanted import pays_without_a_sum
from tests.conftest import SENDER
from tests.web.test_desk_pages import words
from tests.web.test_end_beside_money import PAPER
from tests.web.test_money_from_store import posted

pytestmark = pytest.mark.usefixtures("no_cases", "ready_desk", "sunday_29_november")

ENDED = "Wir bestätigen die Beendigung des Vertrags zum 01.11.2026."
PROMISED = f"{ENDED} Die Beiträge nach dem Todestag erstatten wir."


def of_dead(*unknown: str) -> str:
    facts = {name: each for name, each in PAPER.items() if name not in unknown}
    case_id = cases.new_case(facts | {"died_at": "2026-10-20"}, SENDER)
    cases.say_sent(case_id, "form", None)
    return f"/cases/{case_id}/"


def test_money_after_the_end_is_waited_for_by_its_sum(client: Any) -> None:
    case = of_dead()

    page = posted(client, f"{case}reply/", {"words": PROMISED})
    kept = posted(client, f"{case}confirm/", {"ends_on": "2026-11-01"})
    listed = words(client.get("/cases/"))
    came = posted(client, f"{case}confirm/", {"money": "came", "sum": "69,90"})

    assert "Money they promised €69.90" in page
    assert "Monday 14 December" in page or "Sunday 13 December" in page
    assert "€69.90 is to come back" in kept
    assert "It came" in kept
    assert "€69.90" in listed
    assert "€69.90 came" in came


def test_money_of_no_known_sum_is_waited_for(client: Any) -> None:
    case = of_dead("paid_at", "price", "period")

    page = posted(client, f"{case}reply/", {"words": PROMISED})
    kept = posted(client, f"{case}confirm/", {"ends_on": "2026-11-01"})

    assert "Money they promised No sum is named" in page
    assert "It came" in kept
    assert "Keep the confirmation" not in kept


def test_an_end_alone_promises_nothing(client: Any) -> None:
    page = posted(client, f"{of_dead()}reply/", {"words": ENDED})

    assert "Money they promised" not in page


EN = "Your membership ended on 30 November 2026."


@pytest.mark.parametrize(
    ("ends", "promises"),
    [
        (EN, "We will refund the rest."),
        (EN, "The remaining balance will be refunded."),
        (
            "Votre abonnement est résilié au 30 novembre 2026.",
            "Nous vous rembourserons le solde.",
        ),
        (
            "Su baja es efectiva el 30 de noviembre de 2026.",
            "Le devolveremos el resto.",
        ),
        (
            "Uw abonnement is per 30 november 2026 beëindigd.",
            "We betalen het restant terug.",
        ),
        (
            "Ditt abonnemang är avslutat per den 30 november 2026.",
            "Vi återbetalar resten.",
        ),
        (
            "Il suo abbonamento è cessato il 30 novembre 2026.",
            "Rimborseremo la differenza.",
        ),
        (
            "Umowa została rozwiązana z dniem 30 listopada 2026.",
            "Zwrócimy resztę wpłaty.",
        ),
    ],
)
def test_a_promise_without_a_sum_is_read(ends: str, promises: str) -> None:
    assert pays_without_a_sum(read_raw(f"{ends} {promises}".encode()))
    assert not pays_without_a_sum(read_raw(ends.encode()))


@pytest.mark.parametrize(
    "said",
    [
        f"{EN} We will not refund the rest.",
        "Ihr Vertrag ist zum 30.11.2026 beendet. Die Beiträge erstatten wir nicht.",
        f"{EN} Do we refund the rest?",
        f"{EN} If you were charged after it, we will refund the amount.",
        "We will refund the rest.",
        f"{EN} We have refunded £12.99.",
    ],
)
def test_what_promises_nothing_or_names_its_sum_is_not(said: str) -> None:
    assert not pays_without_a_sum(read_raw(said.encode()))
