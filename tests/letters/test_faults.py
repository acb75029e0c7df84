"""Kinds of fault that letters had once, each held out of every language.

A fault found in one language is looked for in all of them.
"""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from rescind.adapters.data.letters import kinds, languages, read_kind, read_letter_text
from rescind.app.act.bodies import competent_body
from rescind.core.act.letter import REASON, as_form_text, as_text
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter
from tests.letters.scenarios import PLACES, all_letters, written

LETTERS = list(all_letters())
ENDED = {"cancelled_at": "2026-10-20", "paid_at": "2026-11-10"}
DEMANDS = {
    "refund": ("pay-back", "pay-back-disputed"),
    "second-notice": ("charged-after", "charged-after-disputed", "answer-money"),
    "stop-charging": ("charged-after-plain", "charged-after-disputed-plain"),
    "withdraw": ("repay", "repay-by"),
}
"""Clauses that demand money, by the kind they stand in."""
METHODS = (
    *("sepa-debit", "direct-debit", "bank-account", "card", "visa-debit", "upi"),
    *("mandate", "paypal", "invoice", "other", None),
)
ORDERS = frozenset({"sepa", "direct-debit", "account", "card", "mandate", "any"})
"""Clauses that tell a bank what to do: exactly one of them stands in each letter."""
ALSO = re.compile(
    r"\balso rely\b|außerdem auf|\bégalement sur\b|\bademás en\b|\binoltre a\b"
    r"|\book op\b"
    r"|\btambém o seguinte\b|\bäven följande\b|\bogså til\b|\bmyös seuraavaan\b"
    r"|\btakże na\b"
)
"""'Also', where nothing stands before it."""
MY_ACCOUNT = re.compile(
    r"\bmy account\b|\bmeinem Konto\b|\bmon compte\b|\bmi cuenta\b|\bmio account\b"
    r"|\bmitt konto\b"
)
FORMS = re.compile(r"\w\((e|a|o|in|ne)\)|\b\w+/(a|e|in|o|r)\b|\[[^]]*\]|\.\.\.|…")
"""Marks of a form that somebody still has to fill in or strike out."""
STATUTE = re.compile(r"(\b[Aa]rt(igo|\.|\b)|§|धारा) ?\d")
ARCHIVE = re.compile(r"archived|OpenTermsArchive|\b\d{4}-\d\d-\d\d\b")
ENGLISH_NAMES = re.compile(
    r"29 European Consumer Centres|OMIC and|, monthly\b|, annual\b"
)


def clauses(letter: Letter) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in letter.paragraphs}


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_every_clause_has_words_of_its_own(kind: str, language: str) -> None:
    texts = read_letter_text(kind, language).texts
    missing = [
        clause.id
        for clause in read_kind(kind).clauses
        if clause.id != REASON and clause.id not in texts
    ]

    assert missing == []


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", DEMANDS)
def test_a_demand_for_money_names_its_day(kind: str, language: str) -> None:
    texts = read_letter_text(kind, language).texts

    for clause in DEMANDS[kind]:
        assert re.search(r"\{(pay_by|repay_by)\}", texts[clause]), clause
        if clause == "charged-after":
            assert "{charged}" in texts[clause]


@pytest.mark.parametrize("language", PLACES)
def test_what_only_asks_has_a_subject_that_asks(language: str) -> None:
    text = read_letter_text("withdraw", language)
    letter = written("withdraw", language, purchased_at="2026-03-10").letter

    said = clauses(letter)
    assert text.subject_ask
    assert letter.subject.replace("\u00a0", " ") == text.subject_ask.format(
        plan="Nordstern Plus"
    )
    assert {"ask", "stop", "confirm-ask"} <= said.keys()
    assert not {"alternative", "stop-now", "confirm-withdrawal"} & said.keys()


@pytest.mark.parametrize("language", PLACES)
def test_a_withdrawal_stops_at_once_and_has_an_alternative(language: str) -> None:
    said = clauses(written("withdraw", language, country="DE").letter)

    assert {"alternative", "stop-now", "confirm-withdrawal"} <= said.keys()
    assert "stop" not in said


@pytest.mark.parametrize("language", PLACES)
def test_goodwill_never_stands_beside_a_right(language: str) -> None:
    open_right = {"country": "DE", "purchased_at": "2026-11-16"}
    in_time = clauses(written("refund", language, **open_right, **_none()).letter)
    too_late = clauses(written("refund", language, country="DE", **_none()).letter)

    assert "goodwill" not in in_time
    assert {"withdraw-too", "pay-back"} <= in_time.keys()
    assert {"goodwill", "pay-back-ask"} <= too_late.keys()
    assert "pay-back" not in too_late


def _none() -> dict[str, Any]:
    return {"cancelled_at": None, "paid_at": None}


@pytest.mark.parametrize("language", PLACES)
def test_an_answer_on_record_is_not_denied(language: str) -> None:
    silent = clauses(written("second-notice", language).letter)
    answered = written("second-notice", language, answered_on="2026-11-02").letter

    assert "first" in silent
    assert "first-answered" in clauses(answered)
    assert "first" not in clauses(answered)


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_nothing_is_relied_on_also_and_nothing_is_left_to_fill_in(
    kind: str, language: str
) -> None:
    text = read_letter_text(kind, language)

    assert not ALSO.search(text.texts["rely"])
    for clause in (c.id for c in text.kind.clauses if c.id in text.texts):
        assert not FORMS.search(text.texts[clause]), clause


@pytest.mark.parametrize("language", languages("on-behalf-of"))
@pytest.mark.parametrize("authority", ["heir", "guardian", "carer", "attorney"])
def test_the_holders_account_is_not_the_senders(language: str, authority: str) -> None:
    letter = written("on-behalf-of", language, authority=authority).letter

    said = clauses(letter)
    assert not MY_ACCOUNT.search("\n".join(said.values()))
    assert ("write-to-me" in said) is (authority != "heir")


@pytest.mark.parametrize("language", languages("complaint"))
@pytest.mark.parametrize("kind", ["complaint", "dispute"])
def test_only_what_exists_is_enclosed(kind: str, language: str) -> None:
    unsent = clauses(written(kind, language, first_sent_on=None).letter)
    answered = {"first_sent_on": "2026-10-20", "answered_on": "2026-10-25"}
    both = clauses(written(kind, language, **answered).letter)

    assert "enclosed-plain" in unsent
    assert "enclosed-answer" in both


@pytest.mark.parametrize("language", languages("complaint"))
@pytest.mark.parametrize(
    ("facts", "clause"),
    [
        ({"problem": "cancellation"}, "ask-ended"),
        ({"problem": "cancellation", "cancelled_at": None}, "ask"),
        ({"problem": "refund"}, "ask-money"),
        ({"problem": "data"}, "ask-help"),
    ],
)
def test_a_complaint_asks_for_what_it_is_about(
    language: str, facts: dict[str, Any], clause: str
) -> None:
    said = clauses(written("complaint", language, **facts).letter)

    assert {name for name in said if name.startswith("ask")} == {clause}
    assert ("declare-ended" in said) is ("cancelled_at" not in facts)


@pytest.mark.parametrize("language", PLACES)
def test_an_end_is_confirmed_before_the_next_charge(language: str) -> None:
    letter = written("cancel", language, purchased_at="2026-10-28").letter

    assert letter.confirm_by == date(2026, 11, 28) - timedelta(days=1)


@pytest.mark.parametrize("language", PLACES)
def test_three_days_are_left_to_answer(language: str) -> None:
    letter = written("cancel", language, purchased_at="2026-10-22").letter

    assert letter.confirm_by == date(2026, 11, 23)


@pytest.mark.parametrize(("kind", "language"), LETTERS)
def test_no_note_of_ours_and_no_english_name_is_printed(
    kind: str, language: str
) -> None:
    facts = {"service": "coursera", "offer": "plus-annual", "kind": None}
    bought = {"country": "US", "purchased_at": "2026-11-16", "merchant": None}
    bought |= {"cancelled_at": None, "paid_at": None, "told_on": None}
    bought |= {"reason": "1"} if kind == "dispute" else {}
    text = as_text(written(kind, language, **facts, **bought).letter)

    assert not ARCHIVE.search(text)
    assert language == "en" or not ENGLISH_NAMES.search(text)


@pytest.mark.parametrize("language", PLACES)
def test_a_bank_is_not_told_of_the_contract(language: str) -> None:
    letter = written("stop-payment", language).letter
    labels = {label for label, _ in letter.references}

    text = read_letter_text("stop-payment", language)
    assert not {text.labels["plan"], text.labels["bought_on"]} & labels
    assert "despite" in clauses(letter)


@pytest.mark.parametrize("language", languages("dispute"))
def test_who_did_not_authorise_names_no_purchase(language: str) -> None:
    letter = written("dispute", language, charge_unauthorised=True).letter

    assert "what" not in clauses(letter)
    assert "Nordstern Plus" not in as_text(letter)


@pytest.mark.parametrize("language", ["de", "it", "cs"])
def test_a_form_without_salutation_begins_with_a_capital(language: str) -> None:
    letter = written("cancel", language).letter
    text = as_form_text(letter, None)

    first = letter.paragraphs[0].text
    assert text is not None
    assert first[0].upper() + first[1:] in text


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("method", METHODS)
def test_a_bank_is_always_told_what_to_do(language: str, method: str | None) -> None:
    said = clauses(written("stop-payment", language, payment_method=method).letter)

    assert len(ORDERS & said.keys()) == 1


@pytest.mark.parametrize("language", PLACES)
def test_an_unauthorised_charge_is_no_matter_of_goodwill(language: str) -> None:
    facts = {"cancelled_at": None, "charge_unauthorised": True}
    said = clauses(written("refund", language, **facts).letter)

    assert {"unauthorised", "pay-back"} <= said.keys()
    assert "goodwill" not in said


@pytest.mark.parametrize("language", PLACES)
def test_what_falls_short_is_no_matter_of_goodwill(language: str) -> None:
    facts = {"cancelled_at": None, "service_not_as_promised": True}
    said = clauses(written("refund", language, **facts).letter)

    assert "not-as-promised" in said
    assert "goodwill" not in said


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["withdraw", "refund"])
def test_a_late_withdrawal_says_why_it_is_in_time(language: str, kind: str) -> None:
    late = {"country": "DE", "purchased_at": "2026-06-16", **_none()}
    untold = written(kind, language, withdrawal_informed=False, **late).letter
    in_time = written(kind, language, **late | {"purchased_at": "2026-11-16"}).letter

    assert "uninformed" in clauses(untold)
    assert "uninformed" not in clauses(in_time)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["withdraw", "refund"])
def test_a_second_right_after_a_trial_says_why(language: str, kind: str) -> None:
    trial: dict[str, Any] = {
        "purchased_at": "2026-11-01",
        "trial_ends_at": "2026-11-08",
    }
    trial |= {"had_trial": True, "trial_price_clear": False, "country": "DE"}
    told = {"withdrawal_informed": True, "cancelled_at": None}
    letter = written(kind, language, **trial, **told, paid_at="2026-11-08").letter

    assert "restarted" in clauses(letter)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize(
    ("kind", "clause"), [("cancel", "declare-died"), ("refund", "died")]
)
def test_the_dead_write_no_letters(language: str, kind: str, clause: str) -> None:
    facts = {"died_at": "2026-11-05", "purchased_at": "2026-03-10", **_none()}
    said = clauses(written(kind, language, **facts).letter)

    assert clause in said
    assert "goodwill" not in said
    assert kind == "refund" or "declare" not in said


@pytest.mark.parametrize("language", PLACES)
def test_a_renewal_is_not_told_as_the_first_payment(language: str) -> None:
    renewed = written("refund", language, period="P1Y", **_bought("2025-11-18"))
    fresh = written("refund", language, period="P1Y", **_bought("2026-11-18"))

    assert "declare-undated" in clauses(renewed.letter)
    assert "declare-bought" in clauses(fresh.letter)


def _bought(day: str) -> dict[str, Any]:
    return {"purchased_at": day, **_none()}


@pytest.mark.parametrize("language", PLACES)
def test_goods_are_named_with_the_day_they_came(language: str) -> None:
    goods = {"kind": "goods", "delivered_at": "2026-11-17", "period": None}
    letter = written("withdraw", language, country="DE", **goods).letter

    assert "received" in clauses(letter)


@pytest.mark.parametrize("language", PLACES)
def test_a_trial_has_not_been_paid_for(language: str) -> None:
    trial: dict[str, Any] = {"had_trial": True, "country": "PL"}
    trial |= {"purchased_at": "2026-11-15", "trial_ends_at": "2026-11-25"}
    running = clauses(written("cancel", language, **trial).letter)
    paid = clauses(written("cancel", language, country="PL").letter)

    assert "effective-trial" in running
    assert "effective" not in running
    assert "effective" in paid


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("event", ["price-raised", "terms-changed"])
def test_the_change_that_opens_the_way_out_is_named(language: str, event: str) -> None:
    fact = {f"{event.replace('-', '_')}_at": "2027-01-01"}

    assert event in clauses(written("cancel", language, **fact).letter)


@pytest.mark.parametrize("language", PLACES)
def test_nobody_doubts_a_withdrawal_of_their_own(language: str) -> None:
    facts = {"cancelled_at": None, "paid_at": None, "withdrawn_at": "2026-03-16"}
    said = clauses(written("stop-charging", language, **facts).letter)

    assert "withdrew" in said
    assert "not-cancelled" not in said


@pytest.mark.parametrize("language", ["pt", "pt-BR", "pl", "cs", "hi"])
def test_a_statute_is_cited_only_where_it_is_in_force(language: str) -> None:
    """The double sum of Brazil's code once stood in letters from anywhere.

    A clause that rests on a right falls away where the verdict has none of it.
    """
    words = [
        f"{kind} {clause}"
        for kind in kinds()
        if kind != "erase" and language in languages(kind)
        for clause, text in read_letter_text(kind, language).texts.items()
        if STATUTE.search(text)
        and not any(c.rests_on for c in read_kind(kind).clauses if c.id == clause)
    ]

    assert words == []


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["refund", "stop-charging", "second-notice"])
def test_the_double_sum_is_asked_for_in_brazil_alone(language: str, kind: str) -> None:
    assert "double" in clauses(written(kind, language, country="BR").letter)
    assert "double" not in clauses(written(kind, language, country="PT").letter)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize(
    ("country", "method"),
    [("PL", "card"), ("GB", "card"), ("IN", "upi"), ("BR", "direct-debit")],
)
def test_a_bank_is_told_the_law(language: str, country: str, method: str) -> None:
    facts = {"country": country, "payment_method": method}

    assert "rely" in clauses(written("stop-payment", language, **facts).letter)


@pytest.mark.parametrize("language", languages("reply"))
def test_a_refused_withdrawal_is_answered_as_one(language: str) -> None:
    withdrawn = {"first_kind": "withdraw", "answer": "refused"}
    said = clauses(written("reply", language, **withdrawn).letter)
    cancelled = clauses(written("reply", language, answer="refused").letter)

    assert {"refused-withdrawal", "stop-now", "pay-after-all"} <= said.keys()
    assert not {"refused", "stop", "confirm-end"} & said.keys()
    assert {"refused", "stop", "confirm-end"} <= cancelled.keys()


@pytest.mark.parametrize("language", languages("reply"))
def test_a_refused_claim_for_money_is_no_refused_cancellation(language: str) -> None:
    money = {"first_kind": "refund", "answer": "refused"}
    said = clauses(written("reply", language, **money).letter)

    assert {"refund-refused", "pay-after-all"} <= said.keys()
    assert not {"refused", "confirm-end"} & said.keys()


@pytest.mark.parametrize("language", languages("reply"))
def test_money_taken_after_the_end_is_named_in_a_reply(language: str) -> None:
    assert "charged-after" in clauses(written("reply", language, **ENDED).letter)


@pytest.mark.parametrize("language", PLACES)
def test_erasure_is_a_matter_for_the_data_protection_authority(language: str) -> None:
    said = clauses(written("second-notice", language, first_kind="erase").letter)

    assert {"next-data", "next-data-body"} & said.keys()
    assert not {"next", "next-body"} & said.keys()


@pytest.mark.parametrize(
    ("kind", "day"), [("energy", date(2026, 11, 27)), ("streaming", date(2026, 12, 4))]
)
@pytest.mark.parametrize("charge", [None, "P1M"])
def test_a_notice_is_confirmed_in_the_week_that_a_law_gives(
    kind: str, day: date, charge: str | None
) -> None:
    """EnWG § 41b(1): a supplier confirms within a week of the notice's arrival."""
    more = {"kind": kind, "term": "P24M", "notice": "P1M", "period": charge}
    letter = written("cancel", "de", country="DE", **more).letter

    assert letter.confirm_by == day


@pytest.mark.parametrize("language", languages("erase"))
def test_erasure_is_asked_for(language: str) -> None:
    """A law that the language cannot cite once took the demand out with it."""
    said = clauses(written("erase", language).letter)

    assert {"demand", "ask"} & said.keys()


@pytest.mark.parametrize("language", languages("price-rise"))
@pytest.mark.parametrize("kind", ["price-rise", "term-change"])
def test_a_change_in_force_is_not_left_before_its_day(kind: str, language: str) -> None:
    late = clauses(written(kind, language, change_on="2026-11-01").letter)
    in_time = clauses(written(kind, language).letter)

    assert "refuse-late" in late
    assert not {"refuse", "refuse-by"} & late.keys()
    # it ends sooner than the change applies, and a letter names no other end
    assert "refuse" in in_time
    assert "refuse-by" not in in_time


@pytest.mark.parametrize("language", PLACES)
def test_what_was_begun_at_ones_own_wish_may_cost_its_share(language: str) -> None:
    begun = written("withdraw", language, country="DE", start_requested=True).letter
    plain = written("withdraw", language, country="DE").letter

    assert "share" in clauses(begun)
    assert "share" not in clauses(plain)


@pytest.mark.parametrize("language", PLACES)
def test_a_box_that_came_is_goods_and_goes_back(language: str) -> None:
    box = {"kind": "box", "delivered_at": "2026-11-17", "country": "DE"}
    said = clauses(written("withdraw", language, **box).letter)

    assert {"declare-goods", "received", "send-back", "alternative"} <= said.keys()


@pytest.mark.parametrize("language", PLACES)
def test_a_missing_reminder_is_told_where_a_law_is_cited(language: str) -> None:
    renewed = {"country": "FR", "period": "P1Y", "term": "P1Y", "renewal_term": "P1Y"}
    renewed |= {"purchased_at": "2025-10-15"}
    letter = written("cancel", language, renewal_notice_given=False, **renewed).letter

    assert {"unannounced", "rely", "unused"} <= clauses(letter).keys()


@pytest.mark.parametrize("language", PLACES)
def test_unused_money_is_not_asked_for_before_it_is_owed(language: str) -> None:
    text = read_letter_text("cancel", language).texts["unused"]

    assert "{unused_by}" in text
    assert "{pay_by}" not in text


@pytest.mark.parametrize("language", languages("complaint"))
def test_a_complaint_does_not_deny_a_withdrawal(language: str) -> None:
    withdrawn = {"cancelled_at": None, "withdrawn_at": "2026-03-16"}
    said = clauses(written("complaint", language, **withdrawn).letter)

    assert "declare-ended" in said
    assert "declare" not in said


@pytest.mark.parametrize("language", languages("on-behalf-of"))
def test_heirs_enclose_the_certificate_of_death(language: str) -> None:
    heir = clauses(written("on-behalf-of", language, authority="heir").letter)
    guardian = clauses(written("on-behalf-of", language, authority="guardian").letter)

    assert "proof-heir" in heir
    assert "proof-heir" not in guardian


@pytest.mark.parametrize("language", languages("dispute"))
@pytest.mark.parametrize("method", ["sepa-debit", "visa-credit", "bank-account"])
def test_an_unauthorised_payment_has_its_law(language: str, method: str) -> None:
    facts = {"country": "FR", "payment_method": method, "cancelled_at": None}
    letter = written("dispute", language, charge_unauthorised=True, **facts).letter

    assert "rely-unauthorised" in clauses(letter)
    assert "rely" not in clauses(letter)


NATIONAL = {"fr": "FR", "es": "ES", "it": "IT", "de": "DE", "en": "GB"}
NATIONAL |= {"sv": "SE", "da": "DK", "nb": "NO", "fi": "FI", "pt": "PT", "el": "GR"}
NATIONAL |= {"pl": "PL", "cs": "CZ"}
"""Languages of which the acts that carry the payments directive out were read."""


@pytest.mark.parametrize(("language", "country"), NATIONAL.items())
@pytest.mark.parametrize("method", ["sepa-debit", "visa-debit"])
def test_a_bank_is_told_the_act_that_binds_it(
    language: str, country: str, method: str
) -> None:
    facts = {"country": country, "payment_method": method, "charge_unauthorised": True}
    for kind in ("dispute", "stop-payment"):
        text = as_text(written(kind, language, **facts).letter)

        assert "2015/2366" not in text


CHARGEBACK = re.compile(
    r"[Cc]hargeback|rétrofacturation|retroces|retroceso|\bstorno|チャージバック|चार्जबैक"
)


@pytest.mark.parametrize("language", PLACES)
def test_a_chargeback_is_a_matter_of_cards(language: str) -> None:
    debit = as_text(written("dispute", language, payment_method="sepa-debit").letter)
    card = as_text(written("dispute", language, payment_method="visa-credit").letter)

    assert not CHARGEBACK.search(debit)
    assert CHARGEBACK.search(card)


@pytest.mark.parametrize("language", PLACES)
def test_a_right_that_is_open_is_not_given_away(language: str) -> None:
    """Whether it was waived is not known: a letter that only asked let it lapse."""
    content = {"kind": "digital_content", "country": "DE"}
    unknown = clauses(written("withdraw", language, **content).letter)
    waived = written("withdraw", language, withdrawal_waived=True, **content).letter

    assert {"ask", "precaution"} <= unknown.keys()
    assert "ask" in clauses(waived)
    assert "precaution" not in clauses(waived)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("event", ["ill", "moved", "unemployed"])
def test_what_may_end_it_early_comes_before_the_ordinary_end(
    language: str, event: str
) -> None:
    bound = {"kind": "gym", "term": "P24M", "purchased_at": "2026-01-10"}
    facts = {"life_event": event, f"{event}_at": "2026-11-01", "country": "DE"}
    said = clauses(written("cancel", language, **bound, **facts).letter)
    plain = clauses(written("cancel", language, country="DE", **bound).letter)

    assert {event, "effective-event"} <= said.keys()
    assert "effective-chosen" not in said
    assert "effective-chosen" in plain


@pytest.mark.parametrize("language", PLACES)
def test_a_move_lies_behind_or_ahead_and_names_the_new_home(language: str) -> None:
    """EnWG § 41b(5) has the customer name the address or the connection."""
    bound = {"kind": "energy", "term": "P12M", "country": "DE", "life_event": "moved"}
    home = {"new_home": "Neue Str. 2, 10115 Berlin"}
    behind = clauses(
        written("cancel", language, **bound, moved_at="2026-11-01", **home).letter
    )
    ahead = clauses(written("cancel", language, **bound, moved_at="2027-01-15").letter)

    assert "moved" in behind
    assert "moves" not in behind
    assert home["new_home"] in behind["new-home"]
    assert "moves" in ahead
    assert {"moved", "new-home"}.isdisjoint(ahead)


@pytest.mark.parametrize("place", ["US-CA", "US-NY"])
def test_a_part_of_a_country_writes_as_the_country_does(place: str) -> None:
    text = as_text(written("second-notice", "en", country=place, **ENDED).letter)

    assert "although I had canceled the contract on October 20, 2026" in text
    assert "US$" not in text


@pytest.mark.parametrize("language", PLACES)
def test_one_sum_is_demanded_once(language: str) -> None:
    letter = written("second-notice", language, first_kind="refund", **ENDED).letter
    said = clauses(letter)

    assert {"charged-after", "answer"} <= said.keys()
    assert "answer-money" not in said


def test_ireland_cancels_as_its_act_says() -> None:
    text = as_text(written("withdraw", "en", country="IE").letter)

    assert "I cancel my contract" in text
    assert "withdraw" not in text.replace("I withdraw all authority", "")


def test_california_deletes_personal_information() -> None:
    text = as_text(written("erase", "en", country="US-CA").letter)

    assert "delete the personal information" in text
    assert "within 45 days of receipt" in text
    assert "erase" not in text


@pytest.mark.parametrize("place", ["AU", "IN", "US-CA", "GB", "US"])
def test_a_body_stands_in_an_english_sentence_with_its_article(place: str) -> None:
    said = clauses(written("second-notice", "en", country=place).letter)

    assert re.search(r"I will refer the matter to (the|a) \w", said["next-body"])


AT_HOME = {
    ("FR", "data"): "fr-cnil",
    ("FR", "payment"): "fr-mediateur-bancaire",
    ("ES", "cancellation"): "es-omic",
    ("ES", "data"): "es-aepd",
    ("ES", "telecom"): "es-oaut",
    ("IT", "data"): "it-garante",
    ("IT", "payment"): "it-abf",
    ("GR", "cancellation"): "gr-aaea",
    ("CY", "refund"): "cy-consumer",
    ("BE", "cancellation"): "be-mediation",
    ("LU", "withdrawal"): "lu-mediateur",
    ("FR", "cross-border"): "eu-ecc-net",
}
"""Whom a letter names, by the country and what it is about."""


@pytest.mark.parametrize(
    ("kind", "body"),
    [("energy", "de-schlichtung-energie"), ("gym", "de-universalschlichtung")],
)
def test_a_body_for_a_kind_of_contract_is_named_for_it_alone(
    kind: str, body: str
) -> None:
    """EnWG § 111b: disputes on the supply of energy go to a body of their own."""
    named = competent_body("DE", "cancellation", kind)

    assert named is not None
    assert named.id == body


@pytest.mark.parametrize(("where", "body"), AT_HOME.items())
def test_a_body_at_home_that_takes_the_case_is_named(
    where: tuple[str, str], body: str
) -> None:
    named = competent_body(*where, None)

    assert named is not None
    assert named.id == body


@pytest.mark.parametrize(
    ("language", "country", "law"),
    [
        ("de", "DE", "§ 675u BGB"),
        ("de", "AT", "§ 67 ZaDiG 2018"),
        ("en", "GB", "regulation 76 of the Payment Services Regulations 2017"),
    ],
)
def test_a_bank_is_told_what_it_owes_for_a_payment_nobody_authorised(
    language: str, country: str, law: str
) -> None:
    facts = {"country": country, "charge_unauthorised": True, "cancelled_at": None}
    said = clauses(written("dispute", language, **facts).letter)

    assert law in said["rely-unauthorised"]


def test_the_next_business_day_is_no_rule_of_america() -> None:
    facts = {"country": "US", "charge_unauthorised": True, "cancelled_at": None}
    said = clauses(written("dispute", "en", **facts).letter)

    assert said["rely"] == "I rely on Regulation Z, 12 CFR 1026.13."
    assert "rely-unauthorised" not in said


def test_britain_has_its_guarantee_of_direct_debits() -> None:
    debit = {"payment_method": "direct-debit"}
    said = clauses(written("dispute", "en", country="GB", **debit).letter)

    assert said["rely"] == "I rely on the Direct Debit Guarantee."

    stop = clauses(written("stop-payment", "en", country="GB", **debit).letter)
    assert "and the Direct Debit Guarantee" in stop["rely"]


@pytest.mark.parametrize(
    ("language", "country", "body"),
    [
        ("de", "AT", "an die Schlichtung für Verbrauchergeschäfte"),
        ("nl", "BE", "tot de Consumentenombudsdienst."),
        ("en", "IE", "to the Competition and Consumer Protection Commission"),
    ],
)
def test_a_quarrel_at_home_goes_to_a_body_at_home(
    language: str, country: str, body: str
) -> None:
    said = clauses(written("second-notice", language, country=country).letter)

    assert body in said["next-body"]


def test_switzerland_gives_a_right_to_erasure() -> None:
    said = clauses(written("erase", "de", country="CH").letter)

    assert "nach Artikel 30 Absatz 2 Buchstabe b DSG" in said["demand"]


def test_a_japanese_cooling_off_names_its_act() -> None:
    said = clauses(written("withdraw", "ja", sold_by="phone").letter)

    assert "特定商取引に関する法律" in said["rely"]


@pytest.mark.parametrize("language", PLACES)
def test_who_bought_how_is_open_loses_no_right(language: str) -> None:
    """A purchase two days ago, nobody said where: the law may well give a way out."""
    facts = {"country": "PL", "channel": None, "purchased_at": "2026-11-18"}
    said = clauses(written("withdraw", language, **facts).letter)

    assert {"ask", "precaution"} <= said.keys()


def test_every_kind_is_looked_at() -> None:
    assert {kind for kind, _ in LETTERS} == set(kinds())


@pytest.mark.parametrize("language", PLACES)
def test_a_charge_nobody_agreed_to_concedes_no_contract(language: str) -> None:
    unauthorised = {"cancelled_at": None, "charge_unauthorised": True}
    withdrawn = {**_none(), "withdrawn_at": "2026-03-16"}

    for facts in (unauthorised, withdrawn):
        assert "else" not in clauses(written("refund", language, **facts).letter)
    assert "else" in clauses(written("refund", language).letter)


@pytest.mark.parametrize("language", PLACES)
def test_a_withdrawal_is_not_followed_by_the_law_on_cancelling(language: str) -> None:
    withdrawn = {**_none(), "withdrawn_at": "2026-03-16", "country": "NO"}
    running = clauses(
        written("stop-charging", language, **_none(), country="NO").letter
    )
    ended = clauses(written("stop-charging", language, **withdrawn).letter)

    assert "rely" in running
    assert "rely" not in ended


@pytest.mark.parametrize("language", PLACES)
def test_a_reminder_is_missed_only_where_a_law_asks_for_it(language: str) -> None:
    renewed = {"period": "P1Y", "term": "P1Y", "renewal_term": "P1Y"}
    renewed |= {"purchased_at": "2025-10-15"}
    danish = written(
        "cancel", language, country="DK", renewal_notice_given=False, **renewed
    ).letter

    assert "unannounced" not in clauses(danish)


@pytest.mark.parametrize("language", PLACES)
def test_what_was_not_as_promised_is_said_in_a_cancellation(language: str) -> None:
    letter = written("cancel", language, service_not_as_promised=True).letter

    assert "not-as-promised" in clauses(letter)


BODIES = {"sv": "Integritetsskydd", "da": "Datatilsynet", "nb": "Datatilsynet"}
BODIES |= {"fi": "tietosuojavaltuutetun"}


@pytest.mark.parametrize(("language", "name"), BODIES.items())
def test_the_data_protection_authority_has_its_name(language: str, name: str) -> None:
    said = clauses(written("second-notice", language, first_kind="erase").letter)

    assert name in said["next-data-body"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("sv", "Allmänna reklamationsnämnden"),
        ("da", "Mæglingsteamet"),
        ("nb", "Forbrukertilsynet"),
        ("fi", "kuluttajariitalautakunta"),
    ],
)
@pytest.mark.parametrize("first", ["cancel", "withdraw", "refund"])
def test_who_decides_at_home_is_named(language: str, name: str, first: str) -> None:
    said = clauses(written("second-notice", language, first_kind=first).letter)

    assert name in said["next-body"]


AFTER_THE_DEATH = re.compile(
    r"after the death|nach dem Tod|le décès|fallecimiento|decesso|het overlijden"
    r"|falecimento|efter döden|dødsfaldet|dødsfallet|kuoleman jälk|dniu śmierci"
    r"|dni úmrtí|μετά τον θάνατο|निधन की तिथि|死亡後"
)


@pytest.mark.parametrize("language", sorted(languages("on-behalf-of")))
def test_heirs_claim_nothing_for_the_time_that_their_letter_lets_run(
    language: str,
) -> None:
    """The contract runs to the end of what is paid for, or to the day they name."""
    credit = read_letter_text("on-behalf-of", language).texts["credit"]

    assert not AFTER_THE_DEATH.search(credit), credit


@pytest.mark.parametrize(
    "facts", [{"term_ends_at": "2028-06-30"}, {"purchased_at": None}]
)
def test_a_fee_is_contested_where_the_contract_is_left_early(
    facts: dict[str, Any],
) -> None:
    """Whoever tells of no term leaves nothing early."""
    letter = written("cancel", "en", early_termination_fee="300 GBP", **facts).letter
    contested = [name for name in clauses(letter) if "fee" in name]

    assert bool(contested) is ("term_ends_at" in facts)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("first", ["cancel", "price-rise", "on-behalf-of"])
def test_a_reply_says_that_the_first_letter_gave_notice(
    language: str, first: str
) -> None:
    noticed = clauses(written("reply", language, first_kind=first).letter)
    dated = clauses(written("reply", language, cancelled_at="2026-10-20").letter)

    assert "upheld" in noticed
    assert "upheld-on" in dated
    assert not {"anew", "upheld"} & dated.keys()


@pytest.mark.parametrize("language", PLACES)
def test_a_reply_gives_notice_anew_where_none_is_on_record(language: str) -> None:
    unknown = clauses(written("reply", language, first_kind=None).letter)
    withdrawn = clauses(written("reply", language, first_kind="withdraw").letter)
    money = clauses(written("reply", language, first_kind="refund").letter)

    assert "anew" in unknown
    assert "upheld-withdrawal" in withdrawn
    assert not {"anew", "upheld", "upheld-on"} & (withdrawn.keys() | money.keys())


@pytest.mark.parametrize("language", PLACES)
def test_a_refused_erasure_is_no_refused_cancellation(language: str) -> None:
    erased = {"first_kind": "erase", "answer": "refused"}
    said = clauses(written("reply", language, **erased).letter)

    assert {"refused-erasure", "confirm-erased"} <= said.keys()
    assert not {"refused", "anew", "stop", "confirm-end", "next", "next-body"} & (
        said.keys()
    )


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["refund", "second-notice", "stop-charging", "reply"])
def test_a_charge_after_the_notice_is_held_against_the_end(
    language: str, kind: str
) -> None:
    """That a charge came after the notice does not yet make it wrong."""
    after = clauses(written(kind, language, **ENDED).letter)
    before = clauses(written(kind, language, **ENDED | _long_notice()).letter)

    assert "after-end" in after
    assert "after-end-open" in before
    assert "after-end" not in before


def _long_notice() -> dict[str, Any]:
    return {"notice": "P3M"}


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["dispute", "complaint"])
def test_who_decides_is_told_that_the_contract_had_ended(
    language: str, kind: str
) -> None:
    assert "after-end" in clauses(written(kind, language, **ENDED).letter)


@pytest.mark.parametrize("language", PLACES)
def test_a_dispute_encloses_the_proof_that_decides_it(language: str) -> None:
    plain = clauses(written("dispute", language).letter)
    named = clauses(written("dispute", language, proof="1").letter)
    sent = clauses(written("dispute", language, first_sent_on="2026-10-20").letter)
    later = clauses(written("dispute", language, first_sent_on="2026-11-12").letter)
    withdrawn = {"cancelled_at": None, "withdrawn_at": "2026-03-16"}
    back = clauses(written("dispute", language, **withdrawn).letter)

    assert "evidence-of-end" in plain
    assert "proof-of-end" in named
    assert "evidence-of-end" not in named.keys() | sent.keys()
    assert "evidence-of-end" in later
    assert "evidence-of-withdrawal" in back


@pytest.mark.parametrize("language", PLACES)
def test_a_payment_after_the_consent_ended_is_not_authorised(language: str) -> None:
    card = {"payment_method": "visa-credit"}
    european = clauses(written("dispute", language, country="PL", **card).letter)
    american = clauses(written("dispute", language, country="US", **card).letter)

    assert "unauthorised-too" in european
    assert "unauthorised-too" not in american


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["dispute", "complaint", "refund"])
def test_a_price_that_was_not_clear_is_a_ground(language: str, kind: str) -> None:
    unclear = {"had_trial": True, "trial_price_clear": False, "cancelled_at": None}
    said = clauses(written(kind, language, **unclear).letter)

    assert "trial-unclear" in said
    assert "goodwill" not in said


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"cancelled_at": None}, "charge_unauthorised"),
        ({"paid_at": None}, "paid_at"),
        ({"paid_at": "2026-10-01"}, "charge_unauthorised"),
    ],
)
def test_a_dispute_without_a_ground_is_not_written(
    facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput, match="no_ground") as caught:
        written("dispute", "en", **facts)

    assert caught.value.field == field
    assert "service_not_as_promised" in caught.value.suggestions


@pytest.mark.parametrize(
    "ground", [{"reason": "1"}, {"payment_method": "sepa-debit", "country": "DE"}]
)
def test_a_reason_of_ones_own_is_a_ground_and_some_debits_need_none(
    ground: dict[str, Any],
) -> None:
    said = clauses(written("dispute", "en", **_none() | ground).letter)

    assert {"reason", "rely"} & said.keys()


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["price-rise", "term-change"])
def test_a_change_is_refused_on_a_law_or_on_what_terms_must_allow(
    language: str, kind: str
) -> None:
    """The day of the change is enough to find the law that it opens."""
    telecom = {"kind": "telecom", "country": "DE"}
    lawful = clauses(written(kind, language, **telecom).letter)
    bare = clauses(written(kind, language).letter)

    assert "rely" in lawful
    assert "must-allow" not in lawful
    assert ("must-allow" in bare) is ("rely" not in bare)


@pytest.mark.parametrize("language", PLACES)
@pytest.mark.parametrize("kind", ["price-rise", "term-change"])
def test_the_day_of_the_end_is_one_day(language: str, kind: str) -> None:
    """'At the latest' leaves the day to the other side."""
    words = read_letter_text(kind, language).texts["refuse-by"]

    assert "{last_day}" in words
    assert not OPEN_DAY.search(words)


OPEN_DAY = re.compile(
    r"at the latest|spätestens|au plus tard|a más tardar|al più tardi|uiterlijk"
    r"|o mais tardar|no máximo|senast|senest|viimeistään|najpóźniej|nejpozději"
    r"|το αργότερο|अधिक से अधिक|遅くとも"
)
ONLY_THE_CONTRACT = re.compile(
    r"contract (does not )?permit|Vertrag (zulässt|erlaubt)|contrat (le )?permet"
    r"|contrato admit|Jeżeli umowa na to|smlouva nepřipouští|अनुबंध इसकी अनुमति"
    r"|契約上可能な最も早い日"
)


@pytest.mark.parametrize("language", PLACES)
def test_the_contract_alone_does_not_say_when_it_may_end(language: str) -> None:
    texts = read_letter_text("cancel", language).texts

    for name in ("effective", "effective-trial", "effective-chosen"):
        assert not ONLY_THE_CONTRACT.search(texts[name]), name
    assert not ONLY_THE_CONTRACT.search(texts["effective-earliest"])


DOUBT = re.compile(r"en su caso|se del caso|le cas échéant|κατά περίπτωση")


@pytest.mark.parametrize("language", PLACES)
def test_a_complaint_does_not_doubt_the_charge_it_names(language: str) -> None:
    texts = read_letter_text("complaint", language).texts

    assert not DOUBT.search(texts["ask"] + texts["ask-ended"])


@pytest.mark.parametrize("language", PLACES)
def test_consent_is_taken_back_with_every_request_for_erasure(language: str) -> None:
    european = clauses(written("erase", language, country="DE").letter)
    brazilian = clauses(written("erase", language, country="BR").letter)

    assert "object" in european
    assert "object-plain" not in european
    assert "object-plain" in brazilian


def test_brazil_gives_three_grounds_for_deletion() -> None:
    said = clauses(written("erase", "pt-BR").letter)

    assert "artigo 18, incisos IV, VI e IX" in said["demand"]
    assert "um mês" not in said["confirm-erasure"]


WAY_OUT = re.compile(
    r" ou de motiver| o motiven | o di motivare| ou fundamentem| ou apresente os"
    r"|eller skriftligen|eller en skriftlig|tai kieltäytymisenne| albo do podania"
    r"|nebo k písemnému| ή να αιτιολογήσετε|, या उसी तिथि"
)


@pytest.mark.parametrize("language", PLACES)
def test_a_demand_for_money_leaves_no_choice(language: str) -> None:
    """'Pay or give your reasons' is obeyed by giving reasons."""
    text = read_letter_text("reply", language).texts["pay-after-all"]

    assert not WAY_OUT.search(text)


@pytest.mark.parametrize("language", PLACES)
def test_a_refused_withdrawal_is_upheld_on_its_law(language: str) -> None:
    bought = {"country": "PL", "purchased_at": "2026-11-16"}
    refused = {"first_kind": "withdraw", "answer": "refused"}

    assert "rely" in clauses(written("reply", language, **bought, **refused).letter)


@pytest.mark.parametrize("place", ["GB", "IE"])
def test_a_reply_cancels_where_the_first_letter_did(place: str) -> None:
    refused = {"first_kind": "withdraw", "answer": "refused"}
    text = as_text(written("reply", "en", country=place, **refused).letter)

    assert "You refuse my cancellation." in text
    assert "withdraw" not in text.replace("I withdraw all authority", "")


@pytest.mark.parametrize("language", sorted(set(PLACES) - {"hi", "ja"}))
def test_an_act_is_named_once(language: str) -> None:
    facts = {"payment_method": "card", "country": PLACES[language][0]}
    said = clauses(written("stop-payment", language, **facts).letter)

    for act in re.findall(r"\d+/\d{4}|ZaDiG|BGB", said.get("rely", "")):
        assert said["rely"].count(act) == 1, said["rely"]


@pytest.mark.parametrize("place", PLACES)
def test_the_law_of_germany_s_button_stays_in_germany(place: str) -> None:
    """A clause that names its law stands only where the verdict has that right."""
    facts = {"answer": "call_wanted", "first_kind": "cancel"}

    assert ("no-call" in clauses(written("reply", place, **facts).letter)) == (
        place == "de"
    )


@pytest.mark.parametrize(
    ("country", "facts", "law"),
    [
        ("IL", {"sold_by": "phone"}, "section 14C of the Consumer Protection Law"),
        ("TR", {}, "article 48 of Law No. 6502"),
        ("ZA", {"sold_by": "online"}, "section 44 of the Electronic Communications"),
    ],
)
def test_a_withdrawal_names_the_article_that_is_on_file(
    country: str, facts: dict[str, Any], law: str
) -> None:
    more = {"country": country, "purchased_at": "2026-11-18", **facts}

    assert law in clauses(written("withdraw", "en", **more).letter)["rely"]


def test_a_notice_in_south_africa_names_the_article_on_file() -> None:
    more = {"country": "ZA", "kind": "gym", "term": "P24M", "notice": "P3M"}
    said = clauses(written("cancel", "en", **more).letter)

    assert "section 14(2)(b) of the Consumer Protection Act" in said["rely"]
