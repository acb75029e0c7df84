"""What they name is not asked for again: a reminder, a period, their terms."""

from typing import Any

import pytest

from tests.web.test_asked_details import letter_in
from tests.web.test_desk_pages import ANNA, told, words
from tests.web.test_no_notice_came import GYM

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

NORDIC = {
    "kind": "gym",
    "sold_by": "premises",
    "channel": "web",
    "country": "SE",
    "purchased_at": "2025-10-01",
    "term": "P12M",
    "renewal_term": "P12M",
    "notice": "P1M",
    "period": "P1M",
    "price": "399",
    "paid_at": "2026-11-27",
    "happened": "renewed",
    "renewal_notice_given": "false",
}
REMINDED = (
    "Hej! Du har bindningstid till och med den 30 september 2027. En påminnelse "
    "skickades till dig via e-post den 25 augusti. Vi kan därför inte avsluta ditt "
    "avtal i förtid."
)
UNPAID = (
    "Hallo Anna, auf deinem Mitgliedskonto ist noch ein Betrag in Höhe von 79,80 € "
    "offen (Beiträge September und Oktober). Bitte überweise den offenen Betrag bis "
    "zum 10.12.2026. Vorher können wir deine Kündigung nicht bearbeiten."
)
SOFTWARE = {
    "kind": "software",
    "sold_by": "online",
    "channel": "web",
    "country": "DE",
    "purchased_at": "10.6.2026",
    "term": "P12M",
    "period": "P1M",
    "price": "66,45",
    "paid_at": "10.11.2026",
}
FEE = (
    "Für die vorzeitige Kündigung fällt eine Stornogebühr in Höhe von 199,35 € an. "
    "Bitte bestätige uns, dass du mit der Gebühr einverstanden bist."
)
INSISTS = (
    "Die Gebühr in Höhe von 199,35 € ist in unseren Abonnementbedingungen vereinbart "
    "und bleibt bestehen. Eine Kündigung ohne Gebühr ist leider nicht möglich."
)


def answered(client: Any, name: str, facts: dict[str, str], text: str) -> str:
    """Return the address of a case whose letter was answered."""
    case, _ = told(client, name, facts)
    client.post(f"{case}letters/", ANNA | {"act": "form:cancel"})
    client.post(f"{case}reply/", {"words": text})
    return case


def reply_in(client: Any, case: str) -> str:
    return letter_in(client.get(f"{case}letters/?letter=reply").content.decode())


def test_a_reminder_that_came_too_late_is_disputed(client: Any) -> None:
    case = answered(client, "Nordic Wellness", NORDIC, REMINDED)
    page, letter = words(client.get(case)), reply_in(client, case)

    assert "They say that a reminder was sent." in page
    assert "By law it had to come by 31 July 2026" in page
    assert "en påminnelse om förlängningen har skickats till mig" in letter
    assert "senast den 31 juli 2026" in letter
    assert "den tidigaste dag då avtalet" not in letter
    assert "ange det villkor" not in letter


def test_money_that_says_its_months_is_not_asked_for_them(client: Any) -> None:
    case = answered(client, "Vitalis Fitness", GYM, UNPAID)
    page, letter = words(client.get(case)), reply_in(client, case)

    assert "They make the end wait for something else" in page
    assert "für welchen Zeitraum" not in letter
    assert "Sie fordern eine Zahlung und nennen, wofür." in letter
    assert "Eine Kündigung wirkt unabhängig davon, ob noch etwas offen ist" in letter


def test_a_fee_that_is_insisted_on_is_answered_anew(client: Any) -> None:
    case = answered(client, "Bildwerk", SOFTWARE, FEE)
    first, before = reply_in(client, case), words(client.get(case))
    client.post(f"{case}letters/", ANNA | {"letter": "reply", "act": "form:reply"})
    client.post(f"{case}reply/", {"words": INSISTS})

    page, second = words(client.get(case)), reply_in(client, case)

    assert "199,35" in first
    # it was cancelled to the end of its year: no fee for leaving early is owed
    assert "endet jedoch regulär mit dem Ablauf" in first
    assert "verweisen auf Ihre Bedingungen" in second
    assert "für ein vorzeitiges Ende vorsehen, trifft nicht zu" in second
    assert "auf welche Klausel" not in second
    assert "They want €199.35" in page
    assert "Prepare the answer Complain" in page
    assert "Prepare the answer Complain" not in before
    assert "Für eine vorzeitige Beendigung verlangen Sie" not in second
