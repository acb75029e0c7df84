"""Questions: how each fact is asked for, in words that a person understands."""

from dataclasses import dataclass

YES_NO = ("true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked to learn one fact."""

    fact: str
    text: str
    help: str = ""
    kind: str = "text"
    """``choice``, ``one_of``, ``country``, ``date``, ``period`` or ``text``."""
    options: tuple[str, ...] = ()


def _all(*questions: Question) -> dict[str, Question]:
    return {question.fact: question for question in questions}


def _yes_no(fact: str, text: str, help_: str = "") -> Question:
    return Question(fact=fact, text=text, help=help_, kind="choice", options=YES_NO)


def _day(fact: str, text: str, help_: str = "") -> Question:
    return Question(fact=fact, text=text, help=help_, kind="date")


def _length(fact: str, text: str, help_: str) -> Question:
    return Question(fact=fact, text=text, help=help_, kind="period")


QUESTIONS = _all(
    Question(
        fact="channel",
        text="Who takes the money?",
        help="Look at the statement: whoever took it has to be asked.",
        kind="one_of",
    ),
    Question(fact="offer", text="What did you buy?", kind="one_of"),
    Question(
        fact="country",
        text="Where do you live?",
        help="The law of your country counts.",
        kind="country",
    ),
    _day(
        "purchased_at",
        "When did you buy it?",
        "The day you signed up, even if it began with a trial.",
    ),
    _yes_no("had_trial", "Did it begin with a free trial?"),
    _day(
        "trial_ends_at",
        "If so, when does or did the trial end?",
        "The confirmation e-mail names the day.",
    ),
    _day(
        "renews_at",
        "When is the next charge due?",
        "Your account shows it. Leave it empty if you don't know.",
    ),
    _day(
        "course_starts_on",
        "When does the course start?",
        "Only if you paid before it was launched.",
    ),
    _yes_no("certificate_earned", "Have you earned a certificate with it?"),
    Question(
        fact="price",
        text="What did you pay?",
        help="Amount and currency, such as 59.00 USD.",
    ),
    _day("cancelled_at", "Have you cancelled it already? When?"),
    _day("paid_at", "When did you last pay?"),
    _yes_no(
        "withdrawal_waived",
        "Did you agree to start at once and to lose the right to withdraw?",
        "It counts only if you agreed expressly and got it confirmed.",
    ),
    _yes_no(
        "withdrawal_informed",
        "Were you told about your right to withdraw?",
        "In the order process or the confirmation.",
    ),
    _day("delivered_at", "When did the goods come?"),
    _yes_no(
        "disclosure_complete",
        "Did the merchant tell you all that the law wants before you agreed?",
        "Who it is, the whole price, the length, and how to cancel.",
    ),
    _yes_no("contract_copy_received", "Did you get a copy of the contract?"),
    _day(
        "contract_copy_at",
        "When did you get a copy of the contract?",
        "The confirmation e-mail may be one.",
    ),
    _yes_no("return_rule_shown", "Was a rule on returns shown with the goods?"),
    _length(
        "notice",
        "How long before its end does the contract want to be told?",
        "A number and D, W, M or Y, such as P1M for a month.",
    ),
    _length(
        "renewal_term",
        "By how much does the contract renew?",
        "Such as P12M for a year; or open, if it runs on without a term.",
    ),
    _length("term", "What is the minimum term?", "Such as P12M for a year."),
    _length("period", "What does one payment buy?", "Such as P1M for a month."),
    _length(
        "refund_window",
        "For how long do its terms promise money back?",
        "Such as P30D for thirty days.",
    ),
    _day("term_ends_at", "When does the running term end?"),
    Question(
        fact="payment_method",
        text="How do you pay?",
        help="It decides what the bank can do for you.",
        kind="one_of",
        options=(
            "visa-credit",
            "visa-debit",
            "mastercard-credit",
            "mastercard-debit",
            "card",
            "sepa-debit",
            "direct-debit",
            "bank-account",
            "paypal",
            "other",
        ),
    ),
)
"""Every question, by its fact; a fact that is not here is never asked for."""
