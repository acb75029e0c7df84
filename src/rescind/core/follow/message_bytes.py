"""Whether some bytes are a message: a mail, or at least words."""

import re

_HEADER = re.compile(
    rb"\A\s*(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
    rb"(?:From|To|Subject|Date|Message-ID|Received|Return-Path|Delivered-To"
    rb"|MIME-Version|Content-Type):",
    re.IGNORECASE,
)
"""A header of a mail (RFC 5322 section 2.2), with one field that every mail has."""
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
"""What stands in no text; tabs, line ends and page breaks do."""


def message_fault(raw: bytes) -> str | None:
    """Return the code of what is wrong with a message's bytes; ``None`` if nothing.

    A mail may hold any bytes behind its header; what has none has to be text.
    """
    if not raw.strip():
        return "empty_message"
    if _HEADER.match(raw[:200_000]):
        return None
    try:
        raw.decode()
    except UnicodeDecodeError:
        return "no_message"
    return "no_message" if _CONTROLS.search(raw) else None
