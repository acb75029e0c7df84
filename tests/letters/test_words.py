"""The words: golden texts, and what a reader of each language would stumble over."""

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from babel.numbers import list_currencies

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.cldr import CldrFormat, country_name
from rescind.adapters.data.letters import kinds, languages, read_letter_text
from rescind.adapters.data.printable import unprintable
from rescind.adapters.data.yaml import read_yaml
from rescind.core.act.letter import as_text
from rescind.core.model.money import Money
from tests.letters.scenarios import PLACES, all_letters, written

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "letters"
QUALITY: dict[str, Any] = read_yaml(HERE / "quality.yaml")
LAW_OF = {
    "BGB|TKG": "DE",
    "[Cc]ode de la consommation": "FR",
    "TRLGDCU": "ES",
    "Codice del consumo": "IT",
    "BW": "NL",
    "distansavtal": "SE",
    "angrerettloven": "NO",
    "U\\.S\\.C\\.|CFR|Civ\\. Code": "US",
    "UK GDPR|SI 2013": "GB",
    "Código de Defesa do Consumidor": "BR",
    "2011/83|2016/679|2015/2366": "EU",
}
"""Words that only the law of one place uses."""
NOT_IN_THE_UNION = frozenset({"GB", "BR", "IN", "JP"})
LETTERS = list(all_letters())


def test_every_kind_is_written_in_every_language() -> None:
    assert len(PLACES) == 17
    assert [k for k in kinds() if set(languages(k)) != set(PLACES)] == []


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_the_letter_reads_as_it_did(kind: str, language: str) -> None:
    path = GOLDEN / f"{kind}-{language}.txt"
    text = as_text(written(kind, language).letter)
    if os.environ.get("RESCIND_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_a_reader_stumbles_over_nothing(kind: str, language: str) -> None:
    letter = written(kind, language).letter
    rules = QUALITY[language]
    words = "\n".join([letter.subject, *(p.text for p in letter.paragraphs)])

    assert not re.search(r"[{}]|  |\bNone\b", words), "something is left unfilled"
    assert not re.search(r"\b(?!die )(\w{2,}) \1\b", words), "a word stands twice"
    assert not re.search(r" [.,]|\.\.", words), "a stop stands wrong"
    for pattern in rules["never"]:
        found = re.search(pattern, words)
        assert not found, f"{pattern}: {found and words[max(0, found.start() - 20) :]}"
    for day in re.findall(r"[^\n]{0,14}\b20\d\d\b", words):
        if "2005:59" not in day and not re.search(r"/20(05|07|13|23)\b|\b2013\b", day):
            assert re.search(rules["date"], words), day
    for paragraph in letter.paragraphs:
        assert paragraph.text[-1] in ".:।。", paragraph.text


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_no_other_countrys_law_is_quoted(kind: str, language: str) -> None:
    country = PLACES[language][0]
    words = as_text(written(kind, language).letter)

    for pattern, place in LAW_OF.items():
        in_union = place == "EU" and country not in NOT_IN_THE_UNION
        allowed = in_union or place == country
        assert allowed or not re.search(rf"\b({pattern})", words), pattern


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_a_clause_that_cites_law_names_its_claims(kind: str, language: str) -> None:
    letter = written(kind, language).letter
    texts = read_letter_text(kind, language).texts

    for paragraph in letter.paragraphs:
        if "{law}" in texts.get(paragraph.id, ""):
            assert paragraph.claims
            assert not any(c.source.is_unverified for c in paragraph.claims)


@pytest.mark.parametrize("language", PLACES)
def test_the_first_of_a_month_is_written_as_people_write_it(language: str) -> None:
    shown = CldrFormat(language, PLACES[language][0]).day(date(2026, 12, 1))

    assert re.fullmatch(QUALITY[language]["date"], shown), shown
    assert shown.split()[0].startswith("1") or language == "ja"
    first = {"fr": "1er", "it": "1º", "pt-BR": "1º", "el": "1η"}.get(language)
    assert first is None or shown.startswith(first)


@pytest.mark.parametrize("language", PLACES)
def test_a_sum_of_any_currency_can_be_printed(language: str) -> None:
    """The fonts of letters have no won and no shekel: their codes stand there."""
    style = CldrFormat(language, "")

    sums = [
        style.money(Money(amount=Decimal("9900.5"), currency=code))
        for code in list_currencies()
    ]

    assert [text for text in sums if unprintable(text)] == []
    assert "KRW" in style.money(Money(amount=Decimal(9900), currency="KRW"))


def test_american_english_puts_the_month_first() -> None:
    letter = written("cancel", "en", service="coursera", offer="plus-monthly").letter
    facts = {"service": "coursera", "offer": "plus-monthly", "country": "US"}
    american = written("cancel", "en", **facts).letter

    assert letter.written_on_text == "20 November 2026"
    assert american.written_on_text == "November 20, 2026"
    assert (letter.closing, american.closing) == ("Yours faithfully,", "Sincerely,")


@pytest.mark.parametrize(
    "kind", [kind for kind in kinds() if kind not in ("stop-payment", "dispute")]
)
def test_american_words_change_and_what_they_name_does_not(kind: str) -> None:
    letter = written(kind, "en", country="US").letter
    words = "\n".join(p.text for p in letter.paragraphs if p.id != "network")

    assert not re.search(r"authoris|[Cc]ancelled|[Cc]ancelling", words)


def test_switzerland_writes_no_sharp_s() -> None:
    letter = written("cancel", "de", country="CH").letter

    assert "ß" not in as_text(letter).replace("Weiß", "").replace("Hauptstraße", "")
    assert letter.closing == "Freundliche Grüsse"


def test_switzerland_changes_no_name_that_was_typed() -> None:
    more = {"country": "CH", "holder": "Änne Weiß", "authority": "heir"}
    letter = written("on-behalf-of", "de", **more).letter

    assert letter.subject == "Kündigung für Änne Weiß: Nordstern Plus"
    assert letter.paragraphs[0].text.startswith("Änne Weiß ist verstorben")


def test_an_italian_date_meets_its_article() -> None:
    letter = written("second-notice", "it", first_sent_on="2026-11-08").letter

    assert letter.paragraphs[0].text.startswith("l’8 novembre 2026 vi ho scritto")


def test_a_greek_first_of_the_month_takes_its_article() -> None:
    letter = written("second-notice", "el", first_sent_on="2026-11-01").letter

    assert letter.paragraphs[0].text.startswith("Σας έγραψα την 1η Νοεμβρίου 2026")


GOODS = {"kind": "goods", "delivered_at": "2026-11-16", "country": "DE"}


@pytest.mark.parametrize("language", PLACES)
def test_every_language_can_withdraw_from_a_sale_and_a_service(language: str) -> None:
    """In Germany, where the right stands; the words are held to the same rules."""
    service = written("withdraw", language, country="DE").letter
    goods = written("withdraw", language, **GOODS).letter

    assert service.paragraphs[0].id == "declare"
    assert goods.paragraphs[0].id == "declare-goods"
    for letter in (service, goods):
        words = "\n".join(p.text for p in letter.paragraphs if p.id != "rely")
        assert not [p for p in QUALITY[language]["never"] if re.search(p, words)]


@pytest.mark.parametrize("language", [n for n in PLACES if "faults" in QUALITY[n]])
def test_no_fault_of_an_earlier_reading_comes_back(language: str) -> None:
    """Looked for in the files: clauses that stand rarely are held to it, too."""
    shared = read_yaml(SHIPPED / "languages" / f"{language}.yaml")
    words: list[str] = [shared["salutation"], shared["closing"]]
    words += [*shared["clauses"].values(), *shared["kinds"].values()]
    for kind in kinds():
        if language in languages(kind):
            text = read_letter_text(kind, language)
            words += [text.subject, text.subject_ask, *text.texts.values()]

    faults = QUALITY[language]["faults"]
    assert not [w for w in words for pattern in faults if re.search(pattern, w)]


@pytest.mark.parametrize("pattern", ["[Uu]ppsägningen gäller från", "dragning"])
def test_the_rule_finds_the_fault(pattern: str) -> None:
    was = "Uppsägningen gäller från slutet av perioden. Gör inga dragningar därefter."

    assert pattern in QUALITY["sv"]["faults"]
    assert re.search(pattern, was)


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_the_first_word_follows_the_salutation_as_people_write_it(
    kind: str, language: str
) -> None:
    first = written(kind, language).letter.paragraphs[0].text[0]

    after = QUALITY[language].get("after_salutation")
    assert after is None or first == (
        first.lower() if after == "small" else first.upper()
    )


@pytest.mark.parametrize("language", PLACES)
def test_what_only_asks_is_not_headed_as_a_withdrawal(language: str) -> None:
    right = written("withdraw", language, country="DE").letter
    asked = written("withdraw", language, country="IN").letter

    assert right.paragraphs[0].id.startswith("declare")
    assert asked.paragraphs[0].id == "ask"
    assert asked.subject != right.subject


@pytest.mark.parametrize("language", PLACES)
def test_foreign_law_is_found_by_its_country(language: str) -> None:
    law = written("withdraw", language, country="DE").letter.paragraphs[1].text
    known = {"en": "German Civil Code", "de": "BGB", "fr": "allemand", "es": "alemán"}
    known |= {"it": "tedesco", "nl": "Duitse", "pt": "alemão", "pt-BR": "alemão"}
    known |= {"sv": "tyska", "da": "tyske", "nb": "tyske", "fi": "Saksan"}
    known |= {"pl": "niemiecki", "cs": "německ", "el": "γερμανικ", "hi": "जर्मन"}

    assert known.get(language, "ドイツ") in law


def test_law_without_a_name_in_the_language_names_its_country() -> None:
    for language in ("fr", "sv", "ja"):
        law = written("withdraw", language, country="EE").letter.paragraphs[1].text
        assert (country_name("EE", language) or "?") in law


def test_sums_in_a_japanese_sentence_are_yen_behind_the_number() -> None:
    assert "1,350円の返金" in as_text(written("refund", "ja").letter)


@pytest.mark.parametrize("language", [n for n in PLACES if "demand" in QUALITY[n]])
def test_a_favour_is_not_demanded_and_a_debt_is_no_favour(language: str) -> None:
    never_cancelled = {"cancelled_at": None, "paid_at": "2026-11-10"}
    asked = written("refund", language, purchased_at="2025-03-10", **never_cancelled)
    owed = written("refund", language)
    demand = QUALITY[language]["demand"]

    assert "goodwill" in [p.id for p in asked.letter.paragraphs]
    assert not re.search(demand, as_text(asked.letter))
    assert "goodwill" not in [p.id for p in owed.letter.paragraphs]
    assert re.search(demand, as_text(owed.letter))


@pytest.mark.parametrize("language", [n for n in PLACES if n != "en"])
def test_a_body_stands_in_the_sentence_in_its_language(language: str) -> None:
    letter = written("second-notice", language).letter
    last = next(p.text for p in letter.paragraphs if p.id.startswith("next"))

    assert not re.search("ECC-Net|Cent(re|er)s|Consumer|Authority|Hotline", last)
