"""What mail servers and programs say by themselves: bounces, delays, receipts.

First the parts that follow RFC 3464 and RFC 8098, then the words of the many servers
that follow no standard. A bounce is looked for before an automatic reply, since many
bounces say that they are one (RFC 3834).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rescind.core.follow.reading.phrases import fold
from rescind.core.model.message import Label, Message, RecipientReport
from rescind.core.model.sentence import Sentence

_MOST_ADDRESSES = 20
"""Of a bounce: our letters have one recipient, some more come from forwarding."""
MOST_LETTERS = 6000
"""Of a bounce's own words; what follows is our message, returned."""
_SURE, _LIKELY = 0.97, 0.85
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -](?!\d)")
_RETURNED = re.compile(
    r"^(?:received|return-path|message-id|dkim-signature|x-[\w-]+):", re.MULTILINE
)
_OURS = ("mailer-daemon", "postmaster", "mail-daemon")
SOFT = frozenset({"5.2.2", "4.2.2", "5.2.1", "5.2.3", "5.3.4", "5.3.1"})
"""Codes of an address that stands (RFC 3463): full, switched off for now, too large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How servers say it, where no standard part does."""

    senders: re.Pattern[str]
    subjects: re.Pattern[str]
    permanent: re.Pattern[str]
    soft: re.Pattern[str]
    delayed: re.Pattern[str]
    automatic: re.Pattern[str]


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
        return _by_standard(message.reports)
    if message.disposition:
        notice = message.disposition
        return Transport(
            label=Label.READ,
            sureness=_SURE,
            recipients=(),
            because=(Sentence.of("reading", "disposition", disposition=notice),),
        )
    return _by_words(message, wording)


def _by_standard(reports: Sequence[RecipientReport]) -> Transport:
    actions = {report.action for report in reports}
    because = tuple(_reported(report) for report in reports)
    label = Label.DELIVERED
    if "failed" in actions:
        hard = [r for r in reports if r.action == "failed" and r.permanent is not False]
        label = Label.BOUNCE_PERMANENT if hard else Label.BOUNCE_TEMPORARY
    elif "delayed" in actions:
        label = Label.DELAYED
    return Transport(
        label=label, sureness=_SURE, recipients=tuple(reports), because=because
    )


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
    subject = fold(message.subject[:300])
    own = _RETURNED.split(message.text[:MOST_LETTERS].lower())[0]
    text = fold(own)
    is_server = bool(wording.senders.search(fold(message.sender.partition("@")[0])))
    is_titled = bool(wording.subjects.search(subject))
    if not is_server and not (is_titled and _STATUS.search(text)):
        return None
    label = _label(text, wording)
    if label is None:
        return None
    status = _status(text)
    permanent = {Label.BOUNCE_PERMANENT: True, Label.BOUNCE_TEMPORARY: False}.get(label)
    action = "delayed" if label is Label.DELAYED else "failed"
    reports = [
        RecipientReport(address=a, action=action, status=status, permanent=permanent)
        for a in _addresses(own, message)
    ]
    return Transport(
        label=label,
        sureness=_SURE if is_server and is_titled else _LIKELY,
        recipients=tuple(reports),
        because=(Sentence.of("reading", "server"),),
    )


def _label(text: str, wording: Wording) -> Label | None:
    status = _status(text)
    if wording.delayed.search(text) and not status.startswith("5"):
        return Label.DELAYED
    if wording.soft.search(text) or status in SOFT:
        return Label.BOUNCE_TEMPORARY
    if wording.permanent.search(text) or status.startswith("5"):
        return Label.BOUNCE_PERMANENT
    return Label.BOUNCE_TEMPORARY if status.startswith("4") else None


def _status(text: str) -> str:
    status = _STATUS.search(text)
    if status:
        return status[1]
    reply = _REPLY.search(text)
    return f"{reply[1][0]}.0.0" if reply else ""


def _addresses(own: str, message: Message) -> list[str]:
    """Return whom a bounce is about: neither the server nor whoever gets it."""
    parties = {message.sender, *message.recipients}
    others = [
        address.strip(".")
        for address in _ADDRESS.findall(own)
        if address not in parties and address.partition("@")[0] not in _OURS
    ]
    return list(dict.fromkeys(others))[:_MOST_ADDRESSES]


def is_automatic(message: Message, wording: Wording) -> bool:
    """Return whether nobody typed a message just now (RFC 3834 section 5)."""
    value = message.headers.get("auto-submitted", "no").lower()
    if value.startswith("auto-") or "x-autoreply" in message.headers:
        return True
    if "auto" in message.headers.get("precedence", "").lower():
        return True
    return bool(wording.automatic.search(fold(message.subject[:300])))
