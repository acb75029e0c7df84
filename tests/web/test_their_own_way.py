"""A link of theirs to confirm, and a place of theirs where it can be ended."""

from typing import Any

import pytest

from tests.web.test_desk_pages import words
from tests.web.test_money_from_store import posted
from tests.web.test_no_notice_came import sent

pytestmark = pytest.mark.usefixtures("ready_desk", "sunday_29_november")

CLICK = (
    "Your cancellation request has been received. Please click the link below within "
    "24 hours to confirm your cancellation, otherwise your subscription will continue. "
)
LINK = "https://streamly.example/confirm?c=abc123"


def test_their_link_is_what_is_next_and_is_shown_as_text(client: Any) -> None:
    case = sent(client, "form")

    page = posted(client, f"{case}reply/", {"words": f"{CLICK}\n{LINK}"})
    listed = words(client.get("/cases/"))
    raw = client.get(case).content.decode()

    assert "wants you to confirm by their link" in page
    assert "Confirm by their link, by tomorrow" in page
    assert f"Their link {LINK}" in page
    assert f'href="{LINK}' not in raw
    assert "Prepare the answer" not in page.partition("Their words")[0]
    assert "Confirm by their link, by tomorrow" in listed


@pytest.mark.parametrize(
    "said",
    [
        "Bitte klicken Sie auf den Link, um Ihre Kündigung zu bestätigen.",
        "Veuillez cliquer sur le lien ci-dessous pour confirmer votre résiliation.",
        "Haga clic en el enlace para confirmar su baja.",
        "Clicchi sul link qui sotto per confermare la disdetta.",
        "Klik op de link om uw opzegging te bevestigen.",
        "Klicka på länken för att bekräfta din uppsägning.",
        "Kliknij w link, aby potwierdzić rezygnację.",
    ],
)
def test_a_link_is_wanted_in_other_languages(client: Any, said: str) -> None:
    page = posted(client, f"{sent(client, 'form')}reply/", {"words": said})

    assert "wants you to confirm by their link" in page
    assert "Confirm by their link, today" in page


@pytest.mark.parametrize(
    "said",
    [
        "Please click the link below to confirm that you want to stay with us.",
        "We confirm that your plan ends on 13 February 2027. Click here to rate us.",
    ],
)
def test_another_link_is_none_to_confirm_by(client: Any, said: str) -> None:
    page = posted(client, f"{sent(client, 'form')}reply/", {"words": said})

    assert "confirm by their link" not in page


@pytest.mark.parametrize(
    ("said", "there"),
    [
        (
            "Our records show no cancellation request.",
            "You can cancel any time in Settings.",
        ),
        (
            "Uns liegt keine Kündigung vor.",
            "Sie können in Ihrem Kundenkonto jederzeit selbst kündigen.",
        ),
        (
            "No nos consta ninguna solicitud de baja.",
            "Puede cancelar desde su cuenta.",
        ),
    ],
)
def test_a_denial_keeps_where_it_can_be_done_at_once(
    client: Any, said: str, there: str
) -> None:
    both = {"words": f"{said} {there}"}
    page = posted(client, f"{sent(client, 'form')}reply/", both)

    assert "They say that no notice came" in page
    assert f"There as well They write: “{there}” Do it there as well today" in page
    assert "your notice stands, and so does its day" in page
