"""Who a letter is addressed to: the company that the contract is with, where it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rescind.adapters.data.postal import envelope_lines
from rescind.adapters.data.words import ENGLISH
from rescind.app.act import letters
from rescind.app.know import check
from rescind.core.act.addresses import find_contact, find_party, find_post
from rescind.core.act.routes import find_routes
from rescind.core.model.route import By
from tests.given import SENDER
from tests.letters.scenarios import PLACES

TODAY = date(2026, 11, 29)
BOUGHT = {"channel": "web", "purchased_at": "2026-11-20", "as_of": "2026-11-29"}


def written(service: str, country: str, kind: str = "cancel", **more: Any) -> Any:
    """Return a letter in English to a service, about what was bought on 20 November."""
    offer = next(iter(check.catalogue().service(service).offers))
    facts = {"service": service, "offer": offer, "country": country, **BOUGHT, **more}
    return letters.write(facts, SENDER, letters.Wanted(kind=kind, language="en"))


@pytest.mark.parametrize(
    ("service", "country", "lines"),
    [
        # no text for people in Germany is on file: the brand, and no address
        ("spotify", "DE", ("Spotify",)),
        ("spotify", "AT", ("Spotify AB", "Regeringsgatan 19")),
        ("spotify", "US", ("Spotify USA Inc.", "4 World Trade Center")),
        ("netflix", "DE", ("Netflix International B.V.",)),
        ("netflix", "US", ("Netflix",)),
        ("babbel", "DE", ("Babbel GmbH", "Andreasstraße 72")),
        # named for cancelling in two countries; elsewhere in Europe it is the seat
        (
            "tinder",
            "GB",
            ("MTCH Technology Services Limited, Tinder", "Attn: Cancellations"),
        ),
        (
            "tinder",
            "DE",
            ("MTCH Technology Services Limited", "10 Earlsfort Terrace"),
        ),
        ("tinder", "US", ("Tinder, Attn: Cancellations", "P.O. Box 25472")),
        # of customer service, where none is named for notices
        ("happn", "FR", ("HAPPN", "5 rue Feydeau")),
    ],
)
def test_a_letter_goes_to_the_company_of_the_place(
    service: str, country: str, lines: tuple[str, ...]
) -> None:
    recipient = written(service, country).letter.recipient

    assert recipient.lines[:2] == lines
    assert (recipient.claim is None) is (len(lines) == 1)


def test_the_contract_is_with_the_company_and_a_bank_knows_the_brand() -> None:
    cancel = written("netflix", "DE").letter
    bank = written("netflix", "DE", "stop-payment", payment_method="card").letter

    assert "my contract with Netflix International B.V." in cancel.paragraphs[0].text
    assert "Netflix International B.V." not in bank.paragraphs[0].text
    assert [ENGLISH.say(p.says) for p in cancel.problems] == [
        "No sourced postal address of Netflix International B.V. is on file."
    ]


def test_a_company_that_was_the_party_before_is_not_written_to() -> None:
    checked = written("babbel", "DE").checked

    party, before = (find_party(checked, day) for day in (TODAY, date(2022, 7, 30)))

    assert party is not None
    assert before is not None
    assert (before.name, party.name) == ("Lesson Nine GmbH", "Babbel GmbH")


@pytest.mark.parametrize(("offers", "is_it"), [({"monthly"}, True), ({"x"}, False)])
def test_a_company_of_some_offers_is_the_party_of_those(
    offers: set[str], *, is_it: bool
) -> None:
    checked = written("babbel", "DE").checked
    parties = (
        replace(party, offers=frozenset(offers))
        for party in checked.service.contract_with
    )
    service = replace(checked.service, contract_with=tuple(parties))

    party = find_party(replace(checked, service=service), TODAY)

    assert (party is not None) is is_it


@pytest.mark.parametrize("country", ["DE", "FR", "GB", "US"])
def test_no_address_for_privacy_takes_a_cancellation(country: str) -> None:
    catalogue = check.catalogue()
    netflix = written("netflix", country).checked
    for slug in catalogue.paths:
        service = catalogue.service(slug)
        verdict = replace(netflix.verdict, offer=None)
        checked = replace(netflix, service=service, verdict=verdict)
        post = find_post(checked, "cancel", TODAY)
        email = find_contact(service, checked.facts, "email")

        found = [contact for contact in (post, email) if contact is not None]
        assert {contact.use for contact in found} <= {"cancel", "support"}, slug
        private = {c.id for c in service.contacts if c.use == "privacy"}
        assert not private & {contact.id for contact in found}, slug


def test_a_request_for_erasure_goes_to_the_address_for_privacy() -> None:
    erase = written("netflix", "DE", "erase").letter.recipient
    without = written("tinder", "DE", "erase").letter.recipient

    assert erase.lines[:2] == ("Netflix International B.V.", "Karperstraat 8-10")
    assert erase.email == "privacy@netflix.com"
    assert without.lines[0] == "MTCH Technology Services Limited"


def test_a_way_by_post_leads_to_the_company() -> None:
    checked = written("tinder", "DE").checked

    ranked = find_routes(checked, "cancel", TODAY).ranked

    (post,) = [route for route in ranked if route.by is By.POST]
    assert str(post.to).startswith("MTCH Technology Services Limited, 10 Earlsfort")


def test_what_customer_service_takes_is_sourced() -> None:
    letter = written("happn", "FR").letter

    assert letter.recipient.email == "support@happn.com"
    assert [problem.code for problem in letter.problems] == []


def test_a_service_on_file_is_never_said_to_lack_the_contracts_name() -> None:
    codes = [problem.code for problem in written("spotify", "DE").letter.problems]

    assert codes == ["recipient_unsourced"]


@pytest.mark.parametrize("service", ["bahncard", "babbel", "x-premium"])
def test_what_is_ended_in_an_account_is_not_asked_for_in_person(service: str) -> None:
    checked = written(service, "DE").checked

    assert find_routes(checked, "cancel", TODAY).ranked[0].by is By.BUTTON


@pytest.mark.parametrize("language", PLACES)
def test_a_company_s_own_full_stop_ends_the_sentence_as_well(language: str) -> None:
    facts = {"service": "netflix", "offer": "standard", "country": "DE", **BOUGHT}
    told = {"problem": "cancellation", "first_sent_on": "2026-11-21"}
    for kind in ("cancel", "complaint", "price-rise"):
        more = told if kind == "complaint" else _RISE if kind == "price-rise" else {}
        wanted = letters.Wanted(kind=kind, language=language)

        letter = letters.write(facts | more, SENDER, wanted).letter

        text = " ".join(paragraph.text for paragraph in letter.paragraphs)
        assert "B.V." in text
        assert ".." not in text


_RISE = {"told_on": "2026-11-20", "change_on": "2027-01-01", "new_price": "16 EUR"}


@pytest.mark.parametrize(
    ("last", "country", "line"),
    [
        ("The Netherlands", "NL", "NETHERLANDS"),
        ("Republic of Panama", "PA", "PANAMA"),
        ("United States", "US", "UNITED STATES"),
    ],
)
def test_a_country_stands_once_on_an_envelope(
    last: str, country: str, line: str
) -> None:
    written_as = ("Company", "Street 1", last)

    assert envelope_lines(written_as, country, "GB", "en") == (*written_as[:2], line)


def test_who_gave_an_address_is_not_asked_for_it_again() -> None:
    sky = {"offer": "tv-18", "purchased_at": "2025-01-20"}
    codes = [p.code for p in written("sky-uk", "GB", **sky).letter.problems]

    assert codes == []


def test_a_part_of_a_country_is_no_last_line_of_an_address() -> None:
    address = ("Frost Bank", "P.O. Box 1600", "San Antonio, TX 78296")

    assert envelope_lines(address, "US-TX", "US-TX", "en") == address
    assert envelope_lines(address, "US-TX", "US", "en") == address
    assert envelope_lines(address, "US-TX", "DE", "en")[3:] == ("UNITED STATES",)
