"""How a letter is signed and printed, chosen beside it."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from rescind.store import selectors
from tests.web.test_desk_pages import ANNA, GYM, told, words

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

PNG = Path("src/rescind/web/static/rescind/icon-192.png").read_bytes()


def upload(content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile("name.png", content)


def printed(client: Any, address: str) -> PdfReader:
    return PdfReader(BytesIO(client.get(f"{address}letters/cancel.pdf").content))


def pictures(pdf: PdfReader) -> int:
    return sum(len(page.images) for page in pdf.pages)


@pytest.fixture
def address(client: Any) -> str:
    found, _ = told(client, "McFIT", GYM)
    client.post(f"{found}letters/", ANNA)
    return found


def test_a_picture_of_a_signature_is_in_the_letter(client: Any, address: str) -> None:
    before = pictures(printed(client, address))

    page = client.post(f"{address}letters/", {"picture": upload()})

    assert pictures(printed(client, address)) == before + 1
    assert "We have one." in words(page)
    assert 'value="drawn" selected' in page.content.decode()


def test_a_drawn_one_is_as_good_and_goes_with_the_letter(
    client: Any, address: str
) -> None:
    drawn = f"data:image/png;base64,{b64encode(PNG).decode()}"
    client.post(f"{address}letters/", {"drawn": drawn})

    office = {"all.merchant_address": "Sportweg 1\n45127 Essen"}
    client.post(f"{address}letters/", {"act": "post:cancel"} | ADDRESS | office)

    case = selectors.read_case(address.split("/")[2])
    assert pictures(PdfReader(BytesIO(selectors.letter(case).pdf))) == 1


ADDRESS = {"sender.address": "Ring 3\n10115 Berlin"}


def test_ones_mind_can_be_changed(client: Any, address: str) -> None:
    client.post(f"{address}letters/", {"picture": upload()})

    page = client.post(f"{address}letters/", {"all.signed": "hand"})

    assert pictures(printed(client, address)) == 0
    assert "We have one." in words(page)


@pytest.mark.parametrize(
    "form",
    [
        {"picture": upload(b"no picture")},
        {"drawn": "data:image/png;base64,no picture"},
        {"picture": upload(PNG + b"0" * 200_000)},
    ],
)
def test_what_is_no_small_picture_is_refused(
    client: Any, address: str, form: dict[str, Any]
) -> None:
    response = client.post(f"{address}letters/", form)

    assert response.status_code == 422
    assert "We have one." not in words(response)


def test_the_envelope_and_the_code_can_be_chosen(client: Any, address: str) -> None:
    usual = printed(client, address).pages[0].mediabox.height

    form = {"all.layout": "us-10", "all.with_code": "yes"}
    page = client.post(f"{address}letters/", form).content.decode()

    american = client.get(f"{address}letters/cancel.pdf").content
    assert PdfReader(BytesIO(american)).pages[0].mediabox.height < usual
    assert 'value="us-10" selected' in page
    assert 'value="yes" selected' in page


def test_what_it_says_of_the_printing_is_no_part_of_its_text(
    client: Any, address: str
) -> None:
    before = client.get(f"{address}letters/").content.decode()

    client.post(f"{address}letters/", {"all.with_code": "yes", "all.signed": "hand"})

    after = client.get(f"{address}letters/").content.decode()
    start, end = '<article class="paper"', "</article>"
    assert _between(after, start, end) == _between(before, start, end)


def _between(page: str, start: str, end: str) -> str:
    return page.partition(start)[2].partition(end)[0]
