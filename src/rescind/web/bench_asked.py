"""What a reply gives of what they asked for: the fields for it on the workbench."""

from rescind.app.act.workbench import BenchLetter
from rescind.core.act.asked import GIVEN_AS, asks_papers, of_estate
from rescind.core.model.message import Label


def asked_of_sender(letter: BenchLetter) -> tuple[str, ...]:
    """Return the sender's details that they asked for; all, where nobody can tell.

    Papers that they ask for are no detail.
    """
    if not _wants_to_know(letter) or letter.written is None:
        return ()
    codes = (letter.written.matter.details.asked or "").split()
    if not codes:
        return tuple(GIVEN_AS.values())
    return tuple(GIVEN_AS[code] for code in codes if code in GIVEN_AS)


def is_asked_of_heirs(letter: BenchLetter) -> bool:
    """Return whether heirs are asked for something, and may enclose papers."""
    written = letter.written
    return _wants_to_know(letter) and written is not None and of_estate(written.matter)


def asked_beside(letter: BenchLetter) -> tuple[str, ...]:
    """Return what a letter would say wrongly, were it not told.

    A part of the money that came, and what heirs enclose of what they are asked for.
    """
    written = letter.written
    if written is None:
        return ()
    is_late = written.matter.checked.facts.withdrawn_at is not None
    if letter.kind == "refund" and is_late:
        return ("repaid",)
    is_asked = _wants_to_know(letter) and asks_papers(written.matter)
    return ("papers",) if is_asked else ()


def _wants_to_know(letter: BenchLetter) -> bool:
    written = letter.written
    answer = written.matter.details.answer if written is not None else None
    return letter.kind == "reply" and answer == Label.NEEDS_INFORMATION.value
