"""What is owed to somebody who withdrew before Rescind knew of the contract."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from rescind.adapters import clock
from rescind.adapters.data.letters import languages
from rescind.adapters.public.verdict import verdict_json
from rescind.app.act.letters import Wanted
from rescind.app.act.plan import letter_called_for, plan
from rescind.app.act.telling import reasons
from rescind.app.follow import cases, received, reports, steps
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.asked_money import asked_back
from rescind.app.follow.case_letters import follow_up
from rescind.app.follow.confirming import say_money_came
from rescind.app.follow.differences import differences
from rescind.app.follow.owed import promised, shortfall
from rescind.app.know import check
from rescind.cli.main import cli
from rescind.core.act.decision import headline
from rescind.core.model.case import Case
from rescind.core.model.event_details import ConfirmedDetails
from rescind.core.model.message import Label, Reading
from rescind.core.model.money import Money
from rescind.store import listing, selectors
from rescind.store.listing import EVERY, Which
from rescind.web.case_card import case_card
from rescind.web.case_lines import case_lines
from rescind.web.case_state import CaseCard
from tests.conftest import SENDER
from tests.letters.scenarios import written
from tests.letters.test_clauses import WITHDRAWN
from tests.letters.test_faults import clauses


def case(**told: Any) -> Case:
    return Case(
        id="1",
        service="other",
        service_name="Herzblatt",
        offer=None,
        kind="refund",
        opened_at=datetime(2026, 11, 29, tzinfo=UTC),
        facts=WITHDRAWN | told,
        verdict=verdict_json(check.check(WITHDRAWN).verdict),
        sender={},
        events=(),
    )


MAGAZINE = {
    "service": "other",
    "merchant": "Le Courrier",
    "kind": "newspaper",
    "channel": "web",
    "sold_by": "online",
    "country": "FR",
    "as_of": "2026-11-29",
    "purchased_at": "2024-03-12",
    "term": "P1Y",
    "renewal_term": "P1Y",
    "period": "P1Y",
    "price": "59 EUR",
    "paid_at": "2026-03-12",
    "renewal_notice_given": False,
}
"""It renewed without a reminder: it ends at once, and 103 of 365 days are paid for."""
DAILY = MAGAZINE | {
    "merchant": "Dagsbladet",
    "country": "SE",
    "purchased_at": "2025-10-01",
    "price": "2400 SEK",
    "paid_at": "2026-10-01",
}
"""As before, by a law that is silent on the money: 305 of 365 days are paid for."""
MOVED = {
    "service": "other",
    "merchant": "Stadtwerke",
    "kind": "energy",
    "channel": "web",
    "sold_by": "online",
    "country": "DE",
    "as_of": "2026-11-29",
    "purchased_at": "2026-03-01",
    "term": "P12M",
    "notice": "P1M",
    "period": "P1M",
    "price": "85 EUR",
    "paid_at": "2026-11-01",
    "life_event": "moved",
    "moved_at": "2026-11-22",
    "new_home_served": False,
}
COURSE = {
    "service": "other",
    "merchant": "Brightpath",
    "kind": "course",
    "channel": "web",
    "sold_by": "online",
    "country": "GB",
    "as_of": "2026-11-29",
    "purchased_at": "2026-11-23",
    "term": "P1Y",
    "renewal_term": "P1Y",
    "period": "P1Y",
    "price": "240 GBP",
    "paid_at": "2026-11-23",
}


Opened = Callable[[Mapping[str, Any]], str]


@pytest.fixture
def opened(ready_desk: None, monkeypatch: pytest.MonkeyPatch) -> Opened:  # noqa: ARG001 - the database
    """Return what opens a case on 29 November 2026 and says its letter sent."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))

    def open_case(facts: Mapping[str, Any]) -> str:
        sender = SENDER | {"country": facts["country"]}
        kind = Wanted(kind=letter_called_for(facts))
        case_id = cases.new_case(facts, sender, kind)
        return cases.say_sent(case_id, "e-mail", None)

    return open_case


def confirmed(case_id: str) -> ConfirmedDetails:
    last = selectors.read_case(case_id).last(ConfirmedDetails)
    assert last is not None
    return last


def answered(case_id: str, text: str) -> Case:
    raw = (
        "From: help@merchant.example.org\r\nTo: ada@home.example.org\r\n"
        "Subject: Re: Cancellation\r\nMessage-ID: <1@merchant>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Date: Sun, 29 Nov 2026 10:00:00 +0000\r\n\r\n{text}\r\n"
    )
    received.take_in(case_id, raw.encode())
    return selectors.read_case(case_id)


def euros(amount: str) -> Money:
    return Money(amount=Decimal(amount), currency="EUR")


def granted(refund: Money | None) -> Reply:
    reading = Reading(
        label=Label.REFUND_GRANTED,
        sureness=0.9,
        needs_person=False,
        new_text="",
        because=(),
        refund=refund,
    )
    return Reply(
        text="",
        reading=reading,
        result="",
        said="",
        message="",
        is_unverified=False,
        came_on=date(2026, 12, 1),
    )


def test_the_part_that_came_is_measured_against_what_a_withdrawal_brings() -> None:
    """6 of 365 days were used: 353.49 is owed, and 91 leave 262.49."""
    part = shortfall(case(), [granted(euros("91.00"))]).part

    assert asked_back(case()) == euros("353.49")
    assert part is not None
    assert part.rest == euros("262.49")


def test_what_had_come_before_counts_to_what_is_promised() -> None:
    told = case(repaid="91.00 EUR")

    assert shortfall(told, [granted(euros("262.49"))]).part is None
    assert promised(told, [granted(euros("262.49"))]) == euros("262.49")
    assert promised(told, [granted(None)]) == euros("262.49")
    assert promised(case(), [granted(None)]) == euros("353.49")


def test_who_withdrew_before_did_not_begin_with_a_cancellation() -> None:
    assert follow_up(case()).first_kind == "refund"


def test_what_is_promised_is_waited_for_and_not_another_sum(
    opened: Opened,
) -> None:
    case_id = opened(COURSE)
    told = answered(
        case_id,
        "We have cancelled your membership. Your refund of £240.00 has been approved.",
    )

    assert asked_back(told) == Money(amount=Decimal("235.39"), currency="GBP")
    cases.confirm(case_id, ends_on="2026-11-29", note="")
    assert confirmed(case_id).refund == "240.00 GBP"


def test_the_rest_of_a_payment_that_an_end_at_once_brings_is_waited_for(
    opened: Opened,
) -> None:
    case_id = opened(MAGAZINE)
    answered(
        case_id,
        "Nous confirmons que votre abonnement est résilié au 29 novembre 2026. "
        "La somme de 16,48 EUR vous sera remboursée par virement.",
    )

    cases.confirm(case_id, ends_on="2026-11-29", note="")

    last = confirmed(case_id)
    assert (last.refund, bool(last.refund_by)) == ("16.48 EUR", True)


def test_the_rest_that_no_law_gives_back_is_asked_for_and_measured(
    opened: Opened,
) -> None:
    case_id = opened(DAILY)
    told = answered(
        case_id,
        "Vi bekräftar att din prenumeration är avslutad per den 29 november 2026. "
        "Som en goodwill-gest betalar vi tillbaka 1 000 kr.",
    )

    part = shortfall(told, answers(told)).part

    assert asked_back(told) == Money(amount=Decimal("2005.47"), currency="SEK")
    assert part is not None
    assert part.rest == Money(amount=Decimal("1005.47"), currency="SEK")


@pytest.mark.parametrize("language", languages("cancel"))
def test_the_rest_that_no_law_gives_back_is_asked_for_in_every_language(
    language: str,
) -> None:
    letter = written("cancel", language, **DAILY).letter

    assert "unused" in clauses(letter)


def test_the_answer_asks_for_the_rest_that_no_law_gives_back() -> None:
    planned = plan(DAILY)

    assert headline(planned.checked, planned.plan).code == "cancel_and_ask"
    assert [each.code for each in reasons(planned)][-1] == "unused_asked"


def test_what_turns_on_an_open_fact_was_not_surely_asked_back() -> None:
    """Nobody told whether the right was explained: a withdrawal is one in case."""
    told = case()
    verdict = verdict_json(check.check(MOVED).verdict)
    unsure = replace(told, kind="withdraw", facts=MOVED, verdict=verdict)

    assert verdict["topics"]["withdrawal"]["answer"] == "depends"
    assert verdict["topics"]["withdrawal"]["amount"] is not None
    assert asked_back(replace(unsure, events=told.events)) is None


@pytest.mark.parametrize("language", languages("reply"))
def test_no_sum_is_insisted_on_that_turns_on_an_open_fact(language: str) -> None:
    about = {"answer": "refund_refused", "answered_on": "2026-11-27"}
    first = {"first_kind": "withdraw", "first_sent_on": "2026-11-27"}
    letter = written("reply", language, **MOVED, **about, **first).letter

    assert "sum" not in clauses(letter)


@pytest.mark.parametrize("language", languages("refund"))
def test_money_has_not_come_only_once_its_day_is_past(language: str) -> None:
    about: dict[str, Any] = {"promised": "91 EUR", "promised_on": "2026-11-20"}
    about |= WITHDRAWN | {"cancelled_at": None}
    ahead = written("refund", language, **about, promised_for="2027-12-13").letter
    past = written("refund", language, **about, promised_for="2025-11-20").letter

    assert "not-arrived" not in clauses(ahead)
    assert "not-arrived" in clauses(past)


def test_a_right_is_named_once_among_the_reasons() -> None:
    """The action names the right alone; the end by it names it with its day."""
    raised = {"service": "other", "merchant": "NOS", "kind": "telecom", "country": "PT"}
    raised |= {"purchased_at": "2026-05-10", "paid_at": "2026-11-10", "term": "P24M"}
    raised |= {"period": "P1M", "price": "39.99 EUR", "as_of": "2026-11-29"}
    raised |= {"channel": "web", "price_raised_at": "2027-01-01"}

    rights = [dict(each.values).get("right") for each in reasons(plan(raised))]

    named = [right for right in rights if right is not None]
    assert len(named) == len(set(named)) > 0


def test_an_end_that_says_nothing_of_the_money_leaves_it_open(
    opened: Opened,
) -> None:
    case_id = opened(MAGAZINE)
    told = answered(
        case_id, "Nous confirmons que votre abonnement est résilié au 29 novembre 2026."
    )

    codes = [each["code"] for each in differences(told, answers(told))]

    assert codes == ["money_open"]
    cases.confirm(case_id, ends_on="2026-11-29", note="")
    assert confirmed(case_id).refund == "16.48 EUR"


def test_who_takes_a_later_end_has_given_up_no_money(
    opened: Opened,
) -> None:
    case_id = opened(MAGAZINE)
    answered(
        case_id, "Nous confirmons que votre abonnement prendra fin le 11 mars 2027."
    )

    steps.write_next(case_id, "reply", {})
    letter = selectors.letter(selectors.read_case(case_id)).text
    cases.confirm(case_id, ends_on="2027-03-11", note="")

    assert "16,48" in letter
    assert "29 novembre 2026" in letter
    assert confirmed(case_id).refund == "16.48 EUR"


def test_money_that_is_open_is_asked_about_until_the_person_gives_it_up(
    opened: Opened,
) -> None:
    case_id, client = opened(MAGAZINE), Client(HTTP_HOST="127.0.0.1")
    answered(
        case_id, "Nous confirmons que votre abonnement prendra fin le 11 mars 2027."
    )
    told = {"ends_on": "2027-03-11"}

    page = client.post(f"/cases/{case_id}/confirm/", told, follow=True).text
    given_up = client.post(f"/cases/{case_id}/confirm/", {"money": "none"}, follow=True)

    assert "Ends on Thursday 11 March 2027. Does €16.48 come back?" in page
    assert "they have not granted it: look at your account by" in page
    assert page.index("Nothing is to come back") < page.index("Their words")
    assert "come back?" not in given_up.text
    assert "You said that nothing is to come back" in given_up.text


def test_money_that_they_refused_is_answered_first(opened: Opened) -> None:
    case_id, client = opened(MAGAZINE), Client(HTTP_HOST="127.0.0.1")
    answered(
        case_id,
        "Nous confirmons que votre abonnement est résilié au 29 novembre 2026. Aucun "
        "remboursement ne sera effectué.",
    )

    cases.confirm(case_id, ends_on="2026-11-29", note="")
    page = client.get(f"/cases/{case_id}/").text

    assert "Does €16.48 come back?" in page
    assert page.index("Prepare the answer") < page.index("It came")


def test_an_end_that_only_the_person_tells_gives_up_no_money(opened: Opened) -> None:
    case_id = opened(MAGAZINE)

    cases.confirm(case_id, ends_on="2026-11-29", note="They told me by telephone")

    assert confirmed(case_id).refund == "16.48 EUR"


PROMISE = "We have cancelled your membership. Your refund of £240.00 has been approved."


LESS = (
    "We have cancelled your membership and will refund £200.00. "
    "A £40 administration fee applies."
)


def later(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: at)


def promised_and_confirmed(opened: Opened, **told: str) -> str:
    case_id = opened(COURSE | {name: text for name, text in told.items() if text})
    answered(case_id, PROMISE)
    return cases.confirm(case_id, ends_on="2026-11-29", note="")


def answered_again(case_id: str, text: str) -> None:
    received.take_in(case_id, text.encode())


def card(case_id: str) -> CaseCard:
    case = selectors.read_case(case_id)
    return case_card(case, answers(case), steps.steps(case), ())


def run(command: str) -> str:
    said = CliRunner().invoke(cli, ["case", *command.split()]).output
    return " ".join(said.split())


def letter_of(case_id: str, kind: str) -> str:
    steps.write_next(case_id, kind, {})
    return selectors.letter(selectors.read_case(case_id)).text


def test_a_refund_that_is_late_is_to_be_done_with_its_sum_and_day(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = promised_and_confirmed(opened)
    before = case_lines(listing.listed_cases(clock.now()))

    later(monkeypatch, date(2026, 12, 14))
    lines = case_lines(listing.listed_cases(clock.now()))
    to_do = listing.sought_cases(clock.now(), EVERY, which=Which.TO_DO)
    ended = listing.sought_cases(clock.now(), EVERY, which=Which.ENDED)

    line = next(line for line in lines.act if line.id == case_id)
    assert case_id in {line.id for line in before.waiting}
    assert case_id not in {line.id for line in lines.safe}
    assert line.title == "Brightpath has not paid £240 back"
    assert "£240 was due on Sunday 13 December" in line.next
    assert case_id in {row.id for row in to_do}
    assert case_id not in {row.id for row in ended}


def test_the_letter_for_money_that_is_late_names_the_promise_and_the_law(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = promised_and_confirmed(opened)

    later(monkeypatch, date(2026, 12, 20))
    text = letter_of(case_id, "refund")

    assert "Please repay £240.00" in text
    assert "I cancelled the contract on 29 November 2026." in text
    assert "On 29 November 2026 you promised to repay me £240.00." in text
    assert "The repayment was due by 13 December 2026 at the latest." in text
    assert "regulations 29, 30, 32 and 34" in text
    assert "Please repay the money in full by 3 January 2027" in text
    assert "goodwill" not in text


@pytest.mark.parametrize(
    ("method", "letter"),
    [("visa-credit", "dispute"), ("mastercard-debit", "complaint")],
)
def test_money_that_was_asked_for_again_in_vain_goes_to_the_bank_or_a_body(
    method: str, letter: str, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = promised_and_confirmed(opened, payment_method=method)
    later(monkeypatch, date(2026, 12, 20))
    letter_of(case_id, "refund")
    cases.say_sent(case_id, "e-mail", None)

    waiting = card(case_id)
    later(monkeypatch, date(2027, 1, 4))
    unpaid = card(case_id)

    assert (
        "£240 again: look at your account by Sunday 3 January" in waiting.rows[0].value
    )
    assert unpaid.tone == "late"
    assert unpaid.button is not None
    assert unpaid.button.fields == (("letter", letter),)
    text = letter_of(case_id, letter)
    assert "I cancelled the contract on 29 November 2026" in text
    assert "£240.00" in text


def test_a_refusal_after_a_promise_is_not_waited_out(opened: Opened) -> None:
    case_id = promised_and_confirmed(opened)
    answered_again(case_id, "We cannot refund you. Your refund request was declined.")

    refused = card(case_id)

    assert refused.title == "Brightpath refuses to pay £240 back"
    assert refused.button is not None
    assert refused.button.fields == (("letter", "refund"),)


def test_a_bank_that_has_the_letter_for_the_money_is_waited_for(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = promised_and_confirmed(opened, payment_method="visa-credit")
    later(monkeypatch, date(2026, 12, 20))
    letter_of(case_id, "dispute")
    cases.say_sent(case_id, "at the branch", None)

    titles = [card(case_id).title]
    later(monkeypatch, date(2027, 1, 4))
    titles += [card(case_id).title]
    lines = case_lines(listing.listed_cases(clock.now()))

    assert titles == ["Waiting for your bank", "Ask your bank what became of it"]
    assert "Sunday 3 January" in next(
        line.next for line in lines.act if line.id == case_id
    )


def test_a_promise_of_less_is_no_payment_and_counts_after_a_confirmation(
    opened: Opened,
) -> None:
    case_id = promised_and_confirmed(opened)
    answered_again(case_id, LESS)

    said = card(case_id).rows[0].value
    text = letter_of(case_id, "refund")

    assert said == "Brightpath grants £200 of £235.39: £35.39 is still missing"
    assert "Please repay £35.39 for Brightpath, over and above the £200.00" in text
    assert "You owe me £235.39 in all." in text
    assert "have repaid" not in text


def test_what_came_is_said_to_have_come(opened: Opened) -> None:
    case_id = opened(COURSE)
    answered(case_id, "We have cancelled your membership and will refund £200.00.")
    cases.confirm(case_id, ends_on="2026-11-29", note="")
    say_money_came(case_id)

    text = letter_of(case_id, "refund")

    assert "So far you have repaid £200.00." in text
    assert "agreed to repay" not in text


def test_the_day_that_they_name_for_the_money_is_waited_for(opened: Opened) -> None:
    case_id = opened(MAGAZINE)
    answered(
        case_id,
        "La résiliation est effective au 29 novembre 2026 et la somme de 16,48 EUR "
        "vous sera remboursée par virement d'ici au 29 décembre.",
    )
    cases.confirm(case_id, ends_on="2026-11-29", note="")

    assert confirmed(case_id).refund_by == date(2026, 12, 29)


def test_the_rest_that_an_end_brings_is_asked_for_by_the_confirmed_end(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = opened(MAGAZINE)
    answered(
        case_id, "Nous confirmons que votre abonnement est résilié au 29 novembre 2026."
    )
    cases.confirm(case_id, ends_on="2026-11-29", note="")

    later(monkeypatch, date(2026, 12, 20))
    text = letter_of(case_id, "refund")

    assert "Le 29 novembre 2026, vous avez confirmé la fin du contrat." in text
    assert "16,48" in text
    assert "geste commercial" not in text


def test_the_command_line_says_that_money_is_late(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = promised_and_confirmed(opened)
    later(monkeypatch, date(2026, 12, 20))

    listed, due, shown, ladder = (
        run(command)
        for command in ("list", "due", f"show {case_id}", f"steps {case_id}")
    )

    assert "£240 was due on 13 December 2026" in listed
    assert "240.00 GBP" in due
    assert "money: £240 was due on 13 December 2026" in shown
    assert "Ask for the money again" in ladder


PHONE = {
    "service": "other",
    "merchant": "Veloz",
    "kind": "telecom",
    "channel": "web",
    "sold_by": "phone",
    "country": "ES",
    "as_of": "2026-11-29",
    "purchased_at": "2026-02-15",
    "term": "P1Y",
    "period": "P1M",
    "price": "35 EUR",
    "paid_at": "2026-11-15",
}


@pytest.fixture
def phone(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what writes to the bank of a charge after an answer that was recorded."""

    def dispute(said: str, *, ends_on: str, charge: str) -> str:
        case_id = opened(PHONE)
        if said:
            answered(case_id, f"Confirmamos la baja de su contrato. {said}")
            cases.confirm(case_id, ends_on=ends_on, note="")
        later(monkeypatch, date(2026, 12, 20))
        reports.charged(case_id, on="2026-12-15", amount=charge)
        return letter_of(case_id, "dispute")

    return dispute


ENDS = "La baja se hará efectiva el 1 de diciembre de 2026."


def test_the_bank_is_told_of_silence_only_where_nothing_came(
    phone: Callable[..., str],
) -> None:
    text = phone("", ends_on="", charge="35 EUR")

    assert "no he recibido una respuesta" in text


def test_the_bank_is_told_of_a_confirmation_and_of_no_silence(
    phone: Callable[..., str],
) -> None:
    text = phone(ENDS, ends_on="2026-12-01", charge="35 EUR")

    assert "no he recibido una respuesta" not in text
    assert (
        "El 29 de noviembre de 2026 la empresa confirmó que el contrato terminó el "
        "1 de diciembre de 2026; este cobro se hizo después de esa fecha"
    ) in text
    assert "periodo posterior" not in text


@pytest.mark.parametrize("language", languages("dispute"))
def test_a_charge_before_the_confirmed_end_is_not_called_one_after_it(
    language: str,
) -> None:
    record = {"first_sent_on": "2026-10-20", "confirmed_on": "2026-10-22"}
    record |= {"their_end_on": "2026-12-31"}

    said = clauses(written("dispute", language, **record).letter)

    assert {"cancelled-before-charge", "wrote", "confirmed"} <= said.keys()
    assert not {"charged-after", "after-end", "network", "tried"} & said.keys()


def test_a_fee_that_they_announced_is_called_a_fee_to_the_bank(
    phone: Callable[..., str],
) -> None:
    fee = "Le recordamos que se le cobrará una penalización de 42,50 €."

    text = phone(f"{ENDS} {fee}", ends_on="2026-12-01", charge="42.50 EUR")

    assert "exige esta cantidad por terminar el contrato antes de tiempo" in text
    assert "consentimiento" not in text


def test_a_part_that_was_promised_is_asked_of_the_bank_as_a_part(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = opened(MAGAZINE | {"payment_method": "visa-credit"})
    answered(
        case_id,
        "Nous confirmons que votre abonnement est résilié au 29 novembre 2026. "
        "La somme de 16,48 EUR vous sera remboursée par virement.",
    )
    cases.confirm(case_id, ends_on="2026-11-29", note="")
    later(monkeypatch, date(2027, 1, 5))

    text = letter_of(case_id, "dispute")

    assert "recréditer la somme de 16,48" in text
    assert "s’est engagée à me rembourser 16,48" in text
