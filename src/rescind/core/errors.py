"""What can go wrong, as a tree.

::

    RescindError
    ├── BadInput          the person can put it right: field, message, suggestions
    │   └── Refused           it may not happen now; the message says what may
    ├── DataError         files of facts are wrong: findings, all of them
    └── OutsideError      something outside failed: who and what
        ├── TransientError    trying again may help
        ├── PermanentError    trying again will not help
        │   └── Damaged           what was kept is no longer as it was written
        └── UnknownOutcome    it may have happened; a person has to look
"""

from collections.abc import Sequence
from difflib import get_close_matches

from rescind.core.model.problem import Finding
from rescind.core.model.sentence import Sentence, Wording


class RescindError(Exception):
    """The root: whatever Rescind raises by design."""


class BadInput(RescindError):  # noqa: N818 - the word a person would use
    """A fact that was given cannot be used as it stands.

    The core brings a sentence; the doors say it.
    """

    def __init__(
        self, field: str, message: Wording, suggestions: Sequence[str] = ()
    ) -> None:
        """Name the field, what is wrong with it, and the nearest usable values."""
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.suggestions = tuple(suggestions)

    @classmethod
    def unknown_value(cls, field: str, value: str, known: Sequence[str]) -> "BadInput":
        """Return the error for a value that is not among the known ones."""
        near = get_close_matches(value.lower(), known, n=3, cutoff=0.5)
        suggestions = tuple(near) or tuple(known)[:24]
        message = Sentence.of("bad_input", "unknown_value", value=value)
        return cls(field, message, suggestions)


class Refused(BadInput):
    """What was asked for may not happen now, as things stand; something else may."""


class DataError(RescindError):
    """Files of facts that cannot be used; says every problem, not the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the findings and show them one a line."""
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


class OutsideError(RescindError):
    """Something outside the program did not do its part."""

    def __init__(self, who: str, what: str, commands: Sequence[str] = ()) -> None:
        """Say who failed and what happened, without secrets, and what commands help."""
        super().__init__(f"{who}: {what}")
        self.who = who
        self.what = what
        self.commands = tuple(commands)


class TransientError(OutsideError):
    """Trying again later may help."""


class PermanentError(OutsideError):
    """Trying again the same way will not help."""


class Damaged(PermanentError):  # noqa: N818 - it says what something is
    """What was kept is no longer as it was written; nothing is built upon it."""


class UnknownOutcome(OutsideError):  # noqa: N818 - it is not known to be an error
    """It may have happened or not; a person has to look, nobody tries again."""
