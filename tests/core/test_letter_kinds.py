"""Each kind of letter: which clauses stand, on what, and what it says is missing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from rescind.adapters.data.words import ENGLISH
from rescind.app.act import letters
from rescind.core.act.letter import as_form_text, as_text
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter
from tests.conftest import FACTS, SENDER

TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
GERMAN = FACTS | {"country": "DE"}
ENDED = {"cancelled_at": "2026-10-20", "paid_at": "2026-11-10"}


def write(which: str, language: str | None = "en", **facts: Any) -> Letter:
    sender = SENDER | facts.pop("sender", {})
    wanted = letters.Wanted(kind=which, language=language, to=facts.pop("to", None))
    return letters.write(GERMAN | facts, sender, wanted, now=TODAY).letter


def clauses(letter: Letter) -> dict[str, str]:
    return {paragraph.id: paragraph.text for paragraph in letter.paragraphs}


def problems(letter: Letter) -> list[str]:
    return [problem.code for problem in letter.problems]


def test_a_withdrawal_in_time_stands_on_the_law_and_dates_the_money() -> None:
    letter = write("withdraw", purchased_at="2026-11-16")

    said = clauses(letter)
    assert said["declare"].startswith("I hereby give notice that I withdraw")
    assert "section" in said["rely"]
    assert "by 4 December 2026 at the latest" in said["repay-by"]
    assert "de-widerruf" in [c.id for c in letter.paragraphs[0].claims]
    assert problems(letter) == []


def test_the_act_that_carries_a_directive_out_is_cited_alone() -> None:
    letter = write("withdraw", country="NL", purchased_at="2026-11-16")

    claims = {claim.id: claim for claim in letter.paragraphs[0].claims}
    assert claims["eu-withdrawal"].carried_out
    assert "6:230o" in clauses(letter)["rely"]
    assert "2011/83" not in clauses(letter)["rely"]


def test_goods_are_withdrawn_from_as_a_sale() -> None:
    shop = {"service": "other", "merchant": "Shop", "kind": "goods", "offer": None}
    letter = write("withdraw", **shop, delivered_at="2026-11-16")

    assert "contract of sale" in letter.paragraphs[0].text
    assert letter.paragraphs[0].id == "declare-goods"
    assert not {"declare", "declare-undated"} & clauses(letter).keys()


def test_a_withdrawal_that_no_law_carries_only_asks() -> None:
    letter = write("withdraw", country="US")

    assert "ask" in clauses(letter)
    assert "declare" not in clauses(letter)
    assert "rely" not in clauses(letter)
    assert "ground_missing" in problems(letter)


def test_law_known_from_a_merchants_page_carries_a_clause_and_is_not_cited() -> None:
    facts = {"service": "other", "merchant": "Heart", "kind": "dating", "offer": None}
    letter = write("withdraw", **facts, country="US-NY", purchased_at="2026-11-19")

    assert clauses(letter).keys() >= {"declare"}
    assert "rely" not in clauses(letter)


def test_a_withdrawal_sent_before_the_purchase_is_not_dated() -> None:
    letter = write("withdraw", purchased_at="2026-11-21", as_of="2026-11-22")

    assert "repay" in clauses(letter)


def test_a_disputed_withdrawal_says_so() -> None:
    letter = write(
        "withdraw",
        offer="course",
        purchased_at="2026-11-16",
        withdrawal_waived=True,
    )

    assert "ground_disputed" in problems(letter)


def test_what_is_missing_for_a_right_is_named() -> None:
    letter = write("withdraw", purchased_at=None, country=None)

    missing = [p for p in letter.problems if p.code == "ground_missing"]
    assert missing[0].field is not None
    assert missing[0].field in ENGLISH.say(missing[0].says)


def test_a_refund_under_the_terms_names_them() -> None:
    letter = write(
        "refund",
        offer="plus-annual",
        purchased_at="2026-11-16",
        price="399 USD",
        country="US",
    )

    said = clauses(letter)
    assert "$399.00" in said["declare-bought"]
    assert "Coursera Terms of Use" in said["terms"]
    assert problems(letter) == []


def test_a_refund_that_nothing_carries_is_asked_as_goodwill() -> None:
    letter = write("refund", country="US", price=None)

    assert {"declare-plain", "goodwill"} <= clauses(letter).keys()
    assert "ground_missing" in problems(letter)


def test_a_charge_after_the_end_is_asked_back_without_goodwill() -> None:
    letter = write("refund", price="49 EUR", purchased_at="2026-03-10", **ENDED)

    said = clauses(letter)
    assert "cancelled the contract on 20 October 2026" in said["charged-after"]
    assert "goodwill" not in said
    assert "ground_missing" not in problems(letter)


def test_stop_charging_is_a_cancellation_while_none_was_sent() -> None:
    assert "not-cancelled" in clauses(write("stop-charging"))
    assert "cancelled" in clauses(
        write("stop-charging", purchased_at="2026-03-10", **ENDED)
    )


@pytest.mark.parametrize(
    ("method", "clause"),
    [
        ("sepa-debit", "sepa"),
        ("direct-debit", "direct-debit"),
        ("bank-account", "account"),
        ("visa-debit", "card"),
        (None, "any"),
    ],
)
def test_the_bank_is_told_what_it_can_stop(method: str | None, clause: str) -> None:
    letter = write(
        "stop-payment", payment_method=method, bank_name="Bank 1", account="DE00 1"
    )

    assert letter.paragraphs[0].id == clause
    assert letter.recipient.lines[0] == "Bank 1"
    assert ("Account", "DE00 1") in letter.references


def test_a_bank_is_told_no_more_than_it_needs() -> None:
    text = as_text(write("stop-payment", payment_method="card", bank_name="Bank 1"))

    assert "E-mail address of the account" not in text
    assert "4242" in text


@pytest.mark.parametrize("kind", ["erase", "complaint"])
def test_who_does_not_charge_is_not_told_of_the_card(kind: str) -> None:
    assert "4242" not in as_text(write(kind, problem="refund"))


def test_in_the_us_the_bank_is_told_the_rule_that_binds_it() -> None:
    letter = write(
        "stop-payment", payment_method="bank-account", country="US", bank_name="Bank 1"
    )

    assert "12 CFR 1005.10(c)" in clauses(letter)["rely"]


def test_a_bank_is_told_the_rule_on_taking_consent_back() -> None:
    letter = write("stop-payment", payment_method="sepa-debit", bank_name="Bank 1")

    assert "64(3), 71 and 73 of Directive (EU) 2015/2366" in clauses(letter)["rely"]


def test_a_letter_to_a_bank_without_its_name_says_so() -> None:
    letter = write("stop-payment", payment_method="card")

    assert problems(letter) == ["bank_missing"]
    assert letter.recipient.lines == ()


def test_a_second_notice_names_the_first_and_where_it_goes_next() -> None:
    letter = write("second-notice", first_sent_on="2026-11-01", first_kind="refund")

    said = clauses(letter)
    assert "1 November 2026" in said["first"]
    assert "request for a refund" in said["which"]
    assert "European Consumer Centre of my country" in said["next-body"]
    assert problems(letter) == []


def test_a_second_notice_without_the_first_lacks_its_days() -> None:
    letter = write("second-notice", country=None)

    fields = [p.field for p in letter.problems if p.code == "detail_missing"]
    assert fields == ["first_sent_on", "first_kind"]
    assert {"first-undated", "next"} <= clauses(letter).keys()


def test_an_unknown_first_letter_is_told() -> None:
    with pytest.raises(BadInput) as caught:
        write("second-notice", first_kind="cancl")

    assert (caught.value.field, caught.value.suggestions[0]) == ("first_kind", "cancel")


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        ({"payment_method": "visa-credit", **ENDED}, "Visa 13.2"),
        ({"payment_method": "mastercard-debit", **ENDED}, "Mastercard 4853"),
        (
            {
                "payment_method": "visa-credit",
                "withdrawn_at": "2026-10-01",
                "paid_at": "2026-09-28",
            },
            "Visa 13.7",
        ),
    ],
)
def test_a_dispute_names_the_networks_ground(
    facts: dict[str, Any], ground: str
) -> None:
    letter = write(
        "dispute", purchased_at="2026-03-10", price="49 EUR", bank_name="B", **facts
    )

    assert ground in clauses(letter)["network"]
    assert "statement that shows the charge" in clauses(letter)["enclosed-plain"]
    assert problems(letter) == []


def test_a_dispute_that_no_rule_carries_cites_none() -> None:
    letter = write(
        "dispute",
        payment_method="direct-debit",
        service_not_as_promised=True,
        bank_name="B",
    )

    assert "network" not in clauses(letter)
    assert "no_payment_right" in problems(letter)


def test_a_complaint_goes_to_a_body_that_takes_it() -> None:
    letter = write("complaint", problem="refund", purchased_at="2026-03-10", **ENDED)

    assert letter.recipient.lines == ("ECC-Net (29 European Consumer Centres)",)
    assert problems(letter) == ["body_has_its_form", "body_wants_first"]
    assert letter.recipient.claim is not None


def test_a_body_can_be_chosen() -> None:
    letter = write("complaint", problem="refund", body="de-verbraucherzentrale")

    assert letter.recipient.lines == ("Verbraucherzentrale",)
    assert problems(letter) == ["body_has_its_form"]


def test_a_body_of_elsewhere_is_told() -> None:
    with pytest.raises(BadInput) as caught:
        write("complaint", body="gb-nobody")

    assert caught.value.field == "body"


def test_without_a_country_nobody_takes_the_complaint() -> None:
    letter = write("complaint", country=None, problem="refund")

    assert "body_unknown" in problems(letter)


def test_where_no_body_takes_the_problem_it_says_so() -> None:
    assert "body_unknown" in problems(write("complaint", country="AQ", problem="data"))


def test_erasure_is_demanded_where_a_law_gives_it_with_its_warning() -> None:
    german, american = write("erase"), write("erase", country="US-CA")

    assert "Article 17 of Regulation (EU) 2016/679" in clauses(german)["demand"]
    assert "§ 1798.105" in clauses(american)["demand"]
    assert problems(german) == ["erasure_destroys"]
    assert german.recipient.email == "eu-representative@coursera.org"


@pytest.mark.parametrize("country", ["IN", "US-TX"])
def test_where_no_law_on_file_gives_it_erasure_is_asked_for(country: str) -> None:
    letter = write("erase", country=country)

    assert "ask" in clauses(letter)
    assert "erasure_not_a_right" in problems(letter)


def test_britain_writes_to_its_own_representative_under_its_own_law() -> None:
    letter = write("erase", country="GB")

    assert letter.recipient.lines[0] == "Coursera UK Limited"
    assert "UK GDPR" in clauses(letter)["demand"]


@pytest.mark.parametrize("authority", ["heir", "guardian", "carer", "attorney"])
def test_who_writes_for_another_says_in_what_capacity(authority: str) -> None:
    letter = write("on-behalf-of", holder="Emmy Noether", authority=authority)

    assert letter.paragraphs[0].id == authority
    assert ("credit" in clauses(letter)) is (authority == "heir")
    assert letter.subject.startswith("Cancellation for Emmy Noether")


def test_nobody_writes_for_nobody() -> None:
    with pytest.raises(BadInput) as caught:
        write("on-behalf-of", authority="heir")

    assert caught.value.field == "holder"


def test_an_unknown_capacity_is_told() -> None:
    with pytest.raises(BadInput) as caught:
        write("on-behalf-of", holder="Emmy Noether", authority="heiress")

    assert caught.value.suggestions == ("heir",)


def test_a_price_rise_is_refused_before_it_applies() -> None:
    letter = write(
        "price-rise", told_on="2026-11-08", change_on="2027-01-01", new_price="59 EUR"
    )

    assert "before the new price applies" in clauses(letter)["refuse"]
    assert problems(letter) == []


def test_a_change_of_which_little_is_known_lacks_it() -> None:
    letter = write("term-change")

    assert {"untold", "refuse"} <= clauses(letter).keys()
    assert [p.field for p in letter.problems] == ["told_on", "change_on", "change"]


def test_a_chosen_day_that_is_too_early_is_named() -> None:
    early = write("cancel", end_on="2026-11-25")
    late = write("cancel", end_on="2027-03-31")

    assert "ends on 31 March 2027" in clauses(late)["effective-chosen"]
    assert problems(early) == ["end_too_early"]
    assert problems(late) == []


def test_ones_own_words_stand_as_typed() -> None:
    letter = write("cancel", reason="It is *not* what I need.\n\n<b>Really</b> {plan}.")

    own = [p.text for p in letter.paragraphs if p.id == "reason"]
    assert own == ["It is *not* what I need.", "<b>Really</b> {plan}."]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reason", "x" * 2001),
        ("reason", "a\u202eb"),
        ("reason", "\n".join("x" * 30)),
        ("reason", "no \U0001f600 here"),
        ("bank_name", "Bank\nTwo"),
        ("new_price", "much"),
        ("told_on", "soon"),
        ("holder", ["a", "list"]),
        ("problem", "everything"),
    ],
)
def test_what_cannot_be_printed_is_refused_by_its_name(name: str, value: Any) -> None:
    with pytest.raises(BadInput) as caught:
        write("price-rise", **{name: value})

    assert caught.value.field == name


def test_the_recipients_language_is_taken_unless_another_is_asked_for() -> None:
    assert write("cancel", None).language == "en"
    gym = {"service": "other", "offer": None, "merchant": "Gym One"}
    assert write("cancel", None, **gym).language == "de"
    assert write("cancel", None, **gym, country="BR").language == "pt-BR"
    assert write("cancel", None, **gym, country="NZ").language == "en"
    assert write("cancel", None, **gym, country="IN").language == "en"
    assert write("cancel", None, **gym, country="CA-QC").language == "fr"
    assert write("cancel", None, **gym, country="AQ").language == "en"
    assert write("stop-payment", None, country="FR").language == "fr"


def test_a_language_that_a_kind_lacks_is_replaced_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(letters, "languages", lambda _: ("en",))
    gym = {"service": "other", "offer": None, "merchant": "Gym One", "country": "NL"}
    letter = write("term-change", None, **gym)

    assert letter.language == "en"
    assert "language_missing" in problems(letter)


def test_a_form_loses_whole_clauses_and_no_sentence() -> None:
    letter = write("cancel", purchased_at="2026-10-16")
    whole = as_form_text(letter, None)
    short = as_form_text(letter, 1000)

    assert whole is not None
    assert short is not None
    assert len(short) <= 1000 < len(whole)
    assert "final statement" not in short
    assert short.endswith("Ada Lovelace")
    for paragraph in letter.paragraphs:
        assert paragraph.text in short or paragraph.text[:20] not in short
    assert as_form_text(letter, 100) is None


@pytest.mark.parametrize(
    "merchant",
    ["Gym\nBcc: evil@example.org", "Gym \u202eymG", "Gym \U0001f600", "G" * 10_000],
)
def test_a_merchants_name_forges_nothing(merchant: str) -> None:
    with pytest.raises(BadInput) as caught:
        write("cancel", service="other", offer=None, merchant=merchant)

    assert caught.value.field == "merchant"


PHONE = {
    "service": "other",
    "merchant": "Tel",
    "kind": "telecom",
    "offer": None,
    "country": "CA-QC",
    "sold_by": "premises",
    "purchased_at": "2026-01-10",
    "term": "P24M",
    "period": "P1M",
    "price": "65.00 CAD",
    "signing_benefit": "0.00 CAD",
}
"""In Quebec fifty dollars can be asked at most, or a tenth of the rest."""
EARLY = {"end_on": "2026-12-15"}
"""Before the first term has run."""


@pytest.mark.parametrize("which", ["cancel", "reply"])
@pytest.mark.parametrize("language", letters.languages("cancel"))
def test_a_fee_above_the_laws_cap_is_named_with_sum_cap_and_article(
    language: str, which: str
) -> None:
    ended = {"cancelled_at": "2026-11-12"} if which == "reply" else {}

    letter = write(which, language, **PHONE, early_termination_fee="400 CAD", **ended)

    (contest,) = [p for p in letter.paragraphs if p.id.startswith("fee")]
    assert contest.id == "fee-capped"
    assert "400" in contest.text
    assert "50" in contest.text
    assert "214.7" in contest.text


@pytest.mark.parametrize("language", letters.languages("cancel"))
def test_a_fee_that_a_law_limits_without_a_sum_is_contested_by_it(
    language: str,
) -> None:
    facts = PHONE | {"country": "DE", "kind": "software", "price": "60 EUR"}
    facts |= {
        "term": "P12M",
        "signing_benefit": None,
        "early_termination_fee": "90 EUR",
    }

    letter = write("cancel", language, **facts, **EARLY)

    (contest,) = [p for p in letter.paragraphs if p.id.startswith("fee")]
    assert contest.id == "fee-limited"
    assert "90" in contest.text
    assert "309" in contest.text


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ({"early_termination_fee": "40 CAD"}, "fee-limited"),
        ({"early_termination_fee": "40 USD", "price": None}, "fee-limited"),
        (
            {
                "early_termination_fee": "40 EUR",
                "country": "BO",
                "price": None,
                **EARLY,
            },
            "fee",
        ),
        ({"early_termination_fee": "400 CAD", "purchased_at": "2024-01-10"}, None),
    ],
)
def test_a_fee_below_the_cap_or_without_a_law_is_contested_by_its_grounds(
    asked: dict[str, Any], clause: str | None
) -> None:
    letter = write("cancel", **PHONE | asked)

    contested = [p.id for p in letter.paragraphs if p.id.startswith("fee")]
    assert contested == ([clause] if clause else [])


@pytest.mark.parametrize("language", letters.languages("cancel"))
def test_a_fee_for_leaving_early_is_not_owed_where_nobody_does(language: str) -> None:
    facts = PHONE | {"country": "DE", "kind": "software", "price": "60 EUR"}
    facts |= {"term": "P12M", "early_termination_fee": "90 EUR"}
    facts |= {"signing_benefit": None}

    letter = write("cancel", language, **facts)

    (contest,) = [p for p in letter.paragraphs if p.id.startswith("fee")]
    assert contest.id == "fee-regular"
    assert "90" in contest.text
    assert any(p.id == "rely" and "309" in p.text for p in letter.paragraphs)
