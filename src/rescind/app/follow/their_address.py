"""The e-mail address that the newest answer gives for the papers or the answer."""

from rescind.adapters.data.phrasebooks import signs, tongues
from rescind.app.follow.answers import answers
from rescind.core.follow.reading.demands import Sign
from rescind.core.follow.reading.given_address import given_address
from rescind.core.model.case import Case


def address_given(case: Case) -> str | None:
    """Return the address that the newest answer asks to write to; ``None`` for none.

    Only what is new in a message counts, and never one that may be from anybody.
    """
    theirs = answers(case)[-1:]
    if not theirs or theirs[0].is_unverified:
        return None
    text = theirs[0].reading.new_text
    own = str(case.sender.get("email") or "").lower()
    given = given_address(
        text, write_to=signs()[Sign.WRITE_TO], for_help=tongues().for_help
    )
    return None if given == own else given
