"""What an answer names: a reminder, its terms, a term, months, a payment first."""

from datetime import date

import pytest

from rescind.adapters.data.named import by_when, named
from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.named import NamedThing, find_named, wanted_by
from rescind.core.follow.reading.figures import figures_in

REMINDER, CLAUSE, TERM = NamedThing.REMINDER, NamedThing.CLAUSE, NamedThing.TERM
PERIOD, UNPAID = NamedThing.PERIOD, NamedThing.UNPAID
CASES = {
    "We sent you a reminder on 2 August.": {REMINDER},
    "A renewal notice was emailed to you in August.": {REMINDER},
    "Ein Hinweis auf die Verlängerung wurde Ihnen am 2. August gesandt.": {REMINDER},
    "Un avis d'échéance vous a été envoyé le 2 août.": {REMINDER},
    "Le enviamos un aviso de renovación el 2 de agosto.": {REMINDER},
    "Le abbiamo inviato un avviso il 2 agosto.": {REMINDER},
    "Wij hebben u op 2 augustus een herinnering gestuurd.": {REMINDER},
    "Enviamos um aviso no dia 2 de agosto.": {REMINDER},
    "En påminnelse skickades till dig den 2 augusti.": {REMINDER},
    "Under section 7 of the contract you are bound.": {CLAUSE},
    "Das steht in § 5 unserer AGB.": {CLAUSE},
    "Laut unseren Nutzungsbedingungen ist das so.": {CLAUSE},
    "Selon nos conditions générales, ce n'est pas possible.": {CLAUSE},
    "Según las condiciones generales no es posible.": {CLAUSE},
    "Enligt våra avtalsvillkor går det inte.": {CLAUSE},
    "Ihre Mindestlaufzeit endet erst im Mai.": {TERM},
    "Du har bindningstid till september.": {TERM},
    "Votre période d'engagement court encore.": {TERM},
    "Your minimum term runs until May.": {TERM},
    "Bitte zahlen Sie 79,80 € für September und Oktober.": {PERIOD},
    "You owe $40.00 for September.": {PERIOD},
    "Vous devez 30,00 € pour octobre.": {PERIOD},
    "Adeuda 30,00 € de septiembre.": {PERIOD},
    "Bitte zahlen Sie 79,80 € bis zum 10. Dezember.": set(),
    "Please pay $40.00 by December 10.": set(),
    "You may pay $40.00 at any time.": set(),
    "Ihr Vertrag endet im Oktober.": set(),
    "Vorher können wir deine Kündigung nicht bearbeiten.": {UNPAID},
    "We cannot cancel your plan until the balance is paid.": {UNPAID},
    "Hasta entonces no podemos tramitar su baja.": {UNPAID},
    "Ihre Kündigung ist eingegangen.": set(),
    "Your cancellation was received.": set(),
}


@pytest.mark.parametrize("words", CASES)
def test_what_is_named_is_found(words: str) -> None:
    assert set(find_named(words, named())) == CASES[words]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Bitte senden Sie uns alles bis zum 15.12.2026.", date(2026, 12, 15)),
        ("Please send it by 15 December 2026.", date(2026, 12, 15)),
        ("Der Vertrag läuft seit dem 15.12.2026.", None),
        ("Bitte senden Sie uns alles bis zum 15.12.2025.", None),
        ("Bitte senden Sie uns alles.", None),
    ],
)
def test_the_day_by_which_something_is_wanted(words: str, day: date | None) -> None:
    spoken = [each.days for each in figures_in(words, figures())]

    assert wanted_by(words, by_when(), spoken, date(2026, 11, 30)) == day
