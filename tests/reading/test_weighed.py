"""What rules and reader say together, where they do not say the same."""

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.opinion import Opinion
from rescind.core.model.message import Label, Reading


def heard_as(words: str, **points: float) -> Reading:
    """Return an answer as read beside a reader that hears these labels."""
    opinion = Opinion(
        points={Label(label): each for label, each in points.items()},
        sure_vote=0.0,
        unsure_vote=0.0,
        sure_from=dict.fromkeys(Label, 0.8),
        stated_from=0.7,
        agreed_from=0.5,
    )
    row = {"id": "1", "date": "2026-05-12", "from": "care@shop.example", "body": words}
    message = message_of_row(row, "1")
    return read(message, tongues(), judge=lambda *_: opinion, is_awaited=True)


DECLARED = (
    "Hello Ada, thank you for your message of last week and for the years that you "
    "have spent with us. We confirm that your membership has been cancelled."
)
BOUND = "Hello Ada, we cannot cancel your membership while an amount is open on it."


def test_a_refusal_of_which_the_reader_is_certain_outweighs_an_end() -> None:
    assert heard_as(DECLARED, confirmed=9.0).label is Label.CONFIRMED
    assert heard_as(DECLARED, refused=99.0).label is Label.REFUSED


def test_what_is_refused_without_a_word_of_money_is_no_money_refused() -> None:
    assert heard_as(BOUND, refund_refused=99.0).label is Label.REFUSED


def test_thanks_for_a_sum_give_none_back() -> None:
    thanks = "Hello Ada, thank you for the 10 EUR that reached our desk yesterday."
    back = "Hello Ada, you get the 10 EUR back within the next five working days."

    assert heard_as(thanks, refund_granted=2.5, other=0.0).needs_person
    assert not heard_as(back, refund_granted=99.0).needs_person


def test_an_end_that_sounds_like_a_receipt_is_for_a_person() -> None:
    end = (
        "Guten Tag Ada, vielen Dank für Ihr Schreiben von letzter Woche und für Ihre "
        "Treue in den letzten Jahren. Ihr Vertrag endet am 31. Mai 2026."
    )

    assert heard_as(end, acknowledged=1.0, other=0.5, confirmed=-1.0).needs_person
    assert not heard_as(end, confirmed=2.0).needs_person


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Dit medlemskab løber derfor ud den 31. maj 2026.", "2026-05-31"),
        ("Abonnementet ditt løper dermed ut 31. mai 2026.", "2026-05-31"),
        (
            "Wir bestätigen Ihnen die Wirksamkeit Ihrer Kündigung zum 31.05.2026.",
            "2026-05-31",
        ),
        ("Wir haben Ihren Vertrag zu diesem Termin beendet: 31.05.2026.", "2026-05-31"),
    ],
)
def test_an_end_is_one_by_how_it_is_said(words: str, day: str) -> None:
    row = {"id": "1", "date": "2026-05-12", "from": "care@shop.example", "body": words}
    reading = read(message_of_row(row, "1"), tongues(), is_awaited=True)

    assert reading.label is Label.CONFIRMED
    assert reading.effective_on == day


@pytest.mark.parametrize(
    "words",
    [
        "Vi kan desværre ikke imødekomme din opsigelse af abonnementet.",
        "Vi kan dessverre ikke imøtekomme oppsigelsen av abonnementet ditt.",
    ],
)
def test_what_is_not_met_has_not_ended(words: str) -> None:
    reading = heard_as(words, confirmed=2.0, refused=1.5)

    assert reading.needs_person or reading.label is not Label.CONFIRMED


def test_a_last_bill_and_a_refusal_tell_the_day_of_the_end() -> None:
    bill = "Letzte Rechnung: 20,00 EUR. Ihr Vertrag wurde zum 31.05.2026 beendet."
    later = (
        "Eine fristlose Kündigung ist nicht möglich. "
        "Wir bestätigen die Kündigung Ihres Vertrags zum 31.05.2026."
    )

    assert heard_as(bill, invoice=99.0).effective_on == "2026-05-31"
    assert heard_as(later, refused=99.0).effective_on == "2026-05-31"


def test_an_account_that_is_gone_refuses_no_contract_that_there_may_be() -> None:
    words = (
        "Hey Ada, wie gewünscht haben wir dein Konto gelöscht. Falls du Plus über "
        "einen App-Shop bezahlst, läuft das Abo dort weiter."
    )

    reading = heard_as(words, account_deleted=99.0)

    assert reading.label is Label.ACCOUNT_DELETED
    assert reading.needs_person


@pytest.mark.parametrize(
    "words",
    [
        (
            "Ihr Vertrag endet zum 31.05.2026. Bitte schicken Sie den Router "
            "spätestens 14 Tage danach zurück, sonst berechnen wir 89,90 EUR."
        ),
        (
            "Su contrato quedó resuelto el 31/05/2026. Dispone de 30 días para "
            "devolver el router; en otro caso se cobrarán 60 EUR."
        ),
        (
            "Your contract ends on 31 May 2026. Please return the hub within 14 days, "
            "or we charge 60 GBP."
        ),
    ],
)
def test_what_was_lent_is_asked_back_beside_an_end(words: str) -> None:
    reading = heard_as(words, confirmed=99.0)

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person


def test_the_sign_of_a_number_denies_nothing() -> None:
    row = {"id": "1", "from": "a@b.example", "subject": "Confirmación de baja nº 44120"}
    words = "Le comunicamos que su servicio ha sido dado de baja con fecha 12/05/2026."

    reading = read(message_of_row(row | {"body": words}, "1"), tongues())

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person


@pytest.mark.parametrize(
    "words",
    [
        "Niestety nie możemy zwrócić 59 zł, ponieważ okres już się rozpoczął.",
        "Valitettavasti emme voi palauttaa 59 euroa, koska kausi on jo alkanut.",
    ],
)
def test_money_that_cannot_be_returned_is_refused(words: str) -> None:
    assert heard_as(words, invoice=99.0).label is Label.REFUND_REFUSED


def test_who_is_meant_need_not_be_said_where_an_answer_is_waited_for() -> None:
    words = "Purtroppo non è prevista la restituzione dei 59 €, a periodo iniziato."

    assert not heard_as(words, refund_refused=99.0).needs_person
