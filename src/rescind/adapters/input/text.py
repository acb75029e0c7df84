"""Text: one line of a person's words, and nothing that could act as more."""

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput

MAX_LINE = 200
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""Overrides of direction (Unicode TR 9): what is read is not what stands there."""


def check_line(text: str, field: str) -> None:
    """Raise BadInput for control characters and overrides of direction.

    They can forge headers and layouts; they are refused, not dropped, so that nothing
    is sent that was not typed.
    """
    bad = [c for c in text if not c.isprintable() or c in BIDI]
    if bad:
        codes = ", ".join(sorted({f"U+{ord(c):04X}" for c in bad})[:5])
        raise BadInput(field, why_not("not_printable", codes=codes))


def clean_line(text: str, field: str) -> str:
    """Return one line without blanks around it; raises BadInput for any other text."""
    line = text.strip()
    check_line(line, field)
    if len(line) > MAX_LINE:
        message = why_not("too_many_characters", count=len(line), most=MAX_LINE)
        raise BadInput(field, message)
    return line
