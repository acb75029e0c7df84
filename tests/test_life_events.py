"""What happened in a life, from the person's words to the letter's text.

Each event leads to a plan and a letter of its own, or the answer says that no law on it
is on file and what still works.
"""

import pytest

from tests.test_journeys import Decision, decide, letter, sender

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
        ("JP", "I refuse my consent", "article 5 of the Japanese Civil Code"),
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
        ("DE", "ist verstorben", "an den Nachlass zurück"),
        ("FR", "est décédée", "à la succession"),
        ("GB", "has died", "to the estate"),
        ("SE", "har avlidit", "till dödsboet"),
    ],
)
def test_who_tells_of_a_death_writes_as_an_heir(
    sender: str, country: str, heir: str, credit: str
) -> None:
    words = on(country, "--died-at", "10.11.2026")

    written = letter(words, sender, "--detail", "holder=Karl Beispiel")["text"]

    assert heir in written
    assert credit in written
