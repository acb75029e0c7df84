"""One purchase for each kind of letter, told where each language is spoken."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rescind.adapters.data.letters import kinds, languages
from rescind.app.act import letters

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PLACES: dict[str, tuple[str, str, str, tuple[str, str]]] = {
    "en": ("GB", "GBP", "Ada Lovelace", ("12 St James's Square", "London SW1Y 4JH")),
    "de": ("DE", "EUR", "Änne Weiß", ("Hauptstraße 1", "10115 Berlin")),
    "fr": ("FR", "EUR", "Éloïse Lefèvre", ("1 rue de l’Église", "75001 Paris")),
    "es": ("ES", "EUR", "Íñigo Muñoz", ("Calle Mayor 1", "28013 Madrid")),
    "it": ("IT", "EUR", "Niccolò Però", ("Via Roma 1", "00184 Roma")),
    "nl": ("NL", "EUR", "Daniël de Wit", ("Dorpsstraat 1", "1012 AB Amsterdam")),
    "pt": ("PT", "EUR", "João Conceição", ("Rua Augusta 1", "1100-048 Lisboa")),
    "pt-BR": ("BR", "BRL", "Tânia Gonçalves", ("Rua A, 1", "01001-000 São Paulo - SP")),
    "sv": ("SE", "SEK", "Åsa Öberg", ("Storgatan 1", "111 22 Stockholm")),
    "da": ("DK", "DKK", "Søren Ågård", ("Nygade 1", "1164 København K")),
    "nb": ("NO", "NOK", "Bjørn Æsøy", ("Storgata 1", "0155 Oslo")),
    "fi": ("FI", "EUR", "Päivi Mäkelä", ("Kauppakatu 1", "00100 Helsinki")),
    "pl": ("PL", "PLN", "Łucja Dąbrowska", ("ul. Długa 1", "00-238 Warszawa")),
    "cs": ("CZ", "CZK", "Jiří Dvořák", ("Dlouhá 1", "110 00 Praha")),
    "el": ("GR", "EUR", "Ελένη Παπαδοπούλου", ("Ερμού 1", "105 63 Αθήνα")),
    "hi": ("IN", "INR", "श्रीमती सीता शर्मा", ("1, महात्मा गांधी मार्ग", "नई दिल्ली 110001")),
    "ja": ("JP", "JPY", "髙橋 花子", ("〒100-0005", "東京都千代田区丸の内1-1")),
}
"""For each language: a country, its money, and somebody who lives there."""

_ENDED = {"cancelled_at": "2026-10-20", "paid_at": "2026-11-10"}
_BOUGHT = {"cancel": "2026-11-10", "withdraw": "2026-11-16"}
_TOLD = {"told_on": "2026-11-08", "change_on": "2027-01-01"}
_BANK = {"bank_name": "Bank 1", "bank_address": "Street 1; 12345 Town"}
SCENARIOS: dict[str, dict[str, Any]] = {
    "cancel": {},
    "withdraw": {},
    "refund": _ENDED,
    "stop-charging": _ENDED,
    "stop-payment": {"payment_method": "card", **_BANK},
    "second-notice": {"first_sent_on": "2026-10-20", "first_kind": "cancel", **_ENDED},
    "reply": {
        "first_kind": "cancel",
        "first_sent_on": "2026-10-20",
        "answered_on": "2026-11-02",
        "answer": "offer",
    },
    "dispute": {"payment_method": "visa-credit", **_ENDED, **_BANK},
    "complaint": {"problem": "cancellation", "first_sent_on": "2026-10-20", **_ENDED},
    "erase": {},
    "on-behalf-of": {"holder": "Emmy Noether", "authority": "heir"},
    "price-rise": {"new_price": "19.99", **_TOLD},
    "term-change": {"change": "§ 4", **_TOLD},
}


def all_letters() -> Iterator[tuple[str, str]]:
    """Yield every kind with every language it is written in."""
    for kind in kinds():
        for language in languages(kind):
            yield kind, language


def written(which: str, language: str, **more: Any) -> letters.Written:
    """Return the letter of a kind for the place where a language is spoken."""
    country, currency, name, address = PLACES[language]
    scenario = SCENARIOS[which] | more
    if "new_price" in scenario:
        price = "1999" if currency == "JPY" else scenario["new_price"]
        scenario["new_price"] = f"{price} {currency}"
    facts = {
        "service": "other",
        "merchant": "Nordstern Media",
        "kind": "streaming",
        "country": country,
        "purchased_at": _BOUGHT.get(which, "2026-03-10"),
        "period": "P1M",
        "channel": "web",
        "price": f"13.50 {currency}" if currency != "JPY" else "1350 JPY",
        "as_of": "2026-11-20",
    }
    sender = {
        "name": name,
        "email": "me@home.example.org",
        "address": list(address),
        "country": country,
        "plan": "Nordstern Plus",
        "card_last4": "4242",
    }
    wanted = letters.Wanted(kind=which, language=language)
    return letters.write(facts | scenario, sender, wanted, now=NOW)
