"""Answers by writers who had not seen the rules: nothing is closed that is not."""

import json
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.mail import opinions
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.opinion import Opinion
from rescind.core.model.message import Label, Reading

WRITERS = sorted((Path(__file__).parent / "answers").glob("*.jsonl"))
THREE_MORE = Path(__file__).with_name("three_writers.jsonl")
FOURTH = Path(__file__).with_name("fourth_writer.jsonl")
"""360 answers by ad, ae and af, ten in a language of each; they are measured only."""
BESIDE = Path(__file__).with_name("beside_an_end.jsonl")
"""60 answers: a last fee, a refusal by others, an account alone, running out, more."""
ORDINARY = sorted((Path(__file__).parent / "ordinary").glob("*.jsonl"))
pytestmark = pytest.mark.usefixtures("lines_not_counted")
CLOSING = {Label.CONFIRMED, Label.ALREADY_CANCELLED, Label.ACCOUNT_DELETED}
_READ_AS = {"effective_date": "effective_on", "refund": "refund"}
ENDED, PAID = {"confirmed", "already_cancelled"}, {"confirmed", "refund_granted"}
FIGURES = [
    ("abcdefklm", "effective_date", ENDED, 0.86, 0.03),
    ("abcdefklm", "refund", PAID, 0.81, 0.05),
    ("nopqrt", "effective_date", ENDED, 0.87, 0.05),
    ("nopqrt", "refund", PAID, 0.78, 0.06),
    ("sv", "effective_date", ENDED, 0.81, 0.07),
    ("sv", "refund", PAID, 0.75, 0.13),
]
"""Of each: how many at least are right, and how many at most are wrong."""
SAYS_SO_BESIDE = {"M-en-07"}
"""Money comes back for a contract that had ended, as it says; no label tells that."""
LANGUAGES = 12
EACH = 21
"""Answers of a writer in one language."""


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", WRITERS, ids=lambda path: path.stem)
def test_a_writer_has_every_language_and_known_labels(path: Path) -> None:
    rows = answers(path)

    assert len({row["id"] for row in rows}) == len(rows)
    counts = Counter(row["lang"] for row in rows)
    assert len(counts) == LANGUAGES
    assert set(counts.values()) == {EACH}
    assert {row["label"] for row in rows} <= set(Label)


@pytest.mark.parametrize(
    "path", [*WRITERS, THREE_MORE, FOURTH, BESIDE], ids=lambda path: path.stem
)
def test_no_answer_closes_a_case_that_is_not_closed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # without the extra, whose encoder reads some ten a second
    monkeypatch.setattr(opinions, "encoder", lambda: None)
    for row in answers(path):
        message = message_of_row(row, row["id"])
        reading = read(message, tongues(), judge=opinions.opinion)
        is_over = reading.label in CLOSING and not reading.needs_person
        if is_over and row["id"] not in SAYS_SO_BESIDE:
            assert {row["label"], *row["also"]} & CLOSING, row["id"]


def test_what_stands_beside_an_end_takes_none_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opinions, "encoder", lambda: None)
    counts: Counter[str] = Counter()
    for row in answers(BESIDE):
        reading = read(
            message_of_row(row, row["id"]),
            tongues(),
            judge=opinions.opinion,
            is_awaited=True,
        )
        counts[row["kind"]] += reading.label in {row["label"], *row["also"]}
        if row["kind"] == "account_only":
            # whoever keeps the contract is told of no end
            assert reading.needs_person or reading.label not in CLOSING, row["id"]
    least = {"last_fee": 10, "refused_by": 8, "runs_out": 10, "confirmed_plus": 10}
    assert all(counts[kind] >= most for kind, most in least.items())


@pytest.mark.parametrize("path", ORDINARY, ids=lambda path: path.stem)
def test_ordinary_mail_ends_and_pays_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opinions, "encoder", lambda: None)
    labels = CLOSING | {Label.REFUND_GRANTED, Label.REFUND_REFUSED, Label.REFUSED}
    for row in answers(path):
        message = message_of_row(row, row["id"])
        reading = read(message, tongues(), judge=opinions.opinion)
        assert reading.needs_person or reading.label not in labels, row["id"]


@cache
def read_as_labelled(path: Path) -> list[tuple[dict[str, Any], Reading]]:
    """Return a writer's answers that tell a day or a sum, as one reads who knows what
    each is."""
    return [
        (row, read_by_label(row))
        for row in answers(path)
        if row["label"] in ENDED | PAID and any(map(row.get, _READ_AS))
    ]


def read_by_label(row: dict[str, Any]) -> Reading:
    told = Opinion(
        points={Label(row["label"]): 99.0},
        sure_vote=0.0,
        unsure_vote=0.0,
        sure_from={Label(row["label"]): 0.0},
        stated_from=1.1,
        agreed_from=1.1,
    )
    message = message_of_row(row, row["id"])
    return read(message, tongues(), judge=lambda *_: told)


@pytest.mark.parametrize(("writers", "field", "labels", "right", "wrong"), FIGURES)
def test_days_and_sums_of_answers(
    writers: str, field: str, labels: set[str], right: float, wrong: float
) -> None:
    """Shares of what is told at all; nothing was written for those of s and v."""
    pairs = [
        (row[field], _told(row, getattr(reading, _READ_AS[field])))
        for path in WRITERS
        if path.stem in [*writers]
        for row, reading in read_as_labelled(path)
        if row.get(field) and row["label"] in labels
    ]
    same = [_is_same(told, found) for told, found in pairs if found is not None]

    assert sum(same) >= right * len(pairs)
    assert len(same) - sum(same) <= wrong * len(pairs)


def _told(row: dict[str, Any], found: Any) -> Any:
    """Return what is told; at once is the day of the answer, as the writers have it."""
    return row["date"] if found == "immediate" else found


def _is_same(told: str, found: Any) -> bool:
    if isinstance(found, str):
        return found == told
    number, currency = told.split()
    return (found.amount, found.currency) == (Decimal(number), currency)


NOTED = {
    "de": "Deine Kündigung ist vorgemerkt. Damit sie wirksam wird, ruf uns an.",
    "de, turned": "Ihre Kündigung wurde vorgemerkt. Bitte rufen Sie uns an, "
    "damit sie wirksam wird.",
    "en": "Your subscription has been cancelled. To make it effective, call us.",
    "es": "Su suscripción ha sido cancelada. Para que surta efecto, llámenos.",
    "fr": "Votre abonnement est résilié. Pour finaliser, veuillez nous appeler.",
    "it": "Il suo abbonamento è stato disdetto. Affinché sia efficace, ci chiami.",
    "nl": "Uw abonnement is opgezegd. Om dat definitief te maken, belt u ons.",
    "pt": "A sua subscrição foi cancelada. Para que produza efeito, ligue-nos.",
    "sv": "Ditt abonnemang är uppsagt. För att det ska gälla, ring oss.",
}


@pytest.mark.parametrize("language", NOTED)
def test_an_end_that_counts_only_after_a_call_is_none(language: str) -> None:
    row = {"date": "2026-11-20", "from": "a@b.example", "subject": "Re: your letter"}

    reading = read(message_of_row(row | {"body": NOTED[language]}, "1"), tongues())

    assert reading.label is Label.REDIRECTED


@pytest.mark.parametrize(
    "words",
    [
        "Ihre Kündigung zum 31.12.2026 wurde vorgemerkt.",
        "Ihr Abo wurde gekündigt. Um das abzuschließen, haben wir alles geprüft.",
        "Your subscription has been cancelled. If you want to come back, call us.",
    ],
)
def test_an_end_beside_a_call_that_nobody_needs_stays_an_end(words: str) -> None:
    row = {"date": "2026-11-20", "from": "a@b.example", "subject": "Re: your letter"}

    reading = read(message_of_row(row | {"body": words}, "1"), tongues())

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person


RECEIVED = {
    "de": "Guten Tag, vielen Dank für Ihre Nachricht. Wir haben sie erhalten.",
    "en": "Thank you for your message. We have received it.",
    "es": "Gracias por su mensaje. Lo hemos recibido.",
    "fr": "Merci pour votre message. Nous l'avons bien reçu.",
    "it": "Grazie per il suo messaggio. Lo abbiamo ricevuto.",
    "nl": "Bedankt voor uw bericht. Wij hebben het ontvangen.",
    "pt": "Obrigado pela sua mensagem. Recebemos a sua mensagem.",
    "sv": "Tack för ditt meddelande. Vi har tagit emot ditt meddelande.",
}
OUR_KINDS = (
    "cancel",
    "dispute",
    "erase",
    "refund",
    "reply",
    "second-notice",
    "withdraw",
)


def read_as(subject: str, body: str, ours: str = "") -> Reading:
    row = {"date": "2026-11-20", "from": "a@b.example", "subject": subject}
    message = message_of_row(row | {"body": body}, "1")
    return read(message, tongues(), ours=ours, judge=opinions.opinion)


def our_subject(kind: str, language: str) -> str:
    texts = read_yaml(SHIPPED / "letters" / kind / f"{language}.yaml")
    words = str(texts["subject"])
    return words.replace("{plan}", "Coursera Plus").replace("{merchant}", "Coursera")


@pytest.mark.parametrize("language", RECEIVED)
@pytest.mark.parametrize("kind", OUR_KINDS)
def test_our_own_subject_says_nothing_of_their_answer(kind: str, language: str) -> None:
    subject, body = our_subject(kind, language), RECEIVED[language]

    plain = read_as("", body)
    answered = read_as(f"Re: {subject}", body, ours=subject)
    numbered = read_as(f"[#48113] {subject}", body, ours=subject)

    assert plain.label is Label.ACKNOWLEDGED
    assert answered.label is Label.ACKNOWLEDGED
    assert numbered.label is Label.ACKNOWLEDGED


@pytest.mark.parametrize("kind", ["refund", "withdraw"])
def test_a_receipt_without_our_words_at_hand_is_a_receipt(kind: str) -> None:
    reading = read_as(f"Re: {our_subject(kind, 'en')}", RECEIVED["en"])

    assert reading.label is Label.ACKNOWLEDGED


CONFIRMED_PLAINLY = {
    "de": "Hiermit bestätigen wir die Kündigung zum 22.12.2026.",
    "en": "We hereby confirm the cancellation as of 22 December 2026.",
    "es": "Confirmamos la baja con efecto el 22 de diciembre de 2026.",
    "fr": "Nous confirmons la résiliation au 22 décembre 2026.",
    "it": "Confermiamo la disdetta con effetto dal 22 dicembre 2026.",
    "nl": "Hierbij bevestigen wij de opzegging per 22 december 2026.",
    "pt": "Confirmamos o cancelamento em 22 de dezembro de 2026.",
    "sv": "Vi bekräftar uppsägningen per den 22 december 2026.",
}


@pytest.mark.parametrize("language", CONFIRMED_PLAINLY)
@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "{}\n\nKundennummer: 4711\nIhr Team",
    ],
)
def test_who_confirms_an_end_says_it_to_the_reader(language: str, frame: str) -> None:
    reading = read_as("", frame.format(CONFIRMED_PLAINLY[language]))

    assert reading.label is Label.CONFIRMED
    assert not reading.needs_person
    assert reading.effective_on == "2026-12-22"


def test_a_declared_end_stands_beside_words_that_sound_otherwise() -> None:
    end = CONFIRMED_PLAINLY["de"]
    words = f"Vielen Dank für Ihr Schreiben. {end} Bis dahin bleibt der Zugang offen."

    assert not read_as("", words).needs_person


@pytest.mark.parametrize(
    "words",
    [
        "Hiermit bestätigen wir den Eingang der Kündigung.",
        "Hiermit bestätigen wir die Kündigung, sobald die Nummer vorliegt.",
        "Wir bestätigen die Kündigung zum 31.12.2026, wenn die Rechnung bezahlt ist.",
        "Nous confirmons la résiliation, dès que le matériel sera retourné.",
        "We hereby confirm receipt of the cancellation.",
        "We confirm the cancellation once you have called us.",
        "Confirmamos la recepción de la baja.",
        "Nous confirmons la réception de la résiliation.",
        "Hierbij bevestigen wij de ontvangst van de opzegging.",
    ],
)
def test_who_confirms_something_else_ends_nothing(words: str) -> None:
    reading = read_as("", words)

    assert reading.needs_person or reading.label not in CLOSING


def test_an_offer_of_help_behind_an_end_is_no_condition() -> None:
    words = "We confirm the cancellation of your plan, if you have questions, write."

    assert not read_as("", words).needs_person
