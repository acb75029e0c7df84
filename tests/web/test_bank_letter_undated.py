"""A letter to the bank where nobody typed when the last charge was."""

from typing import Any

import pytest

from tests.web.test_asked_details import letter_in
from tests.web.test_desk_pages import ANNA, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

COURSE = {
    "kind": "course",
    "sold_by": "online",
    "channel": "web",
    "country": "DE",
    "purchased_at": "25.11.2026",
    "term": "P1Y",
    "period": "P1Y",
    "price": "372",
}
PART = (
    "We have issued a partial refund of €91.00 to your original payment method. Please "
    "allow 5-10 business days for it to appear. The rest cannot be refunded."
)
OLDER = COURSE | {"purchased_at": "25.5.2026", "term": "P1M", "period": "P1M"}


def case_of(client: Any, facts: dict[str, str]) -> str:
    """Return the address of a case whose withdrawal brought a part of the money."""
    case, _ = told(client, "Lernwelt", facts)
    acts = "withdraw,cancel" if "withdraw" in words(client.get(case)) else "withdraw"
    client.post(f"{case}letters/", ANNA | {"act": f"form:{acts}"})
    client.post(f"{case}reply/", {"words": PART})
    return case


def test_the_purchase_is_the_charge_where_it_is_the_only_one(client: Any) -> None:
    case = case_of(client, COURSE)

    page = client.get(f"{case}letters/?letter=dispute").content.decode()
    letter = letter_in(page)

    assert "von der Belastung über 372,00" in letter
    assert "am 25. November 2026 veranlasst hat, 275,90" in letter
    assert "Die Rückzahlung von 91,00" in letter
    assert "weiterer 91" not in letter
    assert "When was the last charge?" not in page


def test_a_charge_of_many_is_asked_for_by_its_name(client: Any) -> None:
    case, _ = told(client, "Lernwelt", OLDER)
    client.post(f"{case}letters/", ANNA | {"act": "form:cancel"})

    page = words(client.get(f"{case}letters/?letter=stop-payment"))
    own = {"letter": "dispute", "dispute.reason": "Nothing was delivered."}
    dispute = client.post(f"{case}letters/?letter=dispute", ANNA | own)

    assert "without this: When was the last charge?" in words(dispute)
    assert "without this: How do you pay?" in words(dispute)
    assert "The letter says too little without this. " not in page
    assert f'href="{case}facts/"' in dispute.content.decode()
    assert "25. Mai 2026" not in letter_in(dispute.content.decode())
