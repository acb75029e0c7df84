"""A store takes money for what has ended: its line on a statement finds the case."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rescind.app.follow import queries
from rescind.store.models import ImportRecord
from tests.web.test_case_pages import done_at_apple
from tests.web.test_desk_pages import words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

PAID = [f"2026-{month:02}-01,APPLE.COM/BILL,-49.00,USD" for month in range(3, 11)]


@pytest.fixture(autouse=True)
def _no_statement() -> Any:
    ImportRecord.objects.all().delete()
    yield
    ImportRecord.objects.all().delete()


def ended_at_apple(client: Any) -> str:
    case = done_at_apple(client)
    ends = {"words": "It has ended.", "ends_on": "31 October 2026"}
    client.post(f"{case}confirmation/", ends)
    return case


def read(client: Any, *lines: str) -> Any:
    rows = "\n".join(["Date,Description,Amount,Currency", *PAID, *lines])
    file = SimpleUploadedFile("apple.csv", rows.encode())
    return client.post("/spending/read/", {"files": file}, follow=True)


def state(case: str) -> str:
    return str(queries.show_case(case.split("/")[-2])["state"])


def test_a_line_of_the_store_opens_the_ended_case(client: Any) -> None:
    case = ended_at_apple(client)

    page = words(read(client, "2026-11-02,APPLE.COM/BILL,-49.00,USD"))

    assert "Apple took $49 on 2 November 2026 although Coursera had ended" in page
    assert state(case) == "charged"


def test_another_app_of_the_store_leaves_the_case_alone(client: Any) -> None:
    case = ended_at_apple(client)

    page = words(read(client, "2026-11-02,APPLE.COM/BILL,-4.99,USD"))

    assert "although" not in page
    assert "Was that" not in page
    assert state(case) == "confirmed"


def test_a_line_that_may_be_the_ended_one_is_asked_about(client: Any) -> None:
    case = ended_at_apple(client)

    response = read(client, "2026-11-15,APPLE.COM/BILL,-49.00,USD")
    asked = words(response)
    link = f'href="{case}charged/?on=15+November+2026&amp;amount=49.00+USD"'

    assert "Apple took $49 on 15 November 2026. Was that Coursera?" in asked
    assert link in response.content.decode()
    assert state(case) == "confirmed"
    form = client.get(f"{case}charged/?on=15+November+2026&amount=49.00+USD")
    assert 'value="15 November 2026"' in form.content.decode()
    assert 'value="$49"' in form.content.decode()
    # whoever overlooked it finds it in the case itself
    stands = words(client.get(case))
    assert "Apple took $49 on 15 November 2026. Was that Coursera?" in stands
    told = {"what": "charged", "on": "15 November 2026", "amount": "49.00 USD"}
    client.post(f"{case}happened/", told)
    assert state(case) == "charged"
    assert "Was that Coursera?" not in words(client.get(case))


def test_steps_that_nobody_confirmed_are_watched_too(client: Any) -> None:
    case = done_at_apple(client)

    page = words(read(client, "2026-11-02,APPLE.COM/BILL,-49.00,USD"))

    # it ends on 1 December: what was taken before that was owed
    assert "Was that" not in page
    assert state(case) == "sent"
