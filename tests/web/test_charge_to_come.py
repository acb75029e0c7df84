"""A charge that cannot be recorded is asked about again, and nothing is lost."""

from typing import Any

import pytest

from rescind.app.follow import cases
from rescind.store import selectors
from tests.conftest import SENDER
from tests.web.test_desk_pages import words
from tests.web.test_sent_earlier import STREAM

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

NOT_USABLE = 422


@pytest.fixture
def case() -> str:
    case_id = cases.new_case(STREAM, SENDER)
    cases.say_sent(case_id, "e-mail", None)
    return f"/cases/{case_id}/"


@pytest.mark.parametrize(
    ("on", "amount", "said"),
    [
        ("14 December 2026", "12.99 EUR", "has not come yet"),
        ("31 February 2026", "12.99 EUR", "31 February 2026"),
        ("29 November 2026", "twelve", "twelve"),
        ("1 October 2026", "12.99 EUR", "did this charge come before or after?"),
    ],
)
def test_the_fields_are_shown_again_with_what_is_wrong(
    client: Any, case: str, on: str, amount: str, said: str
) -> None:
    told = {"what": "charged", "on": on, "amount": amount, "payment_method": "paypal"}

    page = client.post(f"{case}happened/", told)
    html = page.content.decode()

    assert page.status_code == NOT_USABLE
    assert said in words(page)
    assert "What did they take?" in words(page)
    assert f'name="on" required value="{on}"' in html
    assert "That did not work" not in words(page)
    assert '<option value="paypal" selected>' in html
    # nothing of it is kept before all of it can be used
    facts = selectors.read_case(case.strip("/").split("/")[-1]).facts
    assert not facts.get("payment_method")


def test_no_reminder_lies_ahead_of_an_answer_to_read(client: Any, case: str) -> None:
    text = (
        "Hallo, wir bestätigen dir hiermit den Eingang deiner Kündigung. Dein Vertrag "
        "endet am 28.02.2027. Dein Team"
    )
    before = words(client.get(case))

    page = words(client.post(f"{case}reply/", {"words": text}, follow=True))

    assert "What lies ahead" in before
    assert "seems to confirm" in page
    assert "What lies ahead" not in page
