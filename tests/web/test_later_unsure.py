"""An end that an answer seems to name, and that is later than it should be."""

from typing import Any

import pytest

from tests.web.test_desk_pages import ANNA, told, words

pytestmark = pytest.mark.usefixtures("ready_desk")

HORTENSIA = {
    "kind": "newspaper",
    "sold_by": "online",
    "channel": "web",
    "country": "NL",
    "purchased_at": "1-3-2025",
    "price": "96",
    "period": "P12M",
    "term": "P12M",
    "notice": "P1M",
    "renewal_term": "P12M",
    "paid_at": "1 maart 2026",
}
LATER = (
    "Hierbij bevestigen wij de ontvangst van uw opzegging. Uw abonnement op De "
    "Hortensia is opgezegd per 29 februari 2028. Tot die tijd ontvangt u het blad "
    "gewoon in de bus; de volgende jaarfactuur van € 96,00 ontvangt u in maart 2027."
)


def answered(client: Any, text: str) -> tuple[str, str]:
    """Return the case whose notice was answered so, and its page as it was sent."""
    address, _ = told(client, "De Hortensia", HORTENSIA)
    typed = ANNA | {"act": "email:cancel", "cancel.to": "lezers@hortensia.example"}
    client.post(f"{address}letters/", typed)
    response = client.post(f"{address}reply/", {"words": text}, follow=True)
    page: str = response.content.decode()
    return address, page


def test_a_later_day_that_is_not_sure_says_so_and_what_it_costs(client: Any) -> None:
    _, page = answered(client, LATER)

    assert "seems to confirm Tuesday 29 February 2028: later than it should" in page
    assert "about €96 more for the time until then" in page
    assert 'main" href' in page.split("Ask for Sunday 28 February 2027")[0][-200:]
    assert '<button type="submit" class="quiet">Yes, it ends on' in page


def test_the_letter_names_their_day_and_the_law_of_the_first_letter(
    client: Any,
) -> None:
    address, _ = answered(client, LATER)

    letter = words(client.get(f"{address}letters/", {"letter": "reply"}))

    assert "U noemt 29 februari 2028 als einddatum" in letter
    assert "artikel 6:236 onder p BW" in letter


def test_an_earlier_day_that_is_not_sure_says_so(client: Any) -> None:
    _, page = answered(client, LATER.replace("29 februari 2028", "31 december 2026"))

    assert "seems to confirm Thursday 31 December: earlier than you asked" in page
    assert '<button type="submit" class="quiet">Yes, it ends on' in page


def test_yes_to_a_later_day_sets_it_beside_the_right_one(client: Any) -> None:
    address, page = answered(client, LATER)
    form = page.split("Yes, it ends on")[0].rsplit("<form", 1)[1]
    where = form.split('action="')[1].split('"')[0]

    said = words(client.post(where, {"reads_as": "confirmed"}, follow=True))

    assert "says it ends on Tuesday 29 February 2028: later than it should" in said
    assert "about €96 more for the time until then" in said
    assert words(client.get(address)) == said
