"""An end that is named by the day on which what is paid for is over."""

from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import signs
from rescind.app.follow import cases
from rescind.core.follow.reading.demands import Sign, has_sign
from tests.conftest import SENDER
from tests.web.test_money_from_store import posted

pytestmark = pytest.mark.usefixtures("no_cases", "saturday_28_november")

FLIX = {
    "service": "other",
    "merchant": "Cineflux",
    "kind": "streaming",
    "sold_by": "online",
    "channel": "web",
    "country": "GB",
    "purchased_at": "2025-10-20",
    "term": "P1M",
    "renewal_term": "P1M",
    "notice": "P1D",
    "price": "11.90 GBP",
    "period": "P1M",
    "paid_at": "2026-11-20",
}
ENDS = "We confirm that your subscription ends on 20 December 2026."
NO_MORE = f"{ENDS} No further payments will be taken."


def flix() -> str:
    case_id = cases.new_case(FLIX, SENDER)
    cases.say_sent(case_id, "form", None)
    return f"/cases/{case_id}/"


def test_the_next_day_is_taken_where_nothing_more_is_charged(client: Any) -> None:
    case = flix()

    page = posted(client, f"{case}reply/", {"words": NO_MORE})
    kept = posted(client, f"{case}confirm/", {"ends_on": "2026-12-20"})

    assert "Cineflux says it ends on Sunday 20 December" in page
    assert "later than it should" not in page
    assert "That is right" in page
    assert "Ask for" not in page
    assert "They say that it ends on 20 December" in page
    assert "Ends on Sunday 20 December" in kept


@pytest.mark.parametrize(
    "wrote",
    [
        ENDS,
        "Your membership is cancelled. You can keep watching until 20 December 2026.",
        "Your cancellation takes effect on 20 December 2026.",
    ],
)
def test_the_day_of_the_next_charge_is_the_same_time(client: Any, wrote: str) -> None:
    case = flix()

    page = posted(client, f"{case}reply/", {"words": wrote})
    listed = client.get("/cases/").content.decode()
    kept = posted(client, f"{case}confirm/", {"ends_on": "2026-12-20"})

    assert "Cineflux says it ends on Sunday 20 December" in page
    assert "later than it should" not in page
    assert "Nothing may be charged on Sunday 20 December" in page
    assert "Ends Sunday 20 December" in page
    assert "Ask for" not in page
    assert "says it ends on Sunday 20 December" in listed
    assert "Ends on Sunday 20 December" in kept


def test_the_same_time_named_anew_changes_no_end_that_is_recorded(client: Any) -> None:
    case = flix()
    cases.confirm(case.split("/")[2], ends_on="2026-12-19", note="")

    page = posted(client, f"{case}reply/", {"words": ENDS})

    assert "Ends on Saturday 19 December" in page


def test_a_day_more_that_is_asked_money_for_is_later(client: Any) -> None:
    case = flix()
    fee = f"{ENDS} You owe a cancellation fee of £25."

    page = posted(client, f"{case}reply/", {"words": fee})

    assert "later than it should" in page
    assert "Ask for Saturday 19 December" in page


@pytest.mark.parametrize(
    "words",
    [
        "You will not be charged again.",
        "Det stopper den 20. december, og der trækkes ikke flere penge.",
        "Es wird nichts mehr abgebucht.",
        "Danach wird dir nichts mehr berechnet.",
        "U ontvangt geen factuur meer.",
        "Aucun prélèvement ne sera plus effectué.",
        "No se le cobrará nada más.",
        "Non le verranno fatti altri addebiti.",
        "Inga fler betalningar dras.",
        "Det blir ikke trukket flere betalinger.",
        "Nie zostaną pobrane kolejne opłaty.",
        "Não haverá mais cobranças.",
        "Sinulta ei veloiteta enää.",
        "Der opkræves ikke mere.",
    ],
)
def test_that_nothing_more_is_charged_is_read(words: str) -> None:
    assert has_sign(words, signs()[Sign.NOTHING_MORE])


@pytest.mark.parametrize(
    "words",
    [
        "Your card will be charged on 20 December.",
        "Die nächste Zahlung wird am 20. Dezember abgebucht.",
        "De volgende factuur ontvangt u in maart.",
        "The charge is not refundable.",
    ],
)
def test_a_charge_that_comes_is_not_read_as_none(words: str) -> None:
    assert not has_sign(words, signs()[Sign.NOTHING_MORE])
