"""Which buttons go with what a case is called, where a table says it."""

from rescind.app.follow.headline import UNREAD
from rescind.app.follow.their_way import BY_LINK, BY_LINK_NOW

READ_ONLY = (
    *(UNREAD, "confirmed_unread", "complained", "complained_late"),
    *("steps_asked_again", BY_LINK, BY_LINK_NOW),
)
"""Where nothing is to be done but to keep what they write."""
LIKELY_OTHER = ("answered_likely_later", "answered_likely_earlier")
"""Where they seem to confirm another day than ours."""
UNPAID = ("confirmed_part", "confirmed_came")
"""Where less was granted, or came, than is owed."""
STEPS_LEFT = ("steps_draft", "steps_left_end", "steps_left_money")
"""Where all or some of the steps in an account are still to be done."""
BESIDE_AN_END = {"answered_fee": "ask_fee", "answered_no_money": "reply"}
"""What is written about beside an end that is right, and by which button."""
BESIDE_A_DAY = {
    **dict.fromkeys(("answered_later", "answered_earlier"), "sooner"),
    "answered_later_if": "reply",
    "answered_early_fee": "keep_end",
}
"""What is written about another end than ours, and by which button."""
TAKES = {"answered_early_fee": "take_offer"}
"""The button that takes their day, where it is called otherwise."""
