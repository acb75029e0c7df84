"""The new words of a reply: what it quotes and how it is signed are left out.

A quote that leaks is the dangerous error: our own letter says "cancel" and "refund".
"""

import re
from collections.abc import Sequence

from rescind.core.follow.reading.phrases import fold

LONGEST_LINE = 300
MOST_LINES = 4000
_MARKED = re.compile(r"^\s*(?:>|\|\s)")
_RULED = re.compile(r"^[_=*-]{10,}$")
_SIGNED = re.compile(r"^--\s?$")
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 5
"""A line of ours is known again only if it has that many words."""


def new_text(text: str, quoted: Sequence[re.Pattern[str]], ours: str = "") -> str:
    """Return the lines that somebody wrote anew.

    ``quoted`` are the lines that begin a quote, in every language; ``ours`` is the
    letter that was answered, whose sentences are left out wherever they stand.
    """
    lines = text.replace("\r\n", "\n").split("\n")[:MOST_LINES]
    our_lines = {words for each in ours.splitlines() if (words := _words(each))}
    new: list[str] = []
    for number, line in enumerate(lines):
        if _SIGNED.match(line):
            break
        if _begins_quote(lines, number, quoted):
            rest = lines[number + 1 :]
            if any(_MARKED.match(each) for each in rest[:4]):
                continue  # the quote is marked line by line; what is not goes on
            break
        if _MARKED.match(line) or (our_lines and _words(line) in our_lines):
            continue
        new.append(line)
    return "\n".join(new).strip()


def _begins_quote(
    lines: Sequence[str], number: int, quoted: Sequence[re.Pattern[str]]
) -> bool:
    """Return whether a quote begins in a line, which may be wrapped into the next."""
    line = lines[number].strip()
    if not line or len(line) > LONGEST_LINE:
        return False
    if _RULED.match(line):
        return _is_header(lines[number + 1 : number + 3], quoted)
    two = f"{line} {lines[number + 1].strip()}" if number + 1 < len(lines) else line
    return any(
        pattern.fullmatch(fold(each[:LONGEST_LINE]))
        and (not pattern.pattern.endswith("{1,200}") or _is_block(lines, number))
        for each in (line, two)
        for pattern in quoted
    )


def _is_header(lines: Sequence[str], quoted: Sequence[re.Pattern[str]]) -> bool:
    return any(
        pattern.fullmatch(fold(line.strip()[:LONGEST_LINE]))
        for line in lines
        for pattern in quoted
    )


def _is_block(lines: Sequence[str], number: int) -> bool:
    """Return whether a line begins a mail's header lines, as Outlook quotes them."""
    after = [line for line in lines[number + 1 : number + 7] if line.strip()]
    return sum(1 for line in after[:4] if re.match(r"^[^\n:]{2,20}\s?: \S", line)) >= 2  # noqa: PLR2004 - sent, to, subject


def _words(line: str) -> str:
    """Return a line's words to be compared; nothing where they are too few."""
    words = _WORDS.findall(fold(line[:LONGEST_LINE]))
    return " ".join(words) if len(words) >= _FEWEST_WORDS else ""
