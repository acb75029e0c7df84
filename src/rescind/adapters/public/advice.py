"""What follows from an answer, in the public JSON form."""

from collections.abc import Sequence
from typing import TypedDict

from rescind.adapters.public.verdict import ClaimJson, RightJson
from rescind.core.model.message import Play


class DifferenceJson(TypedDict):
    """What an answer grants less than is owed."""

    code: str
    """``paid_less``, ``ends_later``, ``ends_earlier``, ``ends_after_paid``,
    ``ends_elsewhere``, ``money_open``, ``by_phone``, ``identity_copy``, ``fee``,
    ``fee_sum``, ``fee_open``, ``fee_sum_open``, ``fee_withdrawn``, ``credit`` or
    ``too_late``."""
    text: str
    claims: list[ClaimJson]
    """The law that what is owed rests on; empty where it is the contract alone."""


class AdviceJson(TypedDict):
    """What an answer means, what to do about it, and the law that speaks to it."""

    label: str
    means: str
    do: list[str]
    is_ours: bool
    """Whether it is the person's turn."""
    letter: str | None
    """The kind of letter that answers it."""
    rights: list[RightJson]
    """Of the case's own verdict."""
    rests_on: list[dict[str, str]]
    """Sources of the advice: ``title``, ``url``, ``verification``, ``at``,
    ``checked_on``."""
    differences: list[DifferenceJson]
    """What it grants less than is owed."""


def advice_json(
    play: Play, rights: Sequence[RightJson], differences: Sequence[DifferenceJson]
) -> AdviceJson:
    """Return what follows from an answer."""
    return {
        "label": play.label.value,
        "means": play.means,
        "do": list(play.do),
        "is_ours": play.is_ours,
        "letter": play.letter,
        "rights": list(rights),
        "rests_on": [dict(source) for source in play.rests_on],
        "differences": list(differences),
    }
