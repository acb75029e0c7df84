"""A refusal that names the very end that was asked for may be none: it is asked."""

from typing import Any

import pytest

from tests.web.test_money_from_store import posted
from tests.web.test_no_notice_came import sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

BOUND = (
    "Sie sind leider noch bis 13.02.2027 gebunden. Ihre Kündigung haben wir zu diesem "
    "Datum notiert."
)


def test_the_very_day_that_was_asked_for_is_put_to_the_person(client: Any) -> None:
    case = sent(client, "form")

    page = posted(client, f"{case}reply/", {"words": BOUND})
    kept = posted(client, f"{case}confirm/", {"ends_on": "2027-02-13"})

    assert "seems to confirm Saturday 13 February 2027" in page
    assert "Yes, it ends on Saturday 13 February 2027" in page
    assert "has not confirmed" not in page
    assert "Ends on Saturday 13 February 2027" in kept


@pytest.mark.parametrize(
    "said",
    [
        "Unfortunately you remain bound until 13 February 2027.",
        "Malheureusement, votre contrat vous lie jusqu'au 13 février 2027.",
        "Lamentablemente está vinculado hasta el 13/02/2027.",
        "Helaas zit u nog vast tot 13 februari 2027.",
        "Tyvärr är du bunden till och med den 13 februari 2027.",
    ],
)
def test_it_is_so_in_other_languages(client: Any, said: str) -> None:
    page = posted(client, f"{sent(client, 'form')}reply/", {"words": said})

    assert "seems to confirm Saturday 13 February 2027" in page


@pytest.mark.parametrize(
    "said",
    [
        "Sie sind leider noch bis 13.02.2028 gebunden.",
        "Eine Kündigung bis zum 13.02.2027 ist leider nicht möglich.",
        "Ihr Vertrag läuft bis 13.02.2027 und verlängert sich dann um ein Jahr.",
        "Uns liegt keine Kündigung vor. Ihr Vertrag läuft bis 13.02.2027.",
    ],
)
def test_another_day_a_denial_and_a_renewal_confirm_nothing(
    client: Any, said: str
) -> None:
    page = posted(client, f"{sent(client, 'form')}reply/", {"words": said})

    assert "seems to confirm Saturday 13 February" not in page
