"""What mail servers and programs say by themselves: bounces, delays, receipts.

First the parts that follow RFC 3464 and RFC 8098, then the words of the many servers
that follow no standard. A bounce is looked for before an automatic reply, since many
bounces say that they are one (RFC 3834).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rescind.core.follow.reading.blame import Blame
from rescind.core.follow.reading.failed_recipients import (
    ADDRESS,
    RecipientWords,
    failed_recipients,
)
from rescind.core.follow.reading.phrases import fold
from rescind.core.model.message import Label, Message, RecipientReport
from rescind.core.model.sentence import Sentence

MOST_LETTERS = 6000
"""Of a bounce's own words; what follows is our message, returned."""
LONGEST_SUBJECT = 300
_SURE, _LIKELY, _UNSURE = 0.97, 0.85, 0.5
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -](?!\d)")
_BOTH = re.compile(r"(?<![\d.])[45]\d\d[ -]#?([45]\.\d{1,3}\.\d{1,3})(?![\d.])")
"""Both codes of an answer of SMTP (RFC 3463): by itself, "590 kr" or "5.12.26"."""
_HEADER = re.compile(r"^[a-z][\w-]{1,40}:(?:\s|$)")
_TELLING = re.compile(r"^(?:received|return-path|message-id|from|dkim-signature):")
_RULES = tuple("-=_*")
_FEWEST_HEADERS = 3
"""So many header lines in a row begin the message that a bounce returns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How servers say it, where no standard part does."""

    daemons: re.Pattern[str]
    """Names that only mail servers have."""
    senders: re.Pattern[str]
    subjects: re.Pattern[str]
    failed: re.Pattern[str]
    delayed: re.Pattern[str]
    automatic: re.Pattern[str]
    returned: re.Pattern[str]
    """Titles of the message that a bounce returns."""
    blame: Blame
    recipients: RecipientWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """What a server's message is, for whom, and why it is read so."""

    label: Label
    sureness: float
    recipients: tuple[RecipientReport, ...]
    because: tuple[Sentence, ...]


def read_transport(message: Message, wording: Wording) -> Transport | None:
    """Return what a server says of a delivery; ``None`` for mail that was written."""
    if message.reports:
        return _by_standard(message.reports, wording.blame)
    if message.disposition == "displayed":
        return _disposition(message, Label.READ, _SURE)
    served = _by_words(message, wording)
    if served is None and message.disposition:
        return _disposition(message, Label.OTHER, _UNSURE)
    return served


def _disposition(message: Message, label: Label, sureness: float) -> Transport:
    """Return a disposition notice (RFC 8098); only ``displayed`` says that it was read.

    Deleted or processed unseen is for a person: the letter may never be seen.
    """
    notice = Sentence.of("reading", "disposition", disposition=message.disposition)
    return Transport(label=label, sureness=sureness, recipients=(), because=(notice,))


def _by_standard(reports: Sequence[RecipientReport], blame: Blame) -> Transport:
    blamed = tuple(_blamed(report, blame) for report in reports)
    actions = {report.action for report in blamed}
    label = Label.DELIVERED
    if "failed" in actions:
        hard = [
            report
            for report in blamed
            if report.action == "failed"
            and not blame.is_soft(report.status, report.diagnostic)
        ]
        label = Label.BOUNCE_PERMANENT if hard else Label.BOUNCE_TEMPORARY
    elif "delayed" in actions:
        label = Label.DELAYED
    because = tuple(_reported(report) for report in blamed)
    return Transport(label=label, sureness=_SURE, recipients=blamed, because=because)


def _blamed(report: RecipientReport, blame: Blame) -> RecipientReport:
    if report.action == "failed":
        is_bad = blame.is_address_bad(report.status, report.diagnostic)
        return replace(report, permanent=is_bad)
    return replace(report, permanent=False if report.action == "delayed" else None)


def _reported(report: RecipientReport) -> Sentence:
    code = "report" if report.status else "report_without_status"
    return Sentence.of(
        "reading",
        code,
        action=report.action,
        status=report.status,
        address=report.address,
    )


def _by_words(message: Message, wording: Wording) -> Transport | None:
    own, is_cut = _own_words(message.text[:MOST_LETTERS], wording.returned)
    is_titled = bool(wording.subjects.search(fold(message.subject[:LONGEST_SUBJECT])))
    is_server = _is_server(message, wording, is_titled=is_titled)
    status = _status(fold(own), is_notice=is_server or is_titled)
    label = _label(fold(own), status, wording)
    addresses = _addresses(message, own, wording.recipients)
    signs = SignsOfBounce(
        is_daemon=_is_sent_by(wording.daemons, message),
        is_server=is_server,
        is_titled=is_titled,
        has_code=bool(status),
        has_returned=is_cut or message.returns_message,
        has_label=label is not None,
        has_address=bool(addresses),
    )
    if "x-failed-recipients" not in message.headers and not signs.speak_of_a_bounce():
        return None
    label = label or Label.BOUNCE_PERMANENT
    return Transport(
        label=label,
        sureness=_SURE if signs.is_server and is_titled else _LIKELY,
        recipients=tuple(
            _report(address, label, own, wording.blame) for address in addresses
        ),
        because=(Sentence.of("reading", "server"),),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignsOfBounce:
    """What speaks for a bounce that follows no standard; one sign alone is chance."""

    is_daemon: bool
    """Sent by a name that only mail servers have."""
    is_server: bool
    is_titled: bool
    has_code: bool
    has_returned: bool
    has_label: bool
    """Words of a failure."""
    has_address: bool

    def speak_of_a_bounce(self) -> bool:
        """Return whether they are enough."""
        is_failure = self.has_label or self.is_titled
        if self.is_daemon:
            return is_failure
        if self.is_server:
            return is_failure and (
                sum((self.is_titled, self.has_code, self.has_returned)) > 0
            )
        is_about_one = self.has_address and self.has_label
        return is_about_one and (self.is_titled or self.has_returned or self.has_code)


def _own_words(text: str, returned: re.Pattern[str]) -> tuple[str, bool]:
    """Return what a server says before the message that it returns, if it does."""
    lines = text.lower().splitlines()
    for number, line in enumerate(lines):
        if (
            line[:1] in _RULES and returned.search(line[:LONGEST_SUBJECT])
        ) or _is_header_block(lines, number):
            own = "\n".join(text.splitlines()[:number])
            if own.strip():
                return own, True
    return text, False


def _is_header_block(lines: Sequence[str], number: int) -> bool:
    headers = []
    for line in lines[number : number + 12]:
        if _HEADER.match(line):
            headers.append(line)
        elif not (headers and line[:1] in " \t" and line.strip()):
            break
    return len(headers) >= _FEWEST_HEADERS and any(map(_TELLING.match, headers))


def _is_server(message: Message, wording: Wording, *, is_titled: bool) -> bool:
    """Return whether a program sent it: by its name, or with nowhere to answer to.

    The empty return path is a notice's (RFC 5321 section 4.5.5). Words without any
    header were pasted by somebody, and have no sender for that reason alone.
    """
    written = fold(message.headers.get("from", ""))
    is_empty = message.headers.get("return-path", "").strip() == "<>"
    has_author = bool(ADDRESS.search(written)) or bool(message.sender)
    is_unsigned = not has_author and (bool(message.headers) or is_titled)
    return is_empty or is_unsigned or _is_sent_by(wording.senders, message)


def _is_sent_by(names: re.Pattern[str], message: Message) -> bool:
    written = fold(message.headers.get("from", message.sender))
    return bool(names.search(written.partition("@")[0]) or names.search(message.sender))


def _label(text: str, status: str, wording: Wording) -> Label | None:
    if wording.delayed.search(text) and not status.startswith("5"):
        return Label.DELAYED
    if wording.blame.is_soft(status, text):
        return Label.BOUNCE_TEMPORARY
    if status.startswith("5") or any(
        words.search(text)
        for words in (wording.failed, wording.blame.address, wording.blame.sender)
    ):
        return Label.BOUNCE_PERMANENT
    return None


def _status(text: str, *, is_notice: bool) -> str:
    """Return the code of a failure; alone, it is one only in a server's notice."""
    if not is_notice:
        both = _BOTH.search(text)
        return both[1] if both else ""
    codes: list[str] = _STATUS.findall(text)
    if codes:
        return next((code for code in codes if not code.startswith("2")), codes[0])
    reply = _REPLY.search(text)
    return f"{reply[1][0]}.0.0" if reply else ""


def _addresses(message: Message, own: str, words: RecipientWords) -> list[str]:
    named = ADDRESS.findall(message.headers.get("x-failed-recipients", ""))
    if named:
        return list(dict.fromkeys(named))
    return failed_recipients(own, (message.sender, *message.recipients), words)


def _report(address: str, label: Label, own: str, blame: Blame) -> RecipientReport:
    words = fold(own)
    status = _status(words, is_notice=True)
    is_delayed = label is Label.DELAYED
    return RecipientReport(
        address=address,
        action="delayed" if is_delayed else "failed",
        status=status,
        permanent=False if is_delayed else blame.is_address_bad(status, own),
    )


def is_automatic(message: Message, wording: Wording) -> bool:
    """Return whether nobody typed a message just now (RFC 3834 section 5)."""
    value = message.headers.get("auto-submitted", "no").lower()
    if value.startswith("auto-") or "x-autoreply" in message.headers:
        return True
    if "auto" in message.headers.get("precedence", "").lower():
        return True
    return is_titled_automatic(message, wording)


def is_titled_automatic(message: Message, wording: Wording) -> bool:
    """Return whether the subject itself says that nobody typed it."""
    return bool(wording.automatic.search(fold(message.subject[:LONGEST_SUBJECT])))
