"""The new words of a reply: what it quotes and how it is signed are left out.

A quote that leaks is the dangerous error: our own letter says "cancel" and "refund".
A quote is known by its form more than by its words: a line with an address or a day
that ends with a colon, a run of header lines, a title between dashes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.phrases import fold

LONGEST_LINE = 300
MOST_LINES = 4000
MOST_LINES_OF_A_HEAD = 4
_MARKED = re.compile(r"^\s*(?:>|\|\s|»\s)")
_SIGNED = re.compile(r"^\s*(?:--|—)\s?$")
_RULED = re.compile(r"^\s*[_=*─—-]{8,}\s*$")
_BETWEEN_DASHES = re.compile(r"^\s*[-_=*─—]{2,}\s*(.{3,200}?)\s*[-_=*─—]{2,}\s*$")
_FIELD = re.compile(r"^[\s>*_]{0,6}([^\n:：]{1,24}?)[\s*_]{0,3}[:：][\s*_]?(.*)$")
_ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,128}")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}:\d\d|(?<!\d)(?:19|20)\d\d")
_ENDS_AS_A_HEAD = re.compile(r"[:：]\s*[*_]?$")
_STAMPED = re.compile(r"^\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)")
_BEGINS_A_HEAD = re.compile(r"^(?=.*[\d@]).*[^.!?…\s]\s*$")
"""The first line of a wrapped one: a day or an address, and no sentence's end."""
_ENDS_A_SENTENCE = re.compile(r"[.!?]\s*$")
_WORDS = re.compile(r"\w+")
_FEWEST_WORDS = 5
"""A line of ours is known again only if it has that many words."""
_LONGEST_TITLE = 6
"""Words of the title of a forwarded message, or of the day above it."""
_FEWEST_OF_A_TITLE = 2
"""Words; a subject of one word is anybody's."""
_LONGEST_NAME = 4
_FEWEST_FIELDS = 2
_FIELDS_WITHIN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """How mail programs introduce what they quote, in every language."""

    wrote: re.Pattern[str]
    """The verb of the line above a quote."""
    fields: Mapping[str, str]
    """Names of header lines, folded, to what they hold: ``from``, ``date``, ``to``,
    ``copy``, ``subject``. A name may hold two things in two languages; the first."""
    forwarded: re.Pattern[str]
    between_dashes: re.Pattern[str]
    """Words of a title that is one between dashes alone."""
    reply_line: re.Pattern[str]
    device: re.Pattern[str]


def new_text(text: str, quotes: Quotes, ours: str = "") -> str:
    """Return the lines that somebody wrote anew.

    ``ours`` is the letter that was answered, whose sentences are left out wherever they
    stand.
    """
    lines = text.replace("\r\n", "\n").split("\n")[:MOST_LINES]
    our_lines = {words for each in ours.splitlines() if (words := _words(each))}
    new: list[str] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if _SIGNED.match(line) or _ends_the_new(lines, number, quotes):
            break
        if head := _lines_of_a_head(lines, number, quotes):
            number += head
            if any(_MARKED.match(each) for each in lines[number : number + 4]):
                continue  # the quote is marked line by line; what is not goes on
            break
        if not _MARKED.match(line) and not (our_lines and _words(line) in our_lines):
            new.append(line)
        number += 1
    return "\n".join(_without_device(new, quotes)).strip()


_REPLY = re.compile(
    r"^\s*(?:re|aw|sv|antw|antwort|rif|res|rv|tr|fwd?|wg|enc|vb|doorst)\s*:",
    re.IGNORECASE,
)


def is_reply(subject: str) -> bool:
    """Return whether a subject says itself that it answers another.

    >>> is_reply("AW: Kündigung")
    True
    """
    return bool(_REPLY.match(subject))


def without_ours(subject: str, ours: str) -> str:
    """Return a subject without the subject that we wrote, which it may repeat.

    Systems for tickets answer under our subject with a number and no "Re:". ``ours``
    has our subject on a line of its own.

    >>> without_ours("[#81] Refund of €59", "Refund of €59")
    '[#81]'
    """
    for line in ours.splitlines():
        title = line.strip()
        if title and len(title.split()) >= _FEWEST_OF_A_TITLE and title in subject:
            return subject.replace(title, " ").strip()
    return subject


def _ends_the_new(lines: Sequence[str], number: int, quotes: Quotes) -> bool:
    """Return whether all from here on is quoted: a title, or header lines."""
    line = lines[number][:LONGEST_LINE]
    if not line.strip():
        return False
    if quotes.reply_line.search(fold(line)):
        return number > 0
    is_between = bool(_BETWEEN_DASHES.match(line))
    if _is_title(line, quotes, is_between=is_between):
        return True
    if is_between or _RULED.match(line):
        return _is_block(lines, number + 1, quotes)
    return _begins_block(lines, number, quotes)


def _is_title(line: str, quotes: Quotes, *, is_between: bool) -> bool:
    """Return whether a line is the title of what is forwarded or quoted below it."""
    folded = fold(line)
    if quotes.forwarded.search(folded):
        is_alone = line.rstrip().endswith(":") and len(line.split()) <= _LONGEST_TITLE
        return is_between or is_alone
    is_theirs = quotes.wrote.search(folded) and _DAY.search(line)
    return is_between and bool(is_theirs or quotes.between_dashes.search(folded))


def _begins_block(lines: Sequence[str], number: int, quotes: Quotes) -> bool:
    """Return whether header lines begin in a line, maybe below a name and a day.

    Notes writes the name and the day of the author above the other lines.
    """
    if _field(lines[number], quotes):
        return _is_block(lines, number, quotes)
    if _DAY.search(lines[number]) and len(lines[number].split()) <= _LONGEST_TITLE:
        return _is_block(lines, number + 1, quotes, fewest=_FEWEST_FIELDS + 1)
    following = lines[number + 1 : number + 2]
    return bool(
        following
        and len(lines[number].split()) <= _LONGEST_NAME
        and _DAY.search(following[0])
        and not _FIELD.match(lines[number])
        and _is_block(lines, number + 2, quotes, fewest=_FEWEST_FIELDS + 1)
    )


def _is_block(
    lines: Sequence[str], number: int, quotes: Quotes, fewest: int = _FEWEST_FIELDS
) -> bool:
    """Return whether a mail's header lines stand here, as programs quote them."""
    held: set[str] = set()
    for line in lines[number : number + _FIELDS_WITHIN]:
        if not line.strip() and held:
            break
        if field := _field(line, quotes):
            held.add(field)
    has_address = any(
        _ADDRESS.search(line) or _DAY.search(line)
        for line in lines[number : number + _FIELDS_WITHIN]
    )
    is_plain = has_address or "subject" in held or len(held) > _FEWEST_FIELDS
    return len(held) >= fewest and is_plain


def _field(line: str, quotes: Quotes) -> str | None:
    match = _FIELD.match(line[:LONGEST_LINE])
    return quotes.fields.get(fold(match[1])) if match else None


def _lines_of_a_head(lines: Sequence[str], number: int, quotes: Quotes) -> int:
    """Return how many lines the introduction of a quote has here; 0 for none."""
    run = lines[number : number + MOST_LINES_OF_A_HEAD]
    length = next(
        (n for n, each in enumerate(run) if not each.strip() or _MARKED.match(each)),
        len(run),
    )
    for count in range(length, 0, -1):
        joined = " ".join(each.strip() for each in run[:count])[: LONGEST_LINE + 1]
        if count > 1 and not _BEGINS_A_HEAD.search(run[0]):
            continue
        after = lines[number + count : number + count + 3]
        if len(joined) <= LONGEST_LINE and _is_head(joined, after, quotes):
            return count
    return 0


def _is_head(joined: str, after: Sequence[str], quotes: Quotes) -> bool:
    if _STAMPED.match(joined):
        return True
    is_ended = bool(_ENDS_AS_A_HEAD.search(joined))
    has_quote = any(map(_MARKED.match, after)) and not _ENDS_A_SENTENCE.search(joined)
    if not is_ended and not has_quote:
        return False
    has_address = bool(_ADDRESS.search(joined))
    has_day = bool(_DAY.search(joined))
    if quotes.wrote.search(fold(joined)):
        return has_address or has_day or has_quote
    return has_address and (has_day or (has_quote and is_ended))


def _without_device(lines: list[str], quotes: Quotes) -> list[str]:
    """Return lines without the signature that a telephone or a program adds."""
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    if kept and quotes.device.match(fold(kept[-1][:LONGEST_LINE]).lstrip("[(<*_ ")):
        kept.pop()
    return kept


def _words(line: str) -> str:
    """Return a line's words to be compared; nothing where they are too few."""
    words = _WORDS.findall(fold(line[:LONGEST_LINE]))
    return " ".join(words) if len(words) >= _FEWEST_WORDS else ""
