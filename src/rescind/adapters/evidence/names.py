"""Names in a pack: one form, so that no two programs unpack it to different places."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from rescind.core.errors import BadInput

_NOT_ALLOWED = frozenset('\\:*?"<>|')
"""What Windows takes for something else than a part of a name."""
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
MOST_CHARACTERS = 400


def refuse_names(names: Iterable[str]) -> None:
    """Raise BadInput for a name not in canonical form, or two that are one somewhere.

    Two names are one where a disk tells no capital from a small letter, or no composed
    letter from its parts.
    """
    seen: dict[str, str] = {}
    for name in names:
        if why := _why_not(name):
            raise BadInput("pack", f"holds a file named {name[:80]!r}: {why}")
        key = unicodedata.normalize("NFKC", name).casefold()
        if key in seen:
            raise BadInput("pack", f"holds {seen[key]!r} and {name!r}: one name twice")
        seen[key] = name


def canonical_name(name: str) -> str:
    r"""Return a file's name in the form that a pack has it; folders fall away.

    >>> canonical_name("C:\\mail\\Re: ended?.eml")
    'Re_ ended_.eml'
    >>> canonical_name("..")
    'file'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(
        "_" if each in _NOT_ALLOWED or not each.isprintable() else each for each in last
    )
    path = PurePosixPath(plain.strip(". ") or "file")
    plain = path.stem[:_MOST_OF_STEM].rstrip(". ") + path.suffix[:_MOST_OF_ENDING]
    return f"file_{plain}" if _why_not(plain) else plain


_MOST_OF_STEM = 100
_MOST_OF_ENDING = 12


def _why_not(name: str) -> str:
    """Return why a name is not in canonical form, or nothing."""
    parts = name.split("/")
    if len(name) > MOST_CHARACTERS or unicodedata.normalize("NFC", name) != name:
        return "longer than a pack's, or with letters in parts"
    if any(part in ("", ".", "..") for part in parts):
        return "it leads out of its folder, or says one place in two ways"
    if any(not each.isprintable() or each in _NOT_ALLOWED for each in name):
        return "it holds a character that systems read differently"
    if any(
        part[-1] in ". " or part.partition(".")[0].casefold() in _DEVICES
        for part in parts
    ):
        return "Windows reads it as another name"
    return ""
