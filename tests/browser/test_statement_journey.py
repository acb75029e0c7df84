"""What no statement shows, and what cannot be read, as a person does it on a phone."""

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

_read = count(1)


def statement() -> dict[str, Any]:
    """Return some months of Netflix, each time with another number of empty lines."""
    today = datetime.now(UTC).date()
    lines = [
        f"{today - timedelta(days=ago)},NETFLIX.COM 866-579-7172,-13.99,EUR"
        for ago in range(8, 240, 28)
    ]
    content = "\n".join(["Date,Description,Amount,Currency", *lines])
    content += "\n" * next(_read)  # no file is kept twice
    return {"name": "bank.csv", "mimeType": "text/csv", "buffer": content.encode()}


def test_what_is_written_down_by_hand_leads_to_its_answer(phone: Any) -> None:
    phone.get_by_role("link", name="Read a bank statement").click()
    phone.get_by_role("link", name="Write one down").click()
    phone.get_by_label("What is it?").fill("Yoga with Ana")
    phone.get_by_label("What does it cost?").fill("45,00 €")
    phone.get_by_label("How often?").select_option("P1M")
    phone.get_by_role("button", name="Add it").click()

    phone.get_by_role("heading", name="You pay").wait_for()
    yoga = phone.get_by_role("button", name=re.compile("End it.*Yoga with Ana"))
    yoga.first.click()

    assert "Yoga with Ana, €45" in phone.locator(".about").inner_text()


def test_a_picture_says_why_it_was_not_read_and_what_to_do(phone: Any) -> None:
    picture = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff"}
    phone.get_by_role("link", name="Read a bank statement").click()
    phone.locator("#files").set_input_files([picture, statement()])
    phone.get_by_role("button", name="Read them").click()

    phone.get_by_role("heading", name="You pay").wait_for()

    said = phone.get_by_role("status").inner_text()
    assert "photo.jpg was not read" in said
    assert "Take the statement as CSV or PDF" in said
    assert phone.get_by_text("bank.csv").count()
