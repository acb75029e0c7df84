"""What people come with at the command line, from their words to the letter's text.

What is expected is the law, or the merchant's own terms, worked out by hand: each
test says how.
"""

import io
import json
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from rescind.cli.main import main

ADA = {
    "name": "Ada Beispiel",
    "email": "ada@home.example.org",
    "address": ["Musterweg 1", "10115 Berlin"],
    "country": "DE",
    "account_email": "ada@home.example.org",
    "card_last4": "4242",
}
LAST_STEPS = ["keep_confirmation", "watch_statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one command said: its exit code and its two outputs, as one line each."""

    code: int
    text: str
    errors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The decision at both doors: the first lines of ``check``, and its JSON."""

    lines: str
    form: dict[str, Any]
    plan: dict[str, Any]

    @property
    def do(self) -> list[dict[str, Any]]:
        return list(self.form["do"])

    @property
    def names(self) -> list[str]:
        return [action["do"] for action in self.do]


def rescind(*words: str) -> Answer:
    """Run the command line as the program's first step does."""
    out, errors = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(errors),
        pytest.raises(SystemExit) as end,
    ):
        main(words)
    assert isinstance(end.value.code, int)
    return Answer(
        code=end.value.code,
        text=" ".join(out.getvalue().split()),
        errors=" ".join(errors.getvalue().split()),
    )


def decide(words: Sequence[str], *, code: int = 0) -> Decision:
    """Ask ``check`` and ``plan``, and hold that they say the same."""
    lines = rescind("check", *words, "--no-input")
    form = json.loads(rescind("check", *words, "--json").text)
    plan = json.loads(rescind("plan", *words, "--json").text)
    assert lines.code == code
    assert form["headline"] in lines.text
    for field in ("headline", "ends_on", "days_left", "any_day", "do"):
        assert plan[field] == form[field]
    return Decision(lines=lines.text, form=form, plan=plan)


@pytest.fixture
def sender(tmp_path: Path) -> str:
    path = tmp_path / "me.json"
    path.write_text(json.dumps(ADA), encoding="utf-8")
    return str(path)


def letter(words: Sequence[str], sender: str, *more: str) -> dict[str, Any]:
    """Return the decision's first letter, or what ``more`` asks for, with its text."""
    answer = rescind("letter", *words, *more, "--sender", sender, "--text", "--json")
    assert answer.code == 0, answer.errors
    form: dict[str, Any] = json.loads(answer.text)
    plain = rescind("letter", *words, *more, "--sender", sender, "--text")
    assert " ".join(form["text"].split()) == plain.text
    return form


def money(action: dict[str, Any]) -> tuple[Decimal, str]:
    return Decimal(action["amount"]["amount"]), action["amount"]["currency"]


def day(action: dict[str, Any]) -> date:
    return date.fromisoformat(action["by"][:10])


def test_1_coursera_plus_is_asked_back_and_then_ended(sender: str) -> None:
    # "a year, five days ago, Germany, €372 on their site, and it is not for me":
    # the terms give 14 days from payment, so to 24 November; a day before is safe
    words = [
        "coursera", "--offer", "plus-annual", "--channel", "web",
        "--country", "Germany", "--purchased-at", "10.11.2026", "--price", "€372",
        "--had-trial", "no", "--as-of", "2026-11-15",
    ]  # fmt: skip

    decision = decide(words)

    assert "Ask Coursera for your 372.00 EUR back by 23 November, then cancel." in (
        decision.lines
    )
    assert "by 23 November (8 days left)" in decision.lines
    assert decision.names == ["refund", "cancel", *LAST_STEPS]
    refund, cancel = decision.do[:2]
    assert (refund["to"], refund["how"], refund["letter"]) == (
        "Coursera", "form", "refund",
    )  # fmt: skip
    assert (money(refund), day(refund)) == (
        (Decimal(372), "EUR"), date(2026, 11, 23),
    )  # fmt: skip
    assert (cancel["to"], cancel["how"], cancel["letter"]) == (
        "Coursera", "button", "cancel",
    )  # fmt: skip
    assert decision.form["days_left"] == 8
    assert decision.form["ends_on"] == "2027-11-09"
    steps = " ".join(decision.plan["actions"][1]["steps"])
    assert "coursera.org" in steps

    claim = letter(words, sender)
    assert claim["kind"] == "refund"
    # the terms: who lives in the EU has contracted with the Dutch company
    assert claim["recipient"][0] == "Coursera Europe B.V."
    assert "Please refund the €372.00" in claim["text"]

    end = letter(words, sender, "--kind", "cancel")
    assert end["recipient"][0] == "Coursera Europe B.V."
    assert "9 November 2027" in end["text"]


@pytest.mark.parametrize("offer", ["specialization-monthly", "specialization"])
def test_2_what_apple_bills_is_asked_of_apple_alone(offer: str, sender: str) -> None:
    # "charged through my iPhone; I finished it" (New York): bought 3 September, a
    # month at a time, so what is paid for runs through 2 December
    words = [
        "coursera", "--offer", offer, "--channel", "apple", "--country", "US-NY",
        "--purchased-at", "September 3, 2026", "--as-of", "2026-11-20",
    ]  # fmt: skip

    decision = decide(words)

    addressed = [action for action in decision.do if action["to"] is not None]
    assert decision.form["headline"].startswith("Ask Apple for your money back")
    assert {(action["to"], action["how"]) for action in addressed} == {
        ("Apple", "store")
    }
    assert {action["letter"] for action in decision.do} == {None}
    assert "keep_confirmation" in decision.names
    assert any(
        "reportaproblem.apple.com" in step
        for action in decision.plan["actions"]
        for step in action["steps"]
    )
    if offer == "specialization-monthly":
        assert decision.names == ["refund", "at_store", *LAST_STEPS]
        assert decision.form["ends_on"] == "2026-12-02"

    refusal = rescind("letter", *words, "--sender", sender, "--text")
    assert (refusal.code, refusal.text) == (2, "")
    assert refusal.errors.startswith("--channel: Apple bills this")


GYM = [
    "--merchant", "Eisenhalle", "--contract-kind", "gym", "--country", "DE",
    "--channel", "web", "--sold-by", "premises", "--term", "12 months",
    "--notice", "one month", "--period", "one month", "--price", "€29.90",
]  # fmt: skip
"""A gym in Germany, signed at its desk."""


def test_3_a_gym_ends_with_its_first_term(sender: str, tmp_path: Path) -> None:
    # from 15 February for twelve months: to the end of 14 February 2027 (BGB §§ 187,
    # 188); a month before is 14 January, and a day before that is safe
    words = [*GYM, "--purchased-at", "15.2.2026", "--as-of", "2026-11-20"]

    decision = decide(words)

    assert (
        "Cancel with Eisenhalle by 13 January 2027; it ends on 14 February 2027."
        in (decision.lines)
    )
    assert "(54 days left)" in decision.lines
    assert decision.names == ["cancel", *LAST_STEPS]  # on the premises: no withdrawal
    assert decision.form["topics"]["withdrawal"]["answer"] == "no"
    cancel = decision.do[0]
    assert (cancel["to"], cancel["how"], cancel["letter"]) == (
        "Eisenhalle", "email", "cancel",
    )  # fmt: skip
    assert decision.form["ends_on"] == "2027-02-14"
    page = rescind("check", *words, "--all", "--no-input").text
    assert "renew only without a new term, with one month's notice" in page

    end = letter(words, sender, "--out", str(tmp_path / "end.pdf"))
    assert (end["kind"], end["recipient"]) == ("cancel", ["Eisenhalle"])
    assert "Ich kündige zum 14. Februar 2027" in end["text"]
    assert "Widerruf" not in end["text"]
    assert (tmp_path / "end.pdf").read_bytes().startswith(b"%PDF-")


def test_3_the_month_after_the_first_term_and_the_address_are_told(
    sender: str,
) -> None:
    words = [*GYM, "--purchased-at", "15.2.2026", "--as-of", "2026-11-20"]

    first = rescind("check", *words, "--no-input").text
    end = letter(words, sender, "--post-to", "Sportweg 1; 45127 Essen")

    later = "Once the first term is over, notice of 1 month is enough, on any day."
    assert later in first
    assert end["recipient"] == ["Eisenhalle", "Sportweg 1", "45127 Essen"]


def test_3_a_gym_past_its_first_term_ends_a_month_from_any_day(sender: str) -> None:
    # BGB § 309 no. 9 b: after the first term a month at any time; from 20 November
    # that is 20 December
    words = [*GYM, "--purchased-at", "15.2.2025", "--as-of", "2026-11-20"]

    decision = decide(words)

    assert "on any day; done now, it ends on 20 December." in decision.lines
    assert "Each month of waiting costs 29.90 EUR." in decision.lines
    assert decision.form["any_day"] is True
    assert decision.form["ends_on"] == "2026-12-20"
    assert "Ich kündige zum 20. Dezember 2026" in letter(words, sender)["text"]


def test_4_a_charge_after_the_end_is_asked_back_and_disputed(sender: str) -> None:
    # "cancelled in August, charged in November" (Texas, Visa debit): the last month
    # paid for ended on 4 September; Regulation E gives 60 days from the statement of
    # 16 November, so to 15 January
    words = [
        "coursera", "--offer", "plus-monthly", "--channel", "web",
        "--country", "US-TX", "--purchased-at", "March 5, 2026",
        "--cancelled-at", "August 20, 2026", "--paid-at", "November 5, 2026",
        "--price", "$59", "--payment-method", "visa-debit",
        "--statement-at", "November 16, 2026", "--as-of", "2026-11-20",
    ]  # fmt: skip

    decision = decide(words)

    assert decision.form["headline"] == (
        "Charged after the end: ask Coursera for your 59.00 USD back, and dispute it "
        "with your bank by January 15, 2027."
    )
    assert "(56 days left)" in decision.lines
    assert decision.names == ["claim", "stop_charges", "dispute", *LAST_STEPS]
    assert "first find what proves that you ended it" in decision.lines
    assert "Proof of the end is the confirmation" in decision.lines
    claim, stop, dispute = decision.do[:3]
    assert [
        (one["to"], one["how"], one["letter"]) for one in (claim, stop, dispute)
    ] == [
        ("Coursera", "form", "refund"),
        ("Coursera", "form", "stop-charging"),
        ("your bank", "bank", "dispute"),
    ]
    assert money(claim) == money(dispute) == (Decimal(59), "USD")
    assert day(dispute) == date(2027, 1, 15)
    assert decision.form["ends_on"] == "2026-09-04"

    demand = letter(words, sender)
    assert (demand["kind"], demand["recipient"][0]) == ("refund", "Coursera, Inc.")
    assert "$59.00 that you charged me on November 5, 2026" in demand["text"]
    assert "canceled the contract on August 20, 2026" in demand["text"]
    assert "proof" not in demand["text"]  # none is on record
    named = letter(words, sender, "--detail", "proof=your e-mail of August 20, 2026")[
        "text"
    ]
    assert "I enclose: your e-mail of August 20, 2026." in named

    paper = letter(words, sender, "--kind", "dispute")
    assert "Coursera, Inc." not in paper["recipient"]
    assert "59.00" in paper["text"]
    assert "Visa 13.2" in paper["text"]  # Visa: Cancelled Recurring Transaction


STATEMENT = """\
Date,Description,Amount,Currency
2026-08-14,NETFLIX.COM AMSTERDAM,-13.99,EUR
2026-08-20,BAKERY,-42.10,EUR
2026-09-14,NETFLIX.COM AMSTERDAM,-13.99,EUR
2026-10-14,NETFLIX.COM AMSTERDAM,-13.99,EUR
2026-11-14,NETFLIX.COM AMSTERDAM,-13.99,EUR
"""


def test_5_a_line_of_a_statement_leads_to_the_verdict(tmp_path: Path) -> None:
    # the month paid for on 14 November runs through 13 December
    path = tmp_path / "statement.csv"
    path.write_text(STATEMENT, encoding="utf-8")

    line = json.loads(
        rescind("find", str(path), "--json", "--as-of", "2026-11-20").text
    )
    assert (line["merchant"], line["period"], line["next_on"]) == (
        "Netflix", "P1M", "2026-12-14",
    )  # fmt: skip
    decision = decide(
        [
            line["merchant"], "--country", "DE", "--contract-kind", "streaming",
            "--channel", "web", "--period", line["period"],
            "--price", "{amount} {currency}".format_map(line["amount"]),
            "--paid-at", line["transactions"][-1]["on"],
            "--renews-at", line["next_on"], "--as-of", "2026-11-20",
        ],
        code=3,
    )  # fmt: skip

    cancel = next(action for action in decision.do if action["do"] == "cancel")
    assert (cancel["to"], cancel["letter"]) == ("Netflix", "cancel")
    assert day(cancel) <= date(2026, 12, 13)
    assert decision.form["ends_on"] == "2026-12-13"
    assert decision.form["asks"] == ["purchased_at"]  # no fact that the line tells


def test_5_find_names_the_command_that_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "statement.csv"
    path.write_text(STATEMENT, encoding="utf-8")

    text = rescind("find", str(path), "--as-of", "2026-11-20").text.replace("\\ ", "")

    assert (
        "rescind check netflix --channel web --price '13.99 EUR' "
        "--paid-at 2026-11-14 --renews-at 2026-12-14 --charged-since 2026-08-14"
    ) in text
    assert "--kind" not in text


def test_6_telecom_law_in_spain_lets_out_in_two_working_days(sender: str) -> None:
    # Real Decreto 899/2009, art. 7: told on Friday 20 November, it ends on Tuesday 24
    words = [
        "Movistar", "--contract-kind", "telecom", "--country", "Spain",
        "--channel", "web", "--purchased-at", "1.6.2026", "--term", "12 months",
        "--notice", "1 month", "--period", "1 month", "--price", "€39",
        "--withdrawal-informed", "yes", "--as-of", "2026-11-20",
    ]  # fmt: skip

    # what the penalty comes to is asked for
    decision = decide(words, code=3)

    assert "on any day; done now, it ends on 24 November." in decision.lines
    assert "two working days" in decision.lines
    assert "penalty agreed for it, in proportion to what is left" in decision.lines
    assert "If it ends on 31 May 2027 instead, nothing is owed" in decision.lines
    assert decision.names == ["cancel", *LAST_STEPS]
    cancel = decision.do[0]
    assert (cancel["to"], cancel["letter"]) == ("Movistar", "cancel")
    assert decision.form["ends_on"] == "2026-11-24"

    end = letter(words, sender)
    assert (end["kind"], end["recipient"]) == ("cancel", ["Movistar"])
    assert "24 de noviembre de 2026" in end["text"]
    assert "Real Decreto 899/2009" in end["text"]


DATING = [
    "Hinge", "--contract-kind", "dating", "--channel", "apple",
    "--purchased-at", "November 16, 2026", "--term", "6 months",
    "--period", "6 months", "--notice", "1 day", "--price", "$99",
    "--as-of", "2026-11-17",
]  # fmt: skip
"""Six months of a dating app, bought on a Monday in the store of the iPhone."""


def test_7_a_dating_app_in_california_is_left_in_three_days(sender: str) -> None:
    # California Civil Code § 1694.1: to the third business day after Monday the 16th
    words = [*DATING, "--country", "US-CA"]

    decision = decide(words)

    assert decision.form["headline"] == (
        "Withdraw from the contract by November 19 and claim your 99.00 USD back from "
        "Apple."
    )
    assert "(2 days left)" in decision.lines
    assert decision.names[:2] == ["withdraw", "at_store"]
    withdraw, cancel = decision.do[:2]
    assert (day(withdraw), money(withdraw)) == (
        date(2026, 11, 19), (Decimal(99), "USD"),
    )  # fmt: skip
    for action in (withdraw, cancel):
        assert (action["to"], action["how"], action["letter"]) == (
            "Apple", "store", None,
        )  # fmt: skip

    refusal = rescind("letter", *words, "--sender", sender, "--text")
    assert (refusal.code, refusal.text) == (2, "")
    assert refusal.errors.startswith("--channel: Apple bills this")


def test_7_the_state_is_asked_for_where_its_law_decides() -> None:
    decision = decide([*DATING, "--country", "United States"], code=3)

    assert "country" in decision.form["asks"]
    assert decision.form["headline"].startswith("If the right holds")


def test_7_the_province_is_asked_for_where_the_country_is_known() -> None:
    answer = rescind(
        "check", "The Paper", "--contract-kind", "magazine", "--country", "Canada",
        "--channel", "web", "--purchased-at", "2026-03-01", "--no-input",
    )  # fmt: skip

    assert "Which province or territory do you live in?" in answer.text


def test_a_kind_of_contract_is_no_kind_of_letter(sender: str) -> None:
    answer = rescind(
        "letter", "coursera", "--kind", "gym", "--sender", sender, "--text"
    )

    assert answer.code == 2
    assert "did you mean --contract-kind gym?" in answer.errors
    assert "nearest: cancel, complaint" in answer.errors


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chek"], "nearest: check"),
        (["letter", "coursera"], "--sender: it is needed: JSON file"),
        (["check", "coursera", "--purchased-at", "last month"], "which one of them"),
    ],
)
def test_what_was_mistyped_says_what_to_type(words: list[str], told: str) -> None:
    answer = rescind(*words)

    assert answer.code == 2
    assert told in answer.errors


def test_of_a_merchant_not_on_file_no_reason_is_that_it_is_not() -> None:
    answer = rescind(
        "check", "Toppreise", "--contract-kind", "software", "--country", "CH",
        "--channel", "web", "--purchased-at", "20.11.2026", "--period", "yearly",
        "--as-of", "2026-11-28", "--no-input",
    )  # fmt: skip

    assert "No source in the catalogue" not in answer.text
    assert "Cancel with Toppreise" in answer.text


PACK = Path(__file__).parent / "samples" / "packs" / "log-2" / "pack.asice"


def test_no_line_is_wider_than_a_terminal(
    sender: str, capsys: pytest.CaptureFixture[str]
) -> None:
    coursera = [
        "coursera", "--offer", "plus-annual", "--channel", "web", "--country", "DE",
        "--purchased-at", "2026-11-10", "--as-of", "2026-11-12",
    ]  # fmt: skip
    for words in (
        ["check", *coursera, "--all", "--no-input"],
        ["check", *coursera, "--explain", "--no-input"],
        ["plan", *coursera],
        ["routes", *coursera, "--sender", sender],
        ["catalogue", "show", "coursera"],
        ["law", "list"],
        ["law", "show", "de-tkg56"],
        ["law", "bodies", "DE"],
        ["proof", "authorities"],
        ["verify", str(PACK)],
    ):
        with pytest.raises(SystemExit):
            main(words)

        lines = capsys.readouterr().out.splitlines()
        wide = [line for line in lines if len(line) > 80 and "http" not in line]
        assert wide == [], words


def test_8_a_fee_for_leaving_counts_in_the_plan(sender: str) -> None:
    # a year from 1 March, 24.19 a month: December, January and February are left,
    # 72.57; they want half of it. A month's notice is due by 31 January, and a day
    # before that is safe
    words = [
        "Pictura", "--contract-kind", "software", "--country", "DE",
        "--channel", "web", "--purchased-at", "1.3.2026", "--term", "one year",
        "--notice", "1 month", "--period", "1 month", "--price", "€24.19",
        "--early-termination-fee", "€36.28", "--withdrawal-informed", "yes",
        "--as-of", "2026-11-20",
    ]  # fmt: skip

    decision = decide(words)

    assert "by 30 January 2027; it ends on 28 February 2027." in decision.lines
    assert "(71 days left)" in decision.lines
    assert decision.names == ["cancel", *LAST_STEPS]
    assert (decision.do[0]["to"], decision.do[0]["letter"]) == ("Pictura", "cancel")
    assert decision.form["ends_on"] == "2027-02-28"
    ways = [decision.plan["chosen"], *decision.plan["alternatives"]]
    costs = {Decimal(way["cost"]["amount"]) for way in ways if way["cost"]}
    assert {Decimal("72.57"), Decimal("36.28")} <= costs
    page = rescind("plan", *words).text
    assert "for the fee of 36.28 EUR that the contract asks for" in page

    end = letter(words, sender)
    assert (end["kind"], end["recipient"]) == ("cancel", ["Pictura"])
    assert "Ich kündige zum 28. Februar 2027" in end["text"]


HEIRS = [
    "Netflix", "--contract-kind", "streaming", "--country", "DE", "--channel", "web",
    "--sold-by", "online", "--purchased-at", "5.1.2024", "--period", "1 month",
    "--price", "€13.99", "--died-at", "10.11.2026", "--as-of", "2026-11-20",
]  # fmt: skip


NETFLIX_OF_EUROPE = "Netflix International B.V."


def test_9_a_contract_of_the_dead_is_ended_by_the_heirs(sender: str) -> None:
    # the month paid for on 5 November runs through 4 December
    decision = decide(HEIRS)

    assert decision.form["headline"].startswith("Tell Netflix of the death and end")
    assert decision.names[0] == "tell"
    tell = decision.do[0]
    assert (tell["to"], tell["letter"]) == ("Netflix", "on-behalf-of")
    assert decision.form["ends_on"] == "2026-12-04"

    end = letter(HEIRS, sender, "--detail", "holder=Karl Beispiel")
    assert (end["kind"], end["recipient"]) == ("on-behalf-of", [NETFLIX_OF_EUROPE])
    assert f"zwischen Karl Beispiel und {NETFLIX_OF_EUROPE}" in end["text"]
    assert "4. Dezember 2026" in end["text"]
    assert "Ada Beispiel" in end["text"]
    refusal = rescind("letter", *HEIRS, "--sender", sender, "--text")
    assert (refusal.code, refusal.text) == (2, "")
    assert refusal.errors.startswith("--detail holder=")


def test_9_six_contracts_of_the_dead_go_as_one_batch(tmp_path: Path) -> None:
    merchants = ["Netflix", "Spotify", "Sky", "Eisenhalle", "Tagblatt", "Weinkiste"]
    path = tmp_path / "estate.jsonl"
    path.write_text(
        "\n".join(
            json.dumps(
                {
                    "service": "other", "merchant": merchant, "country": "DE",
                    "channel": "web", "purchased_at": "2024-01-05", "period": "P1M",
                    "died_at": "2026-11-10", "as_of": "2026-11-20",
                }
            )
            for merchant in merchants
        ),
        encoding="utf-8",
    )  # fmt: skip
    out = io.StringIO()

    with (
        redirect_stdout(out),
        redirect_stderr(io.StringIO()),
        pytest.raises(SystemExit),
    ):
        main(["check", "--facts", str(path), "--json"])

    firsts = [json.loads(line)["do"][0] for line in out.getvalue().splitlines()]
    assert [(first["do"], first["to"], first["letter"]) for first in firsts] == [
        ("tell", merchant, "on-behalf-of") for merchant in merchants
    ]


RENEWAL = [
    "Nordic Wellness", "--contract-kind", "gym", "--country", "Sweden",
    "--channel", "web", "--sold-by", "premises", "--purchased-at", "1.10.2025",
    "--term", "12 months", "--renewal-term", "12 months", "--notice", "1 month",
    "--period", "1 month", "--price", "399 SEK", "--as-of", "2026-11-20",
]  # fmt: skip
"""A gym in Sweden that renewed for a year on 1 October 2026."""


def test_10_a_renewal_without_a_reminder_ends_at_once(sender: str) -> None:
    # lag (2014:1449), 3 §: not reminded, the consumer leaves with immediate effect
    words = [*RENEWAL, "--renewal-notice-given", "no"]

    decision = decide(words)

    assert "on any day; done now, it ends on 20 November." in decision.lines
    assert "Reminder before a renewal" in decision.lines
    assert decision.names == ["cancel", *LAST_STEPS]
    assert (decision.do[0]["to"], decision.do[0]["letter"]) == (
        "Nordic Wellness", "cancel",
    )  # fmt: skip
    assert decision.form["ends_on"] == "2026-11-20"

    end = letter(words, sender)
    assert (end["kind"], end["recipient"]) == ("cancel", ["Nordic Wellness"])
    assert "Avtalet ska upphöra den 20 november 2026." in end["text"]
    assert "3 § lagen (2014:1449)" in end["text"]


def test_10_once_notice_was_given_the_end_stays_the_one_of_the_law() -> None:
    told = [*RENEWAL, "--cancelled-at", "20.11.2026"]
    told[told.index("--as-of") + 1] = "2026-12-01"

    unreminded = decide([*told, "--renewal-notice-given", "no"])
    reminded = decide([*told, "--renewal-notice-given", "yes"])

    assert unreminded.form["ends_on"] == "2026-11-20"
    because = unreminded.form["topics"]["cancel"]["because"]
    assert "law_ended_on" in [reason["code"] for reason in because]
    assert reminded.form["ends_on"] == "2027-09-30"


def test_a_charge_after_the_end_moves_no_end() -> None:
    # the law let it end on 20 November; what was taken in December was not due
    told = [*RENEWAL, "--cancelled-at", "20.11.2026", "--paid-at", "5.12.2026"]
    told[told.index("--as-of") + 1] = "2026-12-07"

    decision = decide([*told, "--renewal-notice-given", "no"], code=3)

    assert decision.form["ends_on"] == "2026-11-20"
    codes = [r["code"] for r in decision.form["topics"]["refund"]["because"]]
    assert "charged_after_end" in codes


def test_10_a_renewal_after_a_reminder_binds_for_its_year() -> None:
    decision = decide([*RENEWAL, "--renewal-notice-given", "yes"])

    assert decision.form["ends_on"] == "2027-09-30"


def test_15_who_does_not_know_is_told_what_holds_in_every_case() -> None:
    # "I don't know when I bought it, nor who bills me": ending it is right anyway
    decision = decide(
        [
            "coursera", "--offer", "plus-monthly", "--country", "DE",
            "--as-of", "2026-11-20",
        ],
        code=3,
    )  # fmt: skip

    assert decision.form["headline"] == (
        "Find out who bills you, on the statement or the receipt; then cancel there."
    )
    assert set(decision.form["asks"]) == {"channel", "purchased_at"}
    assert "cancel" in decision.names
    assert {action["to"] for action in decision.do} == {None}
    assert {action["letter"] for action in decision.do} == {None}
    assert decision.form["ends_on"] is None
