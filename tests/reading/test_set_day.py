"""The day that a company sets is found by what asks for something, and by when."""

from datetime import date

import pytest

from rescind.adapters.data.named import setting_words
from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.reading.figures import figures_in
from rescind.core.follow.set_day import day_set

CAME_ON = date(2026, 11, 30)
TENTH, FIFTEENTH = date(2026, 12, 10), date(2026, 12, 15)
CASES = {
    "Bitte senden Sie uns bis zum 15.12.2026 Ihre Mitgliedsnummer, sonst können wir "
    "die Kündigung nicht bearbeiten.": FIFTEENTH,
    "Bitte überweisen Sie den Betrag bis zum 15.12.2026.": FIFTEENTH,
    "Bitte antworten Sie innerhalb von 10 Tagen.": TENTH,
    "Bitte antworten Sie binnen zwei Wochen.": date(2026, 12, 14),
    "Please pay by 10 December.": TENTH,
    "Please pay $12.99 by December 10, 2026, otherwise your plan goes on.": TENTH,
    "Please click the link below within 24 hours to confirm your cancellation, "
    "otherwise your subscription will continue.": date(2026, 12, 1),
    "You must reply within 10 business days.": TENTH,
    "Please confirm within two hours.": CAME_ON,
    "Veuillez nous envoyer la facture avant le 15 décembre 2026.": FIFTEENTH,
    "Veuillez confirmer sous 48 heures.": date(2026, 12, 2),
    "Por favor, envíenos el documento antes del 15 de diciembre de 2026.": FIFTEENTH,
    "La preghiamo di pagare entro il 15 dicembre 2026.": FIFTEENTH,
    "Si prega di rispondere entro 10 giorni.": TENTH,
    "Gelieve vóór 15 december 2026 te betalen.": FIFTEENTH,
    "Vänligen betala senast den 15 december 2026.": FIFTEENTH,
    "Vänligen svara inom 10 dagar.": TENTH,
    "Betal venligst senest den 15. december 2026.": FIFTEENTH,
    "Prosimy o zapłatę do 15 grudnia 2026.": FIFTEENTH,
    "Por favor, pague até 15 de dezembro de 2026.": FIFTEENTH,
    "Pyydämme vastaamaan 10 päivän kuluessa.": TENTH,
    "Please answer by 15 December 2026. Please pay by 10 December 2026.": TENTH,
    # nothing is asked for, or nothing but to know it
    "Please note that you can use it until 15 December 2026.": None,
    "Bitte beachten Sie, dass der Vertrag bis zum 15.12.2026 läuft.": None,
    "Please allow up to 10 business days for the refund.": None,
    "Your refund will arrive within 10 days.": None,
    "Sie können bis zum 15.12.2026 trainieren.": None,
    "Please pay by 10 December 2025.": None,
    "Please pay the ten days that are open.": None,
    "Please answer.": None,
    "Please use the form of 15 December 2026.": None,
    "Please pay all days.": None,
}


@pytest.mark.parametrize("words", CASES)
def test_the_day_that_an_answer_sets(words: str) -> None:
    spoken = [each.days for each in figures_in(words, figures())]

    assert day_set(words, setting_words(), spoken, CAME_ON) == CASES[words]
