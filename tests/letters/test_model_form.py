"""The model withdrawal form: the law's own lines, filled in, beside the letter."""

import dataclasses

import pytest

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.model_forms import find_model_form, model_forms
from rescind.app.act.model_forms import model_form, model_form_pdf
from rescind.core.act.model_form import PARTS, form_text, is_deleted_from
from rescind.core.errors import BadInput
from tests.letters.scenarios import PLACES, written

LANGUAGES = sorted(path.stem for path in (SHIPPED / "forms").glob("*/*.yaml"))
SOLD = {"kind": "goods", "delivered_at": "2026-11-18", "country": "DE"}


def test_the_languages_of_forms_are_languages_of_letters() -> None:
    assert {"de", "en", "nl"} <= set(LANGUAGES) <= set(PLACES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_the_laws_lines_with_words_struck_out(language: str) -> None:
    for form in model_forms(language):
        assert set(form.struck) == set(PARTS)
        for words in form.struck.values():
            assert any(is_deleted_from(words, line) for line in form.lines), words
            assert "*" not in words
            assert words == words.strip(" ,:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_and_a_sale_fill_their_own_lines(language: str) -> None:
    form = find_model_form(language, "DE") or find_model_form(language, "NO")
    assert form is not None
    country = "DE" if "DE" in form.places else form.places[0]

    service = form_text(model_form(written("withdraw", language, country=country)))
    sale = form_text(
        model_form(written("withdraw", language, **{**SOLD, "country": country}))
    )

    for text in (service, sale):
        assert text.startswith(f"{form.title}\n\n– {form.struck['to']}")
        assert PLACES[language][2] in text
    assert form.struck["service"] in service
    assert form.struck["goods"] in sale
    assert form.struck["received"] in sale
    assert f"– {form.struck['received']}" not in service


def test_the_form_stands_in_the_words_of_the_german_law() -> None:
    page = model_form(written("withdraw", "de", **SOLD))

    assert form_text(page) == (
        "Muster-Widerrufsformular\n\n"
        "– An: Nordstern Media\n"
        "– Hiermit widerrufe ich den von mir abgeschlossenen Vertrag über den Kauf "
        "der folgenden Waren: Nordstern Plus\n"
        "– Bestellt am: 16. November 2026\n"
        "– erhalten am: 18. November 2026\n"
        "– Name des Verbrauchers: Änne Weiß\n"
        "– Anschrift des Verbrauchers: Hauptstraße 1, 10115 Berlin\n"
        "– Datum: 20. November 2026\n"
    )


def test_britain_and_ireland_cancel_where_the_union_withdraws() -> None:
    british = form_text(model_form(written("withdraw", "en")))
    irish = form_text(model_form(written("withdraw", "en", country="IE")))
    dutch = form_text(model_form(written("withdraw", "en", country="NL")))

    assert "I cancel my contract for the supply of the following service" in british
    assert "I cancel my contract for the provision of the following service" in irish
    assert "I hereby give notice that I withdraw from my contract" in dutch


def test_greece_has_a_form_of_its_own() -> None:
    greek = form_text(model_form(written("withdraw", "el")))
    cypriot = form_text(model_form(written("withdraw", "el", country="CY")))

    assert "– Που παραγγέλθηκε στις: " in greek
    assert "– Παραγγελθέντα στις: " in cypriot


def test_the_form_goes_to_the_address_that_the_letter_goes_to() -> None:
    letter = written("withdraw", "de")
    named = dataclasses.replace(letter.letter.recipient, email="post@nordstern.example")
    page = model_form(
        dataclasses.replace(
            letter, letter=dataclasses.replace(letter.letter, recipient=named)
        )
    )

    assert page.paragraphs[0].text == "An: Nordstern Media, post@nordstern.example"


def test_the_form_is_a_page_to_sign_by_hand() -> None:
    page = model_form(written("withdraw", "nl"))

    assert page.closing.startswith("Handtekening van consument (alleen wanneer")
    assert model_form_pdf(page).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "language", "country", "code"),
    [
        ("cancel", "de", "DE", "model_form_withdraws_only"),
        ("withdraw", "de", "CH", "model_form_missing"),
        ("withdraw", "ja", "JP", "model_form_missing"),
    ],
)
def test_no_form_stands_where_no_law_prescribes_one(
    kind: str, language: str, country: str, code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        model_form(written(kind, language, country=country))


def test_a_word_that_was_added_is_no_striking_out() -> None:
    assert not is_deleted_from("I now cancel", "I/We (*) cancel")
