"""The day on which an answer ends something, and the sum that it gives back."""

from datetime import date

import pytest

from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.effect import effective_on
from rescind.core.follow.reading.figures import figures_in
from rescind.core.follow.reading.phrases import fold
from rescind.core.follow.reading.sums import money_back

WORDS = {each.code: each for each in figures()}
TUESDAY = date(2026, 2, 10)


def days_in(text: str, code: str = "en", *, is_past: bool = False) -> list[str]:
    """Return the days in an answer that came on a Tuesday in February."""
    words = WORDS[code].days
    days = find_days(fold(text), words, TUESDAY, is_past=is_past)
    return [day.on.isoformat() for day in days]


def ending(text: str, code: str = "en", came_on: date | None = TUESDAY) -> str | None:
    """Return when an end takes effect by one sentence."""
    return effective_on([text], [], [WORDS[code].days], came_on, is_past=False)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("It ends on 2026-12-31.", ["2026-12-31"]),
        ("It ends on December 31st, 2026", ["2026-12-31"]),
        ("on the 3rd of Jan. 2027", ["2027-01-03"]),
        ("from 31.12.2026 to 5.1.27", ["2026-12-31", "2027-01-05"]),
        ("on 31/12/2026 or 12/31/2026", ["2026-12-31"] * 2),
        ("on 07/07/2026", ["2026-07-07"]),
        ("on 03/04/2026", []),  # the third of April, or the fourth of March
        ("on 2026-02-30, 30 February 2026, 31.11.2026 or 41/51/2026", []),
        ("version 1.2.3 at 10.12", []),
    ],
)
def test_days_are_read_where_they_are_certain(text: str, days: list[str]) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Vertragsende: 20.XII.26", ["2026-12-20"]),
        ("z dniem 03.IX.2027 r.", ["2027-09-03"]),
        ("z dniem 3 IX 2027 r.", ["2027-09-03"]),
        ("2026. XII. 20. napján", ["2026-12-20"]),
        ("31.II.2027, 5.IIV.2027, art. 5 v 12, § 3.ii.4.1", []),
    ],
)
def test_a_month_may_stand_in_roman_figures(text: str, days: list[str]) -> None:
    assert days_in(text, "pl") == days


def test_where_the_day_comes_first_figures_are_no_riddle() -> None:
    assert days_in("le 03/04/2026", "fr") == ["2026-04-03"]
    assert days_in("zum 28.2.", "de") == ["2026-02-28"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 31 March", "2026-03-31"),
        ("on 20 January", "2026-01-20"),  # of the last month
        ("on 5 January", "2027-01-05"),
        ("last November 30", "2025-11-30"),
        ("coming January 20", "2027-01-20"),
        ("by the end of February", "2026-02-28"),
    ],
)
def test_a_day_without_a_year_is_the_next_one(text: str, day: str) -> None:
    assert days_in(text) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 5 January", "2026-01-05"),
        ("on 30 November", "2025-11-30"),
        ("on October 31 last year", "2025-10-31"),
    ],
)
def test_of_what_was_over_before_it_is_the_last_one(text: str, day: str) -> None:
    assert days_in(text, is_past=True) == [day]


@pytest.mark.parametrize(
    ("code", "text", "day"),
    [
        ("en", "closes at the end of this month", "2026-02-28"),
        ("de", "endet zum Ende des kommenden Monats", "2026-03-31"),
        ("fr", "se termine à la fin de l'année", "2026-12-31"),
        ("da", "ophører med udgangen af indeværende kvartal", "2026-03-31"),
        ("es", "termina el día 15 de este mes", "2026-02-15"),
        ("sv", "avslutas den 3:e nästa månad", "2026-03-03"),
        ("pt", "será desligado no próximo dia 27", "2026-02-27"),
        ("it", "cessa il prossimo 3", "2026-03-03"),
        ("fi", "päättyy tänään", "2026-02-10"),
        ("nl", "stopt morgen om middernacht", "2026-02-11"),
        ("pl", "wygasa za dwa tygodnie, licząc od dzisiaj", "2026-02-24"),
        ("nb", "avsluttes om 10 dager", "2026-02-20"),
        ("en", "your line goes off three weeks from today", "2026-03-03"),
        ("sv", "upphör tre månader från dagens datum", "2026-05-10"),
        ("it", "l'accesso vale fino a venerdì", "2026-02-13"),
        ("de", "Schluss ist am Dienstag", "2026-02-17"),
        ("fr", "votre accès s'arrêtera vendredi de la semaine prochaine", "2026-02-20"),
        ("nb", "er avsluttet med virkning fredag om tre uker", "2026-03-06"),
        ("da", "Pladsen er jeres indtil sidste fredag i denne måned", "2026-02-27"),
        ("fi", "Tilauksesi päättyy ensi kuun lopussa", "2026-03-31"),
    ],
)
def test_days_are_counted_from_the_answer(code: str, text: str, day: str) -> None:
    assert ending(text, code) == day


def test_what_was_over_before_names_no_coming_weekday() -> None:
    assert days_in("on Friday", is_past=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "Your refund of 10 EUR arrives on 20 March.",
        "Thank you for your letter of 3 February.",
        "On 20 March there will be music, and on 21 March a play.",
    ],
)
def test_days_of_something_else_are_no_end(text: str) -> None:
    assert ending(text) is None


def test_of_two_days_the_one_of_the_end_counts() -> None:
    sentence = "The last payment is taken on 1 March, and your access ends on 31 March."

    assert ending(sentence) == "2026-03-31"


def test_nothing_more_to_pay_is_an_end_as_well() -> None:
    assert ending("Ab heute wird nichts mehr abgebucht.", "de") == "2026-02-10"


def test_an_end_may_be_at_once_or_not_said() -> None:
    assert ending("It is over with immediate effect.") == "immediate"
    assert ending("Es endet zum Laufzeitende.", "de") == "period_end"
    assert ending("It is over.") is None


def test_without_the_day_of_the_answer_only_whole_days_are_read() -> None:
    assert ending("It ends on 31 March 2026.", came_on=None) == "2026-03-31"
    assert ending("It ends on 31 March.", came_on=None) is None
    assert ending("It ended today.", came_on=None) == "immediate"


def test_the_sentence_that_ends_it_says_when() -> None:
    end = "Your plan stops on 1 April."
    other = "The offer is valid on 9 April."
    words = [WORDS["en"].days]

    assert effective_on([end, other], [end], words, TUESDAY, is_past=False) == (
        "2026-04-01"
    )


@pytest.mark.parametrize(
    ("code", "text", "money"),
    [
        ("en", "We return 12.50 EUR; the fee of 20 EUR stays.", "12.50 EUR"),
        (
            "de",
            "59,90 € können wir nicht gutschreiben, 9,99 € erstatten wir.",
            "9.99 EUR",
        ),
        ("da", "De 495 kr. er ført tilbage til dit kort.", "495 DKK"),
        ("nb", "Du får tilbake kr 1 120 på konto.", "1120 NOK"),
        ("sv", "900 kronor betalas tillbaka.", "900 SEK"),
        ("pl", "Dwa razy po 119 zł, czyli 238 zł, zwracamy.", "238 PLN"),
        ("fr", "On vous recrédite 22 $.", "22 CAD"),
        ("es", "Te devolvemos $320.", "None"),  # of which country, nobody says
        ("pt", "Segue o estorno de R$ 39,95.", "39.95 BRL"),
    ],
)
def test_the_sum_that_comes_back(code: str, text: str, money: str) -> None:
    back = money_back([text], [], [WORDS[code].sums], is_granted=True)

    assert str(back) == money


def test_the_only_sum_of_an_answer_that_grants_money_is_that() -> None:
    sentences = ["Your claim is accepted.", "Amount: 31.20 EUR"]
    words = [WORDS["en"].sums]

    assert str(money_back(sentences, [], words, is_granted=True)) == "31.20 EUR"
    assert money_back(sentences, [], words, is_granted=False) is None


def test_a_question_gives_nothing_back() -> None:
    words = [WORDS["en"].sums]

    assert money_back(["Refund 10 EUR?"], [], words, is_granted=False) is None


def test_the_language_of_figures_is_told_by_common_words() -> None:
    danish = "Hej, vi har lukket din aftale, og der bliver ikke trukket mere af dig."

    assert figures_in(danish, figures())[0].code == "da"
    assert len(figures_in("2026", figures())) == len(figures())


def test_a_name_beside_a_day_says_nothing_more() -> None:
    assert days_in("runs until Thursday 26 February") == ["2026-02-26"]


def test_a_dollar_with_a_code_is_of_its_country() -> None:
    words = [WORDS["es"].sums]
    back = money_back(["Te devolvemos $149.00 MXN."], [], words, is_granted=True)

    assert str(back) == "149.00 MXN"


def test_what_was_over_before_did_not_end_on_the_day_of_the_answer() -> None:
    words = [WORDS["en"].days]
    sentence = "Today there is nothing to cancel."

    assert effective_on([sentence], [], words, TUESDAY, is_past=True) is None
