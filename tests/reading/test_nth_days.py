"""Days that are told by their place in a month: its last Friday, the third of it."""

from datetime import date

import pytest

from rescind.adapters.data.phrasebooks import figures
from rescind.core.follow.reading.days import find_days
from rescind.core.follow.reading.phrases import fold

WORDS = {each.code: each.days for each in figures()}


@pytest.mark.parametrize(
    ("language", "words", "came_on", "day"),
    [
        ("en", "switched off on the last Friday in April", "2026-03-09", "2026-04-24"),
        ("fr", "ne ferme que le premier mardi d'août", "2026-07-08", "2026-08-04"),
        (
            "sv",
            "till och med den sista fredagen i februari",
            "2026-02-09",
            "2026-02-27",
        ),
        ("nb", "siste fredag i august", "2025-08-14", "2025-08-29"),
        ("da", "sidste fredag i maj 2027", "2026-04-01", "2027-05-28"),
        ("pl", "do ostatniego piątku maja", "2025-05-15", "2025-05-30"),
        ("fi", "toukokuun viimeiseen perjantaihin", "2026-05-07", "2026-05-29"),
        ("pt", "até à última sexta-feira de maio", "2026-05-14", "2026-05-29"),
        ("es", "hasta el segundo lunes de junio", "2026-05-14", "2026-06-08"),
        ("it", "fino all'ultimo venerdì di maggio", "2026-04-01", "2026-05-29"),
        ("nl", "tot de laatste vrijdag van mei", "2026-04-01", "2026-05-29"),
        ("de", "am ersten Montag im Juni", "2026-05-22", "2026-06-01"),
        ("en", "on the first Monday of next month", "2026-05-22", "2026-06-01"),
        ("de", "mit dem Dritten des nächsten Monats", "2026-09-14", "2026-10-03"),
        (
            "nl",
            "met ingang van de derde van de volgende maand",
            "2027-03-08",
            "2027-04-03",
        ),
        ("da", "den tredje i næste måned", "2025-04-22", "2025-05-03"),
        ("es", "a partir del 1° del mes que viene", "2027-04-19", "2027-05-01"),
        ("it", "il 1° del mese prossimo", "2026-11-17", "2026-12-01"),
        ("en", "on the last of next month", "2026-01-17", "2026-02-28"),
        ("sv", "upphör vid kvartalets slut", "2026-07-01", "2026-09-30"),
        ("pl", "z upływem przyszłego miesiąca", "2026-08-27", "2026-09-30"),
        # a month without a fifth Friday, and one after another that is not told
        ("en", "on the fifth Friday of February 2027", "2026-11-01", None),
        ("nl", "tot het einde van de maand ná de opzegging", "2025-08-14", None),
    ],
)
def test_a_day_is_told_by_its_place_in_a_month(
    language: str, words: str, came_on: str, day: str | None
) -> None:
    told = find_days(fold(words), WORDS[language], date.fromisoformat(came_on))

    assert [str(each.on) for each in told] == ([day] if day else [])
