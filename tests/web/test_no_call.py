"""The answer to who wants a call says that none is needed, whatever else they say."""

import re
from typing import Any

import pytest

from rescind.app.follow import cases, received
from tests.conftest import SENDER

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

FACTS = {
    "service": "other",
    "merchant": "Kino Daheim",
    "kind": "streaming",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2025-03-01",
    "period": "P1M",
    "price": "12.99 EUR",
}
WANTED = [
    "Ihre Kündigung ist vorgemerkt. Damit sie wirksam wird, rufen Sie uns bitte an.",
    "Wir können Ihre Kündigung so nicht annehmen. Bitte rufen Sie uns an.",
    "Eine Kündigung per E-Mail ist nicht möglich. Rufen Sie uns unter 0800 123 an.",
]


def answer_to(client: Any, words: str) -> str:
    case_id = str(cases.new_case(FACTS, SENDER))
    cases.say_sent(case_id, "by e-mail", None)
    received.take_in(case_id, words.encode())
    page = client.get(f"/cases/{case_id}/letters/?letter=reply").content.decode()
    return " ".join(re.findall(r"<pre.*?</pre>", page, re.DOTALL))


@pytest.mark.parametrize("words", WANTED)
def test_no_call_is_needed(client: Any, words: str) -> None:
    assert "bedarf es keines Anrufs" in answer_to(client, words)


def test_a_call_for_questions_is_none_that_is_wanted(client: Any) -> None:
    refusal = "Wir lehnen Ihre Kündigung ab. Bei Fragen rufen Sie uns gerne an."

    assert "bedarf es keines Anrufs" not in answer_to(client, refusal)
