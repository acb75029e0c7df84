"""What the bank was told in a case, and what follows where it refuses."""

from rescind.app.act import bodies
from rescind.app.follow.days import country_of
from rescind.core.follow.letters import LetterStanding, letters_of
from rescind.core.follow.letters_out import Do, asked_bank
from rescind.core.follow.state import wrongful_charges
from rescind.core.follow.third_party import said_by
from rescind.core.model.case import Case, CaseState
from rescind.core.model.sentence import Sentence
from rescind.core.model.third_party_details import BANK, ThirdWord

_PAYMENT = "payment"
_NOT_OUT = (CaseState.DRAFT, CaseState.FAILED, CaseState.ORDERED)
_SAID = {ThirdWord.CREDITS: "credited", ThirdWord.REFUSES: "refused"}
"""What a letter to others tells of the bank's words."""


def last_dispute(case: Case) -> LetterStanding | None:
    """Return the dispute that went out last; ``None`` for none."""
    every = letters_of(case.events, case.kind)
    out = [e for e in every if e.kind == Do.DISPUTE and e.state not in _NOT_OUT]
    return out[-1] if out else None


def about_dispute(case: Case) -> dict[str, str]:
    """Return what a letter says of the dispute: when it was made, what came of it.

    Nobody threatens with what was done already, and a body is told of all of it.
    """
    letter = last_dispute(case)
    charges = [event.number for event, _ in wrongful_charges(case.events)]
    if letter is None or letter.sent_on is None:
        return {}
    if letter.number < max(charges, default=0):
        # what came since is another charge
        return {}
    said = said_by(case.events, BANK, since=letter.number)
    codes = [_SAID[word.says] for word in said if word.says in _SAID]
    told = {"disputed_on": letter.sent_on.isoformat()}
    return told | ({"bank_said": " ".join(dict.fromkeys(codes))} if codes else {})


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
