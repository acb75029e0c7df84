"""Whether a failed delivery blames the address, or something else.

That a letter did not arrive for good and that its address is bad are two things: a full
mailbox, a list of spam senders or a time-out say nothing against the address, and the
letter may be sent there again.
"""

import re
from dataclasses import dataclass

from rescind.core.follow.reading.phrases import fold

BAD = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"})
"""Codes that blame the address (RFC 3463 section 3.2, RFC 7505): no such mailbox, no
such host, not an address, moved, takes no mail; and a host that has no route."""
GENERAL = frozenset({"", "5.0.0", "5.1.0", "5.5.0"})
"""Codes that say only that it failed: the words decide, else nobody knows."""
SOFT = frozenset({"5.2.2", "4.2.2", "5.2.1", "5.2.3", "5.3.4", "5.3.1"})
"""Codes of a mailbox that stands: full, switched off for now, a letter too large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """The words by which servers say what a failure is due to."""

    address: re.Pattern[str]
    """Nobody of that name, no such domain."""
    sender: re.Pattern[str]
    """The sender's address, domain or server is refused."""
    soft: re.Pattern[str]
    """The mailbox is full, the letter is too large."""
    other: re.Pattern[str]
    """Spam, policy, time-outs, loops, limits, sign-in."""

    def is_soft(self, status: str, words: str) -> bool:
        """Return whether the same letter may arrive there another time."""
        return (
            status.startswith("4")
            or status in SOFT
            or bool(self.soft.search(fold(words)))
        )

    def is_address_bad(self, status: str, words: str) -> bool | None:
        """Return whether the address itself is bad; ``None`` where nobody can tell.

        Args:
            status: The enhanced code (RFC 3463), or an empty one.
            words: What the server says of this recipient.
        """
        said = fold(words)
        if status.startswith("4") or self.sender.search(said) or self.soft.search(said):
            return False
        if self.address.search(said):
            return True
        if self.other.search(said):
            return False
        if status in BAD:
            return True
        return None if status in GENERAL else False
