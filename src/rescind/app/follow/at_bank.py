"""What follows where the bank refuses a dispute, by the country of the case."""

from rescind.app.act import bodies
from rescind.app.follow.days import country_of
from rescind.core.follow.letters_out import asked_bank
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence

_PAYMENT = "payment"


def if_bank_refuses(case: Case) -> Sentence | None:
    """Return who looks at a bank's refusal, and what comes before that.

    ``None`` while no bank is asked.
    """
    return after_refusal(case) if asked_bank(case.events) is not None else None


def after_refusal(case: Case) -> Sentence:
    """Return who looks at a bank's refusal; where no body is on file, that is said."""
    country = country_of(case)
    body = bodies.competent_body(country.upper(), _PAYMENT, None) if country else None
    if body is None:
        return Sentence.of("case_row", "bank_refuses_open")
    code = "bank_refuses_first" if body.first else "bank_refuses"
    where = body.contact[0] if body.contact else ""
    return Sentence.of("case_row", code, body=body.name, where=where, first=body.first)
