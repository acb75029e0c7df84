"""The pages of what comes next: steps, answers, work, notices, health and figures."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from rescind.adapters import clock
from rescind.adapters.settings.notifications import NOTICES
from rescind.app.follow import cases, queries, received, reports, worker
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER
from tests.worker.test_following import OFFER, answer
from tests.worker.working import next_steps

pytestmark = pytest.mark.usefixtures("ready_desk")


@pytest.fixture
def client() -> Iterator[Client]:
    yield Client(HTTP_HOST="127.0.0.1")
    NOTICES.forget(HOME)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def sent(**facts: str) -> str:
    case_id = cases.new_case(FACTS | facts, SENDER)
    days_ago = (clock.now() - timedelta(days=2)).date().isoformat()
    return cases.say_sent(case_id, "post", days_ago)


TODAY = clock.now().date().isoformat()


def test_an_ordered_letter_can_be_recalled_on_its_page(client: Client) -> None:
    case_id = cases.new_case(FACTS, SENDER)
    day = (clock.now() + timedelta(days=2)).date().isoformat()

    cases.send_later(case_id, way="practice", to=None, at=day)
    assert "Do not send it after all" in page(client, f"/cases/{case_id}/")
    client.post(f"/cases/{case_id}/recall/")

    assert queries.show_case(case_id)["state"] == "draft"


def test_steps_are_shown_written_and_skipped(client: Client) -> None:
    case_id = sent()
    text = page(client, f"/cases/{case_id}/")
    assert "Send a reminder" in text
    assert "Citizens Advice" in text

    letters = page(client, f"/cases/{case_id}/letters/?letter=second-notice")
    assert "no answer that settles" in letters
    client.post(f"/cases/{case_id}/skip/", {"step": "complaint"})

    states = {s["step"]: s["state"] for s in next_steps(case_id)}
    assert states["complaint"] == "skipped"


def test_an_answer_is_explained_and_replied_to(client: Client) -> None:
    case_id = sent()
    received.take_in(case_id, answer(OFFER))

    text = page(client, f"/cases/{case_id}/")
    assert "They want to keep you." in text
    form = {"letter": "reply", "act": "email:reply", "reply.to": "a@b.example"}
    client.post(f"/cases/{case_id}/letters/", form)

    assert selectors.letter(selectors.read_case(case_id)).kind == "reply"


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"what": "charged", "on": TODAY, "amount": "9 EUR"}, "charged"),
        ({"what": "button", "on": TODAY}, "sent"),
        (
            {"what": "called", "on": TODAY, "with_whom": "B", "said": "ends"},
            "sent",
        ),
        ({"what": "blocked", "until": "2027-05-01"}, "sent"),
        ({"what": "resumed"}, "resumed"),
    ],
)
def test_what_happened_otherwise_is_recorded(
    client: Client, given: dict[str, str], state: str
) -> None:
    case_id = sent()

    assert client.post(f"/cases/{case_id}/happened/", given).status_code == 302

    assert queries.show_case(case_id)["state"] == state
    page(client, f"/cases/{case_id}/")


def test_a_dispute_says_what_its_day_turns_on(client: Client) -> None:
    case_id = sent(country="DE")
    reports.charged(case_id, on=clock.now().date().isoformat())

    assert "not known yet" in page(client, f"/cases/{case_id}/")


def test_what_cannot_have_happened_is_refused(client: Client) -> None:
    case_id = sent()

    for given in ({"what": "flown"}, {"what": "charged", "on": "2999-01-01"}):
        response = client.post(f"/cases/{case_id}/happened/", given)
        assert response.status_code == 422


def test_work_is_shown_and_told_in_figures(client: Client) -> None:
    from rescind.store.models import WorkerRecord, WorkRecord

    WorkRecord.objects.all().delete()
    WorkerRecord.objects.all().delete()
    assert "Nothing runs at the moment" in page(client, "/settings/?open=runs")
    assert client.get("/health").status_code == 503
    sent()
    it = worker.Worker(threads=1)
    it.start()
    it.run_once()
    it.stop()

    assert "All is well" in page(client, "/settings/?open=runs")
    health = json.loads(client.get("/health").content)
    assert 0 <= health.pop("last_look") < 60
    assert health == {"ok": True, "database": True, "worker": True}
    assert "rescind_worker_last_look_seconds" in page(client, "/metrics")
