"""What happened in a life, from the person's words to the letter's text.

Each event leads to a plan and a letter of its own, or the answer says that no law on it
is on file and what still works.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rescind.adapters.data.letters import languages
from rescind.app.act import letters
from rescind.app.act.plan import letter_called_for
from rescind.core.act.letter import as_text
from tests.test_journeys import ADA, Decision, decide, letter, rescind, sender

__all__ = ["sender"]

CHILD = [
    "Fitstudio", "--contract-kind", "gym", "--channel", "web", "--sold-by", "online",
    "--purchased-at", "10.9.2026", "--term", "12 months", "--notice", "1 month",
    "--period", "1 month", "--price", "€29", "--withdrawal-informed", "yes",
    "--as-of", "2026-11-20",
]  # fmt: skip
"""A child took out a gym's contract for a year, without its parents."""


def on(country: str, *more: str) -> list[str]:
    return [*CHILD, "--country", country, *more]


def first(decision: Decision) -> tuple[str, str | None, str, str | None]:
    action = decision.do[0]
    return action["do"], action["to"], action["how"], action["letter"]


@pytest.mark.parametrize(
    ("country", "refusal", "law"),
    [
        ("DE", "Ich verweigere die Genehmigung; der Vertrag ist", "§§ 107, 108 BGB"),
        ("AT", "Ich verweigere die Genehmigung", "§§ 170, 865 ABGB"),
        ("CH", "Ich verweigere die Genehmigung", "Art. 19 und 19b ZGB"),
        ("FR", "Je refuse de confirmer ce contrat", "1146 et 1147 du Code civil"),
        ("ES", "no confirmo el contrato", "artículo 1302 del Código Civil"),
        ("IT", "non convalido il contratto", "articolo 1425 del codice civile"),
        ("SE", "vägrar jag att godkänna avtalet", "9 kap. 1 § föräldrabalken"),
        ("US-CA", "I refuse my consent", "section 6710 of the California Family"),
        ("IN", "I refuse my consent", "section 11 of the Indian Contract Act"),
        ("JP", "法定代理人として同意を拒み", "民法第5条"),
    ],
)
def test_the_parents_refuse_what_a_child_agreed_to(
    sender: str, country: str, refusal: str, law: str
) -> None:
    words = on(country, "--minor", "yes")

    decision = decide(words)

    assert first(decision) == ("tell", "Fitstudio", "email", "on-behalf-of")
    assert decision.form["headline"].startswith("As the parents, refuse the child's")
    written = letter(words, sender, "--detail", "holder=Kim Beispiel")
    assert written["kind"] == "on-behalf-of"
    assert "Kim Beispiel" in written["text"]
    assert refusal in written["text"]
    assert law in written["text"]
    # nothing of a cancellation but as the second line of defence
    assert "2027" not in written["text"]


def test_where_no_law_on_minors_is_on_file_the_merchant_is_asked(sender: str) -> None:
    words = on("BR", "--life-event", "under-age")

    decision = decide(words)

    assert first(decision)[0] == "tell"
    assert "No law of your place on contracts of minors is on file" in decision.lines
    written = letter(words, sender, "--lang", "en", "--detail", "holder=Kim Beispiel")[
        "text"
    ]
    assert "treat the contract as never having been made" in written
    assert "rely on" not in written
    assert "repay all that has been paid" in written


def test_a_store_is_asked_for_the_money_of_a_child() -> None:
    words = [
        "Blockworld", "--contract-kind", "digital_content", "--channel", "apple",
        "--purchased-at", "10.11.2026", "--period", "1 month", "--price", "€99",
        "--country", "DE", "--withdrawal-waived", "yes", "--minor", "yes",
        "--as-of", "2026-11-20",
    ]  # fmt: skip

    decision = decide(words)

    assert first(decision) == ("tell", "Apple", "store", None)
    assert decision.names[:2] == ["tell", "at_store"]
    steps = " ".join(decision.plan["actions"][0]["steps"])
    assert "reportaproblem.apple.com" in steps
    assert {action["letter"] for action in decision.do} == {None}


@pytest.mark.parametrize(
    ("country", "heir", "credit"),
    [
        ("DE", "2026 verstorben", "an den Nachlass zurück"),
        ("FR", "est décédée", "à la succession"),
        ("GB", "died on", "to the estate"),
        ("SE", "avled den", "till dödsboet"),
    ],
)
def test_who_tells_of_a_death_writes_as_an_heir(
    sender: str, country: str, heir: str, credit: str
) -> None:
    words = on(country, "--died-at", "10.11.2026")

    written = letter(words, sender, "--detail", "holder=Karl Beispiel")["text"]

    assert heir in written
    assert credit in written


ENDED = {
    "cancelled and charged": {"cancelled_at": "2026-08-01", "paid_at": "2026-11-10"},
    "withdrawn and charged": {
        "purchased_at": "2026-09-10",
        "withdrawn_at": "2026-09-15",
        "paid_at": "2026-11-10",
    },
    "withdrawn and not repaid": {
        "purchased_at": "2026-09-10",
        "withdrawn_at": "2026-09-15",
    },
    "cancelled": {"cancelled_at": "2026-08-01"},
    "cancelled and running": {"cancelled_at": "2026-11-19", "paid_at": "2026-11-10"},
}
"""What is over, or will be by what was said already."""
ASKS_TO_END = frozenset(
    {
        *("declare-undated", "not-cancelled", "ask", "precaution", "alternative"),
        *("effective", "effective-earliest", "effective-chosen", "confirm"),
    }
)
"""Clauses that ask for an end."""


@pytest.mark.parametrize("situation", ENDED)
@pytest.mark.parametrize("language", languages("cancel"))
def test_no_letter_asks_for_the_end_of_what_has_ended(
    situation: str, language: str
) -> None:
    facts = {
        "service": "other", "merchant": "Nordstern", "kind": "software",
        "channel": "web", "country": "DE", "purchased_at": "2025-01-10",
        "price": "29 EUR", "period": "P1M", "withdrawal_informed": True,
        "as_of": "2026-11-20", **ENDED[situation],
    }  # fmt: skip
    kind = letter_called_for(facts)

    wanted = letters.Wanted(kind=kind, language=language)
    paragraphs = letters.write(facts, ADA, wanted).letter.paragraphs

    assert kind in ("refund", "second-notice", "stop-charging")
    # in a claim for money this clause names the payment, and no end
    of_money = {"declare-undated"} if kind == "refund" else set[str]()
    assert not (ASKS_TO_END - of_money) & {paragraph.id for paragraph in paragraphs}


BOUND = [
    "Linea", "--contract-kind", "telecom", "--country", "Spain", "--channel", "web",
    "--sold-by", "online", "--purchased-at", "1.6.2026", "--term", "12 months",
    "--notice", "1 month", "--period", "1 month", "--price", "€39",
    "--withdrawal-informed", "yes", "--early-termination-fee", "€120",
    "--as-of", "2026-11-20",
]  # fmt: skip
"""An internet contract in Spain, bound for a year, with a fee for leaving early."""


def test_who_leaves_early_by_law_contests_the_fee_with_the_notice(sender: str) -> None:
    # Real Decreto 899/2009: out on 24 November, half a year before the term ends
    decision = decide(BOUND)
    written = letter(BOUND, sender)

    assert decision.form["ends_on"] == "2026-11-24"
    assert written["kind"] == "cancel"
    assert "Me exigen 120,00 €" in written["text"]
    assert "Impugno esa reclamación" in written["text"]


@pytest.mark.parametrize(
    ("country", "price", "says"),
    [
        ("DE", "€36.28", "36,28 €. Der Vertrag endet jedoch regulär"),
        ("FR", "€36.28", "Vous réclamez 36,28 €"),
        ("US-CA", "$36.28", "You ask $36.28 for ending the contract early"),
    ],
)
def test_a_fee_for_what_was_ended_is_contested(
    sender: str, country: str, price: str, says: str
) -> None:
    words = [
        "Pictura", "--contract-kind", "software", "--country", country,
        "--channel", "web", "--purchased-at", "2026-03-01", "--term", "12 months",
        "--notice", "1 month", "--period", "1 month", "--price", price,
        "--early-termination-fee", price, "--withdrawal-informed", "yes",
        "--cancelled-at", "2026-11-10", "--as-of", "2026-11-20",
    ]  # fmt: skip

    decision = decide(words)
    contest = decision.do[0]

    assert decision.form["headline"].startswith("Contest your 36.28")
    assert (contest["do"], contest["to"], contest["letter"]) == (
        "contest_fee", "Pictura", "reply",
    )  # fmt: skip
    assert contest["amount"]["amount"] == "36.28"
    written = letter(words, sender)
    assert written["kind"] == "reply"
    assert says in " ".join(written["text"].split())


@pytest.mark.parametrize(
    ("country", "event"),
    [
        ("FR", ["--moved-at", "10.11.2026"]),
        ("GB", ["--ill-at", "10.11.2026"]),
        ("SE", ["--unemployed-at", "10.11.2026"]),
        ("IN", ["--price-raised-at", "1.1.2027"]),
        ("JP", ["--terms-changed-at", "1.1.2027"]),
    ],
)
def test_where_no_law_lets_out_for_what_happened_the_answer_says_so(
    country: str, event: list[str]
) -> None:
    decision = decide(on(country, *event))

    assert "No law of your place on file here lets you out early" in decision.lines
    assert "the contract's own clause for it" in decision.lines
    assert decision.do[0]["letter"] == "cancel"
    assert decision.form["ends_on"] == "2027-09-09"


def test_a_law_on_what_happened_needs_no_such_warning() -> None:
    # TKG § 57: a higher price lets out of an internet contract
    words = [*on("DE", "--price-raised-at", "1.1.2027"), "--contract-kind", "telecom"]

    decision = decide(words)

    assert "No law of your place" not in decision.lines
    assert first(decision)[3] == "price-rise"


def test_the_letter_on_a_higher_price_names_the_day_that_was_told(sender: str) -> None:
    words = [*on("DE", "--price-raised-at", "1.1.2027"), "--contract-kind", "telecom"]

    decision = decide(words)
    written = letter(words, sender)

    assert written["kind"] == "price-rise"
    assert decision.form["ends_on"] == "2026-12-31"
    assert (
        "zum 31. Dezember 2026, dem letzten Tag vor dem neuen Preis" in written["text"]
    )


def test_what_nobody_agreed_to_is_disputed_also_where_no_right_is_on_file(
    sender: str,
) -> None:
    words = [
        "Filmhaus", "--contract-kind", "streaming", "--country", "India",
        "--channel", "web", "--purchased-at", "2026-06-01", "--period", "1 month",
        "--price", "199 INR", "--payment-method", "mandate",
        "--charge-unauthorised", "yes", "--paid-at", "2026-11-01",
        "--as-of", "2026-11-20",
    ]  # fmt: skip

    decision = decide(words)

    assert first(decision) == ("dispute", "your bank", "bank", "dispute")
    assert letter(words, sender)["kind"] == "dispute"


def test_who_bills_is_found_on_the_statement_and_in_the_stores_lists() -> None:
    decision = decide(
        ["coursera", "--offer", "plus-monthly", "--country", "DE",
         "--as-of", "2026-11-20"],
        code=3,
    )  # fmt: skip

    for place in ("APPLE.COM/BILL", "GOOGLE *", "apps.apple.com", "card issuer"):
        assert place in decision.lines


@pytest.mark.parametrize(
    ("channel", "hosts"),
    [
        ("apple", ("https://apps.apple.com/", "reportaproblem.apple.com")),
        ("google", ("https://play.google.com/", "https://support.google.com/")),
    ],
)
def test_the_steps_in_a_store_have_its_own_links(
    channel: str, hosts: tuple[str, str]
) -> None:
    decision = decide(
        [
            "Filmhaus", "--contract-kind", "streaming", "--country", "DE",
            "--channel", channel, "--purchased-at", "2026-05-01",
            "--period", "1 month", "--price", "€9.99",
            "--withdrawal-informed", "yes", "--as-of", "2026-11-20",
        ]
    )  # fmt: skip

    steps = [" ".join(action["steps"]) for action in decision.plan["actions"]]
    by_name = dict(zip(decision.names, steps, strict=True))
    assert hosts[0] in by_name["at_store"]
    assert hosts[1] in by_name["refund"]


@pytest.mark.parametrize(
    ("bought", "by"),
    [
        ("2026-10-24", "2026-11-23"),  # charged on the 24th: the day before
        ("2026-11-09", "2026-12-04"),  # on 9 December: a fortnight fits
        ("2026-10-30", "2026-11-28"),  # on the 30th: two days before
    ],
)
def test_an_answer_is_asked_for_before_the_next_charge(bought: str, by: str) -> None:
    facts = {
        "service": "other", "merchant": "Filmhaus", "kind": "streaming",
        "channel": "web", "country": "GB", "purchased_at": bought, "period": "P1M",
        "price": "9.99 GBP", "as_of": "2026-11-20",
    }  # fmt: skip
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)

    written = letters.write(facts, ADA, letters.Wanted(kind="cancel"), now=now)

    assert written.letter.confirm_by.isoformat() == by


def test_several_contracts_of_the_dead_go_in_one_command(
    sender: str, tmp_path: Path
) -> None:
    estate, out = tmp_path / "estate.json", tmp_path / "out"
    merchants = ("Netflix", "Müller & Söhne", "Eisenhalle")
    estate.write_text(json.dumps([{"merchant": m} for m in merchants]))
    words = [
        "other", "--country", "DE", "--channel", "web", "--purchased-at", "2024-01-05",
        "--period", "1 month", "--died-at", "2026-11-10",
        "--detail", "holder=Karl Beispiel", "--kind", "on-behalf-of",
    ]  # fmt: skip

    done = rescind(
        "routes", *words, "--sender", sender, "--several", str(estate),
        "--out", str(out), "--json",
    )  # fmt: skip

    assert done.code == 0, done.errors
    folders = sorted(path.name for path in out.iterdir() if path.is_dir())
    assert folders == ["1-netflix", "2-m-ller-s-hne", "3-eisenhalle"]
    summary = (out / "summary.txt").read_text(encoding="utf-8").splitlines()
    assert len(summary) == len(merchants)
    for merchant, folder, line in zip(merchants, folders, summary, strict=True):
        text = (out / folder / "letter.txt").read_text(encoding="utf-8")
        assert f"zwischen Karl Beispiel und {merchant}" in text
        assert "Sterbeurkunde" in text
        # the account is not that of whoever writes
        assert "E-Mail-Adresse des Kontos" not in text
        assert (out / folder / "letter.pdf").stat().st_size > 0
        assert merchant in line
        assert "ends on" in line


def test_heirs_are_told_what_merchants_ask_for() -> None:
    decision = decide(on("DE", "--died-at", "10.11.2026"))

    assert "death certificate" in decision.lines


@pytest.mark.parametrize(
    ("country", "language", "estate"),
    [
        ("AT", "de", "Ich schreibe für die Verlassenschaft,"),
        ("DE", "de", "Ich schreibe für den Nachlass,"),
        ("GB", "en", "I am writing on behalf of the estate."),
        ("US", "en", "I am writing on behalf of the estate."),
        ("SE", "sv", "för dödsboets räkning"),
        ("FI", "fi", "Kirjoitan kuolinpesän puolesta."),
        ("DK", "da", "på vegne af dødsboet"),
        ("NO", "nb", "på vegne av dødsboet"),
    ],
)
def test_heirs_write_for_the_estate_and_not_as_party(
    country: str, language: str, estate: str
) -> None:
    facts = {
        "service": "other",
        "merchant": "Donau",
        "kind": "insurance",
        "country": country,
        "as_of": "2026-11-29",
        "died_at": "2026-11-03",
        "holder": "Franz Huber",
    }
    wanted = letters.Wanted(kind="on-behalf-of", language=language)
    heir = {"name": "Eva Huber", "country": country}

    text = as_text(letters.write(facts, heir, wanted).letter)

    assert estate in text
    assert "übergegangen" not in text
