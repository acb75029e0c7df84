"""The reader that learnt and the rules: which label comes out, and when it is sure."""

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.opinion import Opinion
from rescind.core.model.message import Label, Message, Reading

LABELS = (
    Label.CONFIRMED,
    Label.REFUSED,
    Label.ACKNOWLEDGED,
    Label.OTHER,
    Label.REDIRECTED,
)


def reads(
    text: str,
    label: Label,
    points: float = 6.0,
    *,
    subject: str = "Re: your letter",
    ours: str = "Cancellation of my plan",
) -> Reading:
    """Return what a message reads as, where the reader is for a label."""
    opinion = Opinion(
        points={each: points if each is label else 0.0 for each in LABELS},
        sure_vote=2.0,
        unsure_vote=1.0,
        sure_from=dict.fromkeys(LABELS, 0.8),
        stated_from=0.7,
        agreed_from=0.2,
    )
    message = Message(id="1", sender="a@b.example", subject=subject, text=text)
    return read(message, tongues(), ours=ours, judge=lambda *_: opinion)


def test_the_reader_names_what_no_phrase_knows() -> None:
    reading = reads("We shall let you know in a week or two, dear.", Label.ACKNOWLEDGED)

    assert reading.label is Label.ACKNOWLEDGED
    assert not reading.needs_person
    assert reading.sureness > 0.9


@pytest.mark.parametrize(
    ("text", "needs_person"),
    [
        ("We shall let you know in a week or two, dear.", True),
        ("The account: we shall let you know in a week or two.", True),
        ("Your account, your refund: we shall let you know soon, my dear.", False),
        ("Dein Abo, dein Beitrag: wir melden uns in ein oder zwei Wochen.", False),
    ],
)
def test_mail_that_no_case_waits_for_has_to_be_about_contracts(
    text: str, *, needs_person: bool
) -> None:
    reading = reads(text, Label.ACKNOWLEDGED, 4.0, subject="Hello", ours="")

    assert reading.label is Label.ACKNOWLEDGED
    assert reading.needs_person is needs_person


def test_a_reader_without_doubt_is_believed_whatever_words_are_missing() -> None:
    text = "We shall let you know what becomes of it, dear."
    reading = reads(text, Label.ACKNOWLEDGED, 9.0, subject="Hello", ours="")

    assert reading.label is Label.ACKNOWLEDGED
    assert not reading.needs_person


@pytest.mark.parametrize("label", [Label.CONFIRMED, Label.REFUSED])
def test_what_is_about_nothing_of_ours_is_no_answer(label: Label) -> None:
    reading = reads("Well, well. The weather is fine today.", label, 20.0)

    assert reading.label is Label.OTHER
    assert reading.needs_person


def test_below_its_threshold_a_person_reads_it() -> None:
    reading = reads("We shall see to your account, dear.", Label.ACKNOWLEDGED, 2.0)

    assert reading.label is Label.ACKNOWLEDGED
    assert reading.needs_person


@pytest.mark.parametrize(
    "text",
    [
        "The cat sat on your mat.",  # no statement that anything ended
        "Your plan has been closed. We still need your customer number.",
        "Your plan will be cancelled once you call us.",
    ],
)
def test_the_reader_alone_closes_nothing(text: str) -> None:
    assert reads(text, Label.CONFIRMED, 20.0).needs_person


def test_an_end_beside_a_refusal_is_sure_only_beyond_doubt() -> None:
    text = "Your account ~ has been closed. Your notice period is three months."

    assert reads(text, Label.CONFIRMED, 20.0).label is Label.CONFIRMED
    assert not reads(text, Label.CONFIRMED, 20.0).needs_person
    assert reads(text, Label.CONFIRMED, 2.6).needs_person


def test_an_end_that_a_phrase_states_is_sure_earlier() -> None:
    stated = "We have cancelled your membership, and all the best for what comes next."
    spoken = "The membership lies with the past from 3 May 2027, all the best to you."

    assert not reads(stated, Label.CONFIRMED, 2.6).needs_person
    assert reads(spoken, Label.CONFIRMED, 2.6).needs_person


def test_an_end_that_says_you_to_nobody_needs_certainty() -> None:
    text = "Membership: cancelled as of 3 May 2027. All done, best wishes, the desk."

    assert not reads(text, Label.CONFIRMED, 9.0, subject="Hello", ours="").needs_person
    assert reads(text, Label.CONFIRMED, 1.5, subject="Hello", ours="").needs_person


def test_rules_and_reader_close_together() -> None:
    reading = reads("Your account with us is closed.", Label.CONFIRMED, 8.0)

    assert reading.label is Label.CONFIRMED


def test_what_is_said_to_nobody_is_no_answer_of_ones_own() -> None:
    text = "The board refused the refund."

    assert reads(text, Label.REFUSED, subject="Minutes").needs_person
    assert not reads(text, Label.REFUSED).needs_person


def test_a_long_message_is_for_a_person() -> None:
    text = "We write to you about many things. " * 80

    assert reads(text, Label.ACKNOWLEDGED, 9.0).needs_person


def test_the_rules_word_counts_for_its_label() -> None:
    alone = reads("We see.", Label.OTHER, 1.0)
    spoken = reads("Please use the form on our website.", Label.OTHER, 1.0)

    assert alone.label is Label.OTHER
    assert spoken.label is Label.REDIRECTED


def test_a_short_message_that_a_phrase_knows_is_the_rules() -> None:
    reading = reads("It has been cancelled.", Label.REFUSED, 9.0, subject="A")

    assert reading.label is Label.CONFIRMED or reading.needs_person


def test_the_reader_is_asked_for_more_words_than_a_few() -> None:
    text = (
        "Your subscription has been cancelled. Thank you very much for the many years "
        "with us."
    )

    assert reads(text, Label.REDIRECTED, 9.0).label is Label.REDIRECTED
    assert reads(text, Label.CONFIRMED, 1.0).label is Label.CONFIRMED


def test_of_hardly_any_words_the_rules_alone_say_something() -> None:
    assert reads("Mmh.", Label.CONFIRMED, 20.0).label is Label.OTHER


def test_a_refusal_that_the_rules_alone_find_is_sure_only_in_a_case() -> None:
    text = "Well, the seats are non-refundable, so decide about the account in time."
    opinion = Opinion(
        points=dict.fromkeys((*LABELS, Label.REFUND_GRANTED), 0.0)
        | {Label.REFUND_GRANTED: 1.5},
        sure_vote=0.0,
        unsure_vote=0.0,
        sure_from=dict.fromkeys((*LABELS, Label.REFUND_GRANTED), 0.99),
        stated_from=1.1,
        agreed_from=1.1,
    )
    message = Message(id="1", sender="gaz@b.example", subject="Krakow", text=text)

    alone = read(message, tongues(), judge=lambda *_: opinion)
    awaited = read(message, tongues(), judge=lambda *_: opinion, is_awaited=True)

    assert alone.needs_person
    assert (awaited.label, awaited.needs_person) == (Label.REFUND_REFUSED, False)
