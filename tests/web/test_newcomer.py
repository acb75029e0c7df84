"""What people met who had never seen the pages: each mended once, and held here."""

from datetime import timedelta
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.data.postal import envelope_lines
from rescind.app.act.letters import Wanted, write
from rescind.app.follow import queries
from rescind.core.act.letter import as_text
from rescind.core.follow.due_day import DueKind
from tests.web.test_desk_pages import (
    ANNA,
    COURSERA,
    GYM,
    NOON,
    begun,
    sent_case,
    told,
    words,
)

pytestmark = pytest.mark.usefixtures("ready_desk", "saturday_28_november")

ZAPPELINE = {
    "kind": "streaming",
    "sold_by": "online",
    "channel": "web",
    "country": "US",
    "part_US": "US-TX",
    "purchased_at": "1/15/2026",
    "price": "17.99",
    "period": "P1M",
    "paid_at": "11/15/2026",
    "happened": "charged-after",
    "charged-after.cancelled_at": "8/12/2026",
}
SOFTWARE = {
    "kind": "software",
    "sold_by": "online",
    "channel": "web",
    "country": "DE",
    "purchased_at": "1.6.2026",
    "term": "P12M",
    "price": "66,45",
    "period": "P1M",
}


def test_a_contract_that_is_over_leaves_no_other_way_to_end_it(client: Any) -> None:
    """HelloFresh is on file, and its terms of cancelling were played once more."""
    _, answer = told(client, "HelloFresh", ZAPPELINE)

    assert "They charged you after the end" in answer
    assert "Other ways and what they cost" not in answer


def test_a_letter_to_the_bank_is_headed_to_the_bank(client: Any) -> None:
    address, _ = told(client, "Zappeline", ZAPPELINE)

    page = words(client.get(f"{address}letters/"))

    assert "To your bank: Request to your bank to get it back" in page
    assert "To Zappeline: Request for a refund, Notice to stop charging" in page


def test_how_it_was_paid_is_asked_on_the_card_of_a_wrong_charge(client: Any) -> None:
    address, answer = told(client, "Zappeline", ZAPPELINE)

    assert "How do you pay?" in answer
    assert "What we do not know" not in answer
    tell = {"payment_method": "visa-debit"}
    known = words(client.post(f"{address}tell/", tell, follow=True))
    assert "How do you pay?" not in known
    # sixty days from the charge by Regulation E; by the scheme's rules 120
    assert "Tell your bank by Thursday, January 14, 2027 47 days left" in known
    assert "until March 15, 2027, too" in known


def test_a_store_has_the_day_by_which_to_cancel_there(client: Any) -> None:
    typed = {"offer": "specialization-monthly", "channel": "apple", "price": "49"}
    typed |= {"country": "US", "part_US": "US-NY", "paid_at": "11/3/2026"}
    address, answer = told(client, "Coursera", typed)

    # Apple may charge on December 2 already, and that began in the east before it
    assert "Cancel by Tuesday, December 1 3 days left" in answer
    assert "a simple way to stop: the law" not in answer
    steps = words(client.get(f"{address}steps/"))
    assert "by Tuesday, December 1 3 days left" in steps


DATING = {
    "kind": "dating",
    "sold_by": "online",
    "channel": "apple",
    "country": "US",
    "part_US": "US-CA",
    "term": "P6M",
    "price": "129.99",
    "period": "P6M",
}


def test_three_days_of_californias_dating_law_are_on_the_card(client: Any) -> None:
    bought = {"purchased_at": "11/27/2026"}
    address, answer = told(client, "Two Hearts", DATING | bought)

    assert "Withdraw from the contract and claim your $129.99 back from Apple" in answer
    law = "California Civil Code 1694-1694.4: The statutory period of 3 working days"
    assert f"{law} runs to December 1, 2026" in answer
    assert "1 Change your mind: withdraw" in words(client.get(f"{address}steps/"))


def test_that_the_three_days_are_over_is_said(client: Any) -> None:
    bought = {"purchased_at": "9/1/2026"}
    _, answer = told(client, "Two Hearts", DATING | bought)

    law = "California Civil Code 1694-1694.4: The statutory period ended on"
    assert f"{law} September 4, 2026" in answer.split("Why?")[0]
    # no notice of a contract counts at a store
    assert "Cancel by Saturday, February 27, 2027" in answer


def test_a_fee_is_on_the_card_beside_what_the_law_leaves_of_it(client: Any) -> None:
    fee = {"happened": "fee", "fee.early_termination_fee": "die Hälfte des Rests"}
    address, answer = told(client, "Pixelwerk", SOFTWARE | fee)

    # six of the twelve payments of €66.45 come after 28 November
    assert "To leave early they ask €199.35; the law limits it" in answer
    assert "a lump sum may not exceed the loss" in answer.split("Why?")[0]
    field = client.get(f"{address}facts/").content.decode()
    assert 'value="die Hälfte des Rests"' in field


def test_a_fee_told_as_a_share_is_read_back(client: Any) -> None:
    address = begun(client, "Pixelwerk")
    fee = {"happened": "fee", "fee.early_termination_fee": "50 %"}
    reads = {"HTTP_HX_TRIGGER_NAME": "fee.early_termination_fee"}

    read = client.post(f"{address}facts/read/", SOFTWARE | fee, **reads)
    bare = client.post(f"{address}facts/read/", fee, **reads)

    assert "€199.35" in words(read)
    assert "half of what?" in words(bare)


def test_an_hour_stands_only_near_its_day_and_with_a_reason(client: Any) -> None:
    _, near = told(client, "Coursera", COURSERA)
    _, far = told(client, "McFit", GYM | {"purchased_at": "1.2.2026"})

    hour = "By Sunday 6 December, 10:00 8 days left later, their day may be over"
    assert hour in near
    assert "By Wednesday 30 December 32 days left" in far


def test_one_day_is_asked_for_once(client: Any) -> None:
    address = begun(client, "Zappeline")
    page = client.get(f"{address}facts/").content.decode()

    assert page.count("When was the last charge?</label>") == 1
    assert 'name="charged-after.paid_at"' not in page


def test_of_two_fields_for_one_day_the_first_counts(client: Any) -> None:
    address = begun(client, "Zappeline")
    days = ZAPPELINE | {"cancelled.cancelled_at": "8/10/2026"}
    happened = {"happened": ["cancelled", "charged-after"]}
    client.post(f"{address}facts/", {**days, **happened})

    page = client.get(f"{address}facts/").content.decode()

    assert 'value="8/10/2026"' in page
    assert 'value="8/12/2026"' not in page


def test_a_letter_to_the_bank_has_the_last_day_beside_it(client: Any) -> None:
    address, _ = told(client, "Zappeline", ZAPPELINE | {"payment_method": "visa-debit"})

    page = words(client.get(f"{address}letters/"))

    assert "get it back by Thursday, January 14, 2027 47 days left" in page
    assert "Regulation E, 12 CFR 1005.11" in page


def test_a_service_within_a_sentence_is_offered(client: Any) -> None:
    typed = "I want out of Coursera please"

    page = words(client.get(f"{begun(client, typed)}facts/"))

    assert "Did you mean Coursera ?" in page


@pytest.mark.parametrize("name", ["gym", "My gym", "Fitnessstudio"])
def test_a_word_for_many_asks_which_company_it_is(client: Any, name: str) -> None:
    address = begun(client, name)
    page = client.get(f"{address}facts/").content.decode()

    assert f"{name}: which one is it?" in page
    assert "Which company is it?" in page
    assert '<option value="gym" selected>' in page
    known = client.post(f"{address}facts/", GYM | {"merchant": "FitX"}, follow=True)
    assert "Cancel with FitX" in words(known)
    again = words(client.get(f"{address}facts/"))
    assert "Your contract with FitX" in again
    assert "Which company is it?" not in again


def test_the_word_for_many_leads_to_a_service_on_file(client: Any) -> None:
    address = begun(client, "dating app")

    typed = {"merchant": "Tinder", "country": "DE"}
    client.post(f"{address}facts/", typed)

    assert "Your Tinder subscription" in words(client.get(f"{address}facts/"))


def test_what_is_bought_beside_the_name_is_passed_over(client: Any) -> None:
    course = words(client.get(f"{begun(client, 'Coursera specialization')}facts/"))
    alone = words(client.get(f"{begun(client, 'Specialization')}facts/"))

    assert "Your Coursera subscription" in course
    assert "Did you mean Coursera ?" in alone


@pytest.mark.parametrize("line", ["apple.com/bill", "APPLE.COM/BILL"])
def test_the_line_of_a_store_asks_which_app_it_is(client: Any, line: str) -> None:
    address = begun(client, line)
    page = client.get(f"{address}facts/").content.decode()

    assert "Which app or service is it?" in page
    assert 'name="channel" value="apple" checked' in page
    told_more = {"merchant": "Two Hearts", "channel": "apple", "country": "DE"}
    answer = client.post(f"{address}facts/", told_more, follow=True)
    assert "Start the" in words(answer)
    assert "at Apple" in words(answer)


def test_a_name_within_another_is_not_meant(client: Any) -> None:
    page = words(client.get(f"{begun(client, 'Netflixable club')}facts/"))

    assert "Did you mean Netflix ?" not in page


def test_what_is_over_loses_no_access(client: Any) -> None:
    _, answer = told(client, "Zappeline", ZAPPELINE)

    assert "Friday, August 14" in answer
    assert "You lose" not in answer


def test_a_service_whose_offer_is_not_told_still_has_its_way_out(client: Any) -> None:
    typed = {"channel": "web", "country": "US", "renews_at": "12/11/2026"}
    address, _ = told(client, "Netflix", typed | {"price": "17.99"})

    page = client.get(f"{address}letters/").content.decode()

    assert "https://www.netflix.com/account" in page
    assert "button:cancel" in page


def test_practice_is_nothing_to_do(client: Any) -> None:
    address, _ = told(client, "McFit Practice", GYM)
    form = ANNA | {"act": "practise:cancel"}
    copy = client.post(f"{address}letters/", form, follow=True)
    link = copy.redirect_chain[-1][0].split("?")[0]

    assert link not in client.get("/cases/").content.decode()
    assert link not in client.get("/").content.decode()


def test_the_subject_of_an_answer_is_shown_in_words(client: Any) -> None:
    address, _ = told(client, "McFit", GYM)

    form = ANNA | {"act": "practise:cancel"}
    page = client.post(f"{address}letters/", form, follow=True).content.decode()

    assert "Re: Kündigung" in page
    assert "=?utf-8?" not in page


def test_a_number_is_not_what_a_contract_is_about(client: Any) -> None:
    address, _ = told(client, "McFit", GYM)

    page = client.post(f"{address}letters/", ANNA | {"sender.plan": "4711"})

    letter = words(page).replace("<mark>", "")
    assert "meinen am 1. Februar 2025 mit McFit geschlossenen Vertrag. Meine" in letter
    assert "Vertragsnummer / Kundennummer: 4711" in letter
    assert "über McFit (4711)" not in letter
    assert "Kündigung: McFit (4711)" in letter


@pytest.mark.parametrize("kind", ["refund", "second-notice", "cancel"])
def test_a_number_stands_in_no_sentence_of_any_letter(kind: str) -> None:
    facts = {"service": "other", "merchant": "Körperwelt", "kind": "gym"}
    facts |= {"channel": "web", "country": "DE", "price": "39.90 EUR"}
    facts |= {"paid_at": "2026-11-20", "cancelled_at": "2026-10-01"}
    more = {"first_sent_on": "2026-10-01", "first_kind": "cancel"}
    sender = {"name": "Anna Müller", "plan": "KW-20417"}

    letter = write({**facts, **more}, sender, Wanted(kind=kind)).letter

    assert not any("KW-20417" in each.text for each in letter.paragraphs)
    assert ("Vertragsnummer / Kundennummer", "KW-20417") in letter.references


def test_a_name_of_a_plan_stays_what_the_contract_is_about() -> None:
    facts = {"service": "other", "merchant": "Körperwelt", "kind": "gym"}
    facts |= {"channel": "web", "country": "DE", "price": "39.90 EUR"}

    sender = {"name": "Anna Müller", "plan": "Flex 12"}
    letter = write(facts, sender, Wanted(kind="cancel")).letter

    assert any("Körperwelt (Flex 12)" in each.text for each in letter.paragraphs)


def test_the_letter_shows_the_address_that_its_copy_holds(client: Any) -> None:
    address, _ = told(client, "McFit", GYM)

    typed = ANNA | {"sender.address": "Ring 3\n10115 Berlin"}
    page = client.post(f"{address}letters/", typed).content.decode()

    paper, _, rest = page.partition("</article>")
    assert "10115 Berlin" in paper[paper.rindex("<article") :]
    assert "10115 Berlin" in rest[rest.index("<pre") : rest.index("</pre>")]


def test_money_that_no_law_gives_back_is_not_promised(client: Any) -> None:
    """A magazine for a year in the Netherlands, ended early: the rest is asked for."""
    bought = clock.now().date() - timedelta(days=3 * 365 + 261)
    typed = {
        "kind": "newspaper",
        "channel": "web",
        "country": "NL",
        "purchased_at": str(bought),
        "term": "P12M",
        "renewal_term": "P12M",
        "price": "96",
        "price_currency": "EUR",
        "period": "P1Y",
    }

    _, answer = told(client, "Blad", typed)

    assert "You may get" in answer
    assert "You get" not in answer


def test_money_that_a_store_decides_on_is_not_promised(client: Any) -> None:
    typed = COURSERA | {"channel": "apple", "country": "US", "part_US": "US-NY"}
    _, answer = told(client, "Coursera", typed | {"purchased_at": "11/3/2026"})

    assert "they decide" in answer
    assert "You may get" in answer
    assert "You get" not in answer


def test_a_card_does_not_end_in_may_and_lose_at_once(client: Any) -> None:
    _, answer = told(client, "Pixelwerk", SOFTWARE)

    assert "Monday 31 May 2027" in answer
    assert "You lose access, at once" not in answer.split("Other ways")[0]
    assert "At worst €465.15 more; at best" in answer
    assert "being told you may withdraw" in answer


def test_no_hurry_for_a_charge_that_is_owed_anyway(client: Any) -> None:
    address, _ = told(client, "Pixelwerk", SOFTWARE)

    page = words(client.get(f"{address}letters/"))

    assert "bis zum 12. Dezember 2026 schriftlich" in page
    assert "30. November 2026" not in page


def test_who_does_not_know_who_charges_can_look_it_up(client: Any) -> None:
    address = begun(client, "Stillraum")
    form = {"channel": "", "country": "DE", "unsure_purchased_at": "on"}

    page = client.post(f"{address}facts/", form, follow=True).content.decode()

    assert "Find out who charges you" in page
    assert '<a href="/spending/">Read a bank statement</a>' in page
    assert 'href="https://apps.apple.com/account/subscriptions"' in page


TEXAS = ZAPPELINE | {
    "price": "29.99",
    "payment_method": "visa-debit",
    "charged-after.cancelled_at": "8/20/2026",
}
"""Ended in August, charged in November all the same."""


BY_LAW_AND_BY_THE_CARD = ["2027-01-14", "2027-03-15"]
"""60 days after the first statement (Regulation E), and Visa's 120 after the charge."""


def texas_case(client: Any, **typed: str) -> str:
    """Send the company its two letters, and return the case's address."""
    address, _ = told(client, "Zappeline", TEXAS | typed)
    sent = ANNA | {"act": "email:refund,stop-charging", "refund.to": "a@zap.example"}
    client.post(f"{address}letters/", sent)
    return address


def days_for_the_bank(case: str) -> list[str]:
    """Return the days in the list by which the bank has to be told of a charge."""
    every = queries.due_days(case.split("/")[2])
    return [f"{day.due.by}" for day in every if day.due.what is DueKind.DISPUTE_BY]


def test_the_banks_letter_waits_as_the_plan_wrote_it(client: Any) -> None:
    case = texas_case(client)

    card, page = words(client.get(case)), words(client.get(f"{case}letters/"))

    assert "Tell your bank by Thursday, January 14, 2027 47 days left" in card
    assert "I dispute the charge of $29.99" in page
    assert "I had canceled the contract on August 20, 2026" in page
    assert "Say why they may not keep it" not in page
    assert days_for_the_bank(case) == BY_LAW_AND_BY_THE_CARD


def test_a_charge_after_the_end_that_was_told_is_recorded(client: Any) -> None:
    case = texas_case(client)
    taken = {"what": "charged", "on": "11/15/2026", "amount": "29.99"}

    page = words(client.post(f"{case}happened/", taken, follow=True))

    assert "Zappeline charged you again" in page
    assert "By Thursday, January 14, 2027" in page
    assert days_for_the_bank(case) == BY_LAW_AND_BY_THE_CARD
    paper = words(client.get(f"{case}letters/", {"letter": "dispute"}))
    assert "I had canceled the contract on August 20, 2026" in paper


def test_a_charge_before_the_end_that_was_told_is_asked_about(client: Any) -> None:
    case = texas_case(client)
    taken = {"what": "charged", "on": "8/15/2026", "amount": "29.99"}

    page = words(client.post(f"{case}happened/", taken))

    assert "the company was told on 20 August 2026" in page


def test_the_banks_day_stays_when_the_company_confirms(client: Any) -> None:
    case = texas_case(client)
    client.post(f"{case}confirm/", {"ends_on": "2026-09-14"})

    assert "Tell your bank by" in words(client.get(case))
    assert days_for_the_bank(case) == BY_LAW_AND_BY_THE_CARD
    client.post(f"{case}letters/", ANNA | {"act": "ask:dispute"})
    assert "Tell your bank by" not in words(client.get(case))
    assert days_for_the_bank(case) == []
    # from then on it is the bank that is to answer
    page = words(client.get(case))
    assert "If the money is not back by Saturday, December 12, ask your bank" in page


def test_a_cancellation_decides_the_end_where_the_purchase_is_not_told(
    client: Any,
) -> None:
    _, answer = told(client, "Zappeline", TEXAS | {"purchased_at": ""})

    # the charge of November 15 says that it is paid for from the 15th to the 14th
    assert "Ends about Monday, September 14" in answer


GRANTED = (
    "Dear Anna, your subscription has been cancelled with immediate effect. "
    "We have refunded EUR 372 to your card."
)


def granted_case(client: Any) -> str:
    """Return a case that they answered with all that was asked for."""
    case = sent_case(client)
    client.post(f"{case}reply/", {"words": GRANTED})
    return case


def test_at_once_is_the_day_on_which_they_wrote_so(client: Any) -> None:
    case = granted_case(client)

    page = client.get(case)

    assert "Coursera says it ends on Saturday 28 November" in words(page)
    assert "Ends today" in words(page)
    html = page.content.decode()
    assert html.count('name="ends_on" value="2026-11-28"') == 1
    assert 'type="date" required value="2026-11-28"' in html


def test_money_that_was_promised_is_waited_for_until_it_came(client: Any) -> None:
    case = granted_case(client)
    confirmed = client.post(f"{case}confirm/", {"ends_on": "2026-11-28"}, follow=True)

    page = words(confirmed)
    assert "Ends on Saturday 28 November" in page
    assert "€372 is to come back by Saturday 12 December" in page
    assert "Send a reminder" not in page
    days = queries.due_days(case.split("/")[2])
    assert ("money", "2026-12-12") in [(d.due.what, f"{d.due.by}") for d in days]

    page = words(client.post(f"{case}confirm/", {"money": "came"}, follow=True))
    assert "You said that €372 came back" in page
    assert "is to come back" not in page
    assert "Ends on Saturday 28 November" in page
    left = [day.due.what for day in queries.due_days(case.split("/")[2])]
    assert "money" not in left
    again = client.post(f"{case}confirm/", {"money": "came"})
    assert "no money is waited for" in words(again)


def test_money_that_did_not_come_is_asked_for_again(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = granted_case(client)
    client.post(f"{case}confirm/", {"ends_on": "2026-11-28"})

    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=20))
    page = words(client.get(case))

    assert "Coursera has not paid €372 back" in page
    assert "€372 was due on Saturday 12 December and has not come" in page
    assert "Ask for the money again" in page


def test_what_lies_ahead_has_not_happened(client: Any) -> None:
    case = sent_case(client)

    page = words(client.get(case))
    ahead, _, happened = page.partition("What happened")
    assert "What lies ahead Sunday 13 December Send a reminder" in ahead
    assert "Send a reminder" not in happened.partition("Letters")[0]
    client.post(f"{case}confirm/", {"ends_on": "2027-11-22"})
    assert "Send a reminder" not in words(client.get(case)).partition("Letters")[0]
    client.post(f"{case}confirm/", {"money": "none"})
    assert "What lies ahead" not in words(client.get(case))


def test_practice_speaks_of_a_practice_company_and_in_words(client: Any) -> None:
    address, _ = told(client, "Coursera", COURSERA)

    form = ANNA | {"act": "practise:cancel"}
    page = words(client.post(f"{address}letters/", form, follow=True))

    assert "The practice company took it" in page
    assert "Their server took your mail" not in page
    assert "It ends on 22 November 2027" in page


@pytest.mark.parametrize(
    ("written_in", "origin", "country"),
    [
        ("en", "DE", "NETHERLANDS"),
        ("nl", "DE", "NIEDERLANDE"),
        ("fr", "CH", "PAYS-BAS"),
        ("", "DE", "NIEDERLANDE"),
    ],
)
def test_a_country_is_in_the_letters_language_where_the_post_reads_it(
    written_in: str, origin: str, country: str
) -> None:
    address = ("Muziek", "Dam 1", "1012 JS Amsterdam")

    assert envelope_lines(address, "NL", origin, written_in) == (*address, country)


def test_who_died_is_named_with_the_day() -> None:
    facts = {"service": "other", "merchant": "Muskelwerk", "country": "DE"}
    facts |= {"died_at": "2026-10-03", "price": "24.90 EUR", "period": "P1M"}
    details = {"holder": "Karl Müller", "authority": "heir"}

    for language, words_of_it in (
        ("de", "Karl Müller ist am 3. Oktober 2026 verstorben"),
        ("en", "Karl Müller died on 3 October 2026"),
    ):
        order = Wanted(kind="on-behalf-of", language=language)
        letter = write(facts | details, {"name": "Anna Müller"}, order).letter
        assert words_of_it in as_text(letter)


def test_who_wants_a_call_is_told_that_none_is_needed(client: Any) -> None:
    case = sent_case(client)
    call = "Your cancellation is only noted until you call us to confirm it."
    client.post(f"{case}reply/", {"words": call})
    typed = {"letter": "reply", "reply.answer": "redirected"}

    page = words(client.post(f"{case}letters/", ANNA | typed))

    assert "no call and no further step on my part is needed" in page


def test_no_call_is_needed_by_the_law_of_the_button() -> None:
    facts = {"service": "other", "merchant": "Muskelwerk", **GYM, "term": "P12M"}
    facts = {name: value for name, value in facts.items() if "term_" not in name}
    facts |= {"purchased_at": "2025-02-01", "price": "24.90 EUR", "kind": "software"}
    facts |= {"sold_by": "online", "answer": "call_wanted", "first_kind": "cancel"}

    order = Wanted(kind="reply", language="de")
    letter = as_text(write(facts, {"name": "Anna Müller"}, order).letter)

    assert "lässt sich dieser Vertrag ohne Anruf beenden" in letter
    assert "§ 312k" in letter
