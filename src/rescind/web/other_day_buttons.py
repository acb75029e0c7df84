"""The buttons of a case in which they name another end than the one before."""

from collections.abc import Iterator

from rescind.app.follow.headline import Headline
from rescind.core.follow.letters_out import Do
from rescind.core.model.message import Label
from rescind.labels import label
from rescind.web.case_state import CaseButton
from rescind.web.case_story import CaseDays, head_in_words

OTHER_DAYS = (
    *("other_day_later", "other_day_first", "other_day_likely"),
    *("other_day_earlier", "other_day_late"),
    *("denied", "denied_likely", "denied_late"),
    *("denied_asked", "other_day_asked"),
)
"""What a case is called in which they name another end, or deny it; the last two only
wait."""
ONLY_WAIT = OTHER_DAYS[-2:]
_LIKELY = {
    "other_day_likely": (("likely", Label.CONFIRMED), ("not_end", Label.OTHER)),
    "denied_likely": (("likely_refused", Label.REFUSED), ("not_refused", Label.OTHER)),
}
"""How yes and no are called to what an answer seems to be, and what it then is."""
_LETTERS = {
    "other_day_first": "sooner",
    **dict.fromkeys(("other_day_late", "denied_late"), "complain"),
}
"""How the letter is called that contests their day; else it holds them to theirs."""


def other_day_buttons(
    head: Headline, days: CaseDays, *, may_reply: bool
) -> Iterator[CaseButton]:
    """Yield what holds them to the day before, and what takes the one they name."""
    other = head.other_day
    if other is None:
        return
    if head.code in _LIKELY:
        for code, reads_as in _LIKELY[head.code]:
            yield CaseButton(
                says=head_in_words(head, days, "case_button", code),
                page="reads",
                fields=(("message", other.message), ("reads_as", reads_as.value)),
                posts=True,
            )
        return
    if head.code in ONLY_WAIT:
        yield CaseButton(says=label("wait", "case_button"), page="reply")
    elif may_reply:
        says = _LETTERS.get(head.code, "hold")
        kind = Do.COMPLAINT.value if says == "complain" else "reply"
        yield CaseButton(
            says=head_in_words(head, days, "case_button", says),
            page="letters",
            fields=(("letter", kind),),
        )
    if other.denies:
        return
    yield CaseButton(
        says=label("their_day", "case_button"),
        page="confirm",
        fields=(("ends_on", other.theirs.isoformat()),),
        posts=True,
    )
