"""The buttons of a case that stands on what was cancelled before it."""

from collections.abc import Iterator

from rescind.core.follow.letters_out import Do
from rescind.labels import label
from rescind.web.case_state import CaseButton


def told_before_buttons() -> Iterator[CaseButton]:
    """Yield what may have come of it: an answer, nothing at all, a paper."""
    yield CaseButton(says=label("wait", "case_button"), page="reply")
    yield CaseButton(
        says=label("ask_confirmation", "case_button"),
        page="letters",
        fields=(("letter", Do.SECOND_NOTICE.value),),
    )
    yield CaseButton(says=label("proof", "case_button"), page="confirmation")
