"""Whom a bounce is about, where no part of RFC 3464 says it.

The address of a failure begins a line, or stands beside the reason. An address in a
sentence that offers help, and those of the two parties, are not meant.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.phrases import fold

MOST_ADDRESSES = 20
"""Of a bounce: our letters have one recipient, some more come from forwarding."""
MOST_LINES = 200
LONGEST_LINE = 500
_SERVERS = ("mailer-daemon", "postmaster", "mail-daemon", "mailerdaemon")
_ONE = r'[^\s<>"\'(),:;@\[\]|=]{1,64}@[^\s<>"\'(),:;@\[\]|=]{1,253}'
ADDRESS = re.compile(_ONE)
_BEGINS_LINE = re.compile(
    rf"^[\s>*•\d.)\"'-]{{0,12}}(?:smtp:|mailto:)?[<\"'\[(]{{0,2}}({_ONE})[>\"'\])]{{0,2}}"
    r"(?=$|\s*(?:[,;:(]|\.{3}|\s-|\s{2})|\s*$)",
    re.IGNORECASE,
)
_AFTER_HEADING = 6
"""So many lines below such a heading belong to it."""
_BESIDE = rf"\W{{0,5}}(?:\w{{2,3}}\s)?[<\"'(\[]{{0,2}}(?P<address>{_ONE})"
"""An address right after the words that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientWords:
    """The words by which servers say whom they could not reach."""

    heading: re.Pattern[str]
    """What stands above a list of addresses."""
    named: re.Pattern[str]
    """What stands before one: recipient, delivered to."""
    help: re.Pattern[str]
    """What makes an address one to turn to."""


def failed_recipients(
    text: str, parties: Iterable[str], words: RecipientWords
) -> list[str]:
    """Return the addresses that a server's own words blame, each once.

    Args:
        text: The server's words, without the message that it returns.
        words: How servers name them.
        parties: Who sent the bounce, and who got it. They are left out unless a line
            begins with one, since people write to themselves too.
    """
    lines = [line[:LONGEST_LINE] for line in text.splitlines()[:MOST_LINES]]
    ours = {address.lower() for address in parties}
    first = _each(_at_begin(lines))
    below = _each(_below_heading(lines, words))
    if set(below) < set(first):
        below = first
    for group in (
        below,
        first,
        _each(_named(lines, words)),
        _each(_anywhere(lines, words)),
    ):
        if others := [each for each in group if each.lower() not in ours]:
            return others[:MOST_ADDRESSES]
    return first[:MOST_ADDRESSES]


def _each(addresses: Iterable[str]) -> list[str]:
    tidy = (address.partition("...")[0].strip(".*`") for address in addresses)
    return list(
        dict.fromkeys(
            address
            for address in tidy
            if address.partition("@")[0].lower() not in _SERVERS
            and address.partition("@")[2]
        )
    )


def _at_begin(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if match := _BEGINS_LINE.match(line):
            yield match[1]


def _below_heading(lines: Sequence[str], words: RecipientWords) -> Iterator[str]:
    for number, line in enumerate(lines):
        if words.heading.search(fold(line)):
            for below in lines[number : number + _AFTER_HEADING + 1]:
                if not words.help.search(fold(below)):
                    yield from ADDRESS.findall(below)
            return


def _named(lines: Iterable[str], words: RecipientWords) -> Iterator[str]:
    pattern = re.compile(f"(?:{words.named.pattern}){_BESIDE}", re.IGNORECASE)
    for line in lines:
        if "@" in line and not words.help.search(fold(line)):
            yield from (match["address"] for match in pattern.finditer(line))


def _anywhere(lines: Iterable[str], words: RecipientWords) -> Iterator[str]:
    for line in lines:
        if "@" in line and not words.help.search(fold(line)):
            yield from ADDRESS.findall(line)
