"""The letter of a case: as mail, as a draft, with the routes that it can take."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage

from rescind.adapters import clock
from rescind.adapters.evidence.zip import zip_of
from rescind.adapters.mail.compose import build_message, new_message_id, with_tag
from rescind.adapters.settings.smtp import MAILBOX
from rescind.app.act import letters
from rescind.app.act.routes import (
    at_the_counter,
    everything,
    of_letter,
    posted_from,
    ranked,
)
from rescind.app.follow.at_store import done_there
from rescind.app.follow.by_phone import ending_call
from rescind.app.follow.days import day_in
from rescind.core.errors import BadInput
from rescind.core.model.case import TO_OTHERS, Case, EventKind, counting, payloads
from rescind.core.model.event_details import (
    ButtonUsedDetails,
    LetterWrittenDetails,
    SaidSentDetails,
)
from rescind.core.model.letter import PrintedLetter
from rescind.core.model.route import RankedRoutes
from rescind.settings import data_folder
from rescind.store import selectors


def message_for(case: Case, to: str) -> EmailMessage:
    """Return the mail of a case's letter, with the very bytes that were kept."""
    account = MAILBOX.read(data_folder())
    plus = account.plus if account else None
    return build_message(
        selectors.letter(case),
        to=to,
        message_id=new_message_id(),
        at=clock.now(),
        reply_to=with_tag(plus, case.id) if plus else None,
    )


def _written_anew(case: Case, letter: PrintedLetter) -> letters.Written | None:
    """Return a case's letter with what it was written from, to find its routes.

    ``None`` where facts kept long ago can no longer be read; the letter itself stands.
    """
    wanted = letters.Wanted(kind=case.kind, language=letter.language)
    try:
        return letters.write(case.facts, case.sender, wanted, now=clock.now())
    except BadInput:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRoutes:
    """How a case's letter can be sent."""

    routes: RankedRoutes | None
    """``None`` where facts kept long ago can no longer be read."""
    at_the_counter: str
    """What to ask for at the post office."""


def routes_for(case: Case, letter: PrintedLetter) -> LetterRoutes:
    """Return the routes for a case's letter, the best first."""
    written = _written_anew(case, letter)
    if written is None:
        return LetterRoutes(routes=None, at_the_counter=at_the_counter(None))
    counter = at_the_counter(posted_from(written))
    return LetterRoutes(routes=ranked(written), at_the_counter=counter)


def archive(cases: Iterable[Case]) -> bytes:
    """Return all that sends the letters of some cases as a ZIP.

    Each has a folder with the very page that was kept, its mail and its routes.
    """
    files: dict[str, bytes] = {}
    for case in cases:
        letter = selectors.letter(case)
        written = _written_anew(case, letter)
        contents = everything(written, letter) if written else of_letter(letter)
        folder = f"{case.service}-{case.kind}-{case.id[:8]}"
        files |= {f"{folder}/{name}": content for name, content in contents.items()}
    return zip_of(files)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a further letter in the same matter starts from, as it would be typed."""

    facts: dict[str, str]
    sender: dict[str, str]
    first_kind: str
    """Which letter the case was opened with."""
    first_sent_on: str
    """The last day on which the merchant was told, in ISO 8601; empty before that."""

    @property
    def ended_before(self) -> bool:
        """Whether it was ended before the case: what went out asks for the money."""
        return any(self.facts.get(name) for name in ("cancelled_at", "withdrawn_at"))


def follow_up(case: Case) -> FollowUp:
    """Return what a further letter in the same matter starts from."""
    days = [day.isoformat() for day in _days_written(case)]
    reports = payloads(counting(case.events), ButtonUsedDetails)
    # of what was done before the case nothing shows that it was a letter
    used = next((each for each in reversed(reports) if not each.before), None)
    for otherwise in (used, ending_call(case)):
        days += [otherwise.on.isoformat()] if otherwise and otherwise.on else []
    return FollowUp(
        facts={
            n: _as_typed(v)
            for n, v in case.facts.items()
            if v not in (None, "") and n != "as_of"
        },
        sender={n: _as_typed(v) for n, v in case.sender.items() if v},
        first_kind=case.kind if case.opened_by_letter else _done_otherwise(case),
        first_sent_on=max(days, default=""),
    )


def _days_written(case: Case) -> Iterator[date]:
    """Yield the last days on which a letter to the merchant was sent, as known.

    What went to a bank, or to a body, was no word to the merchant.
    """
    kind, sent, said = case.kind, None, None
    for event in counting(case.events):
        written = event.read(LetterWrittenDetails)
        kind = kind if written is None else written.kind or case.kind
        if kind in TO_OTHERS:
            continue
        report = event.read(SaidSentDetails)
        said = said if report is None else report.on
        sent = event.at if event.kind is EventKind.DISPATCH_TAKEN else sent
    yield from () if sent is None else (day_in(case, sent),)
    yield from () if said is None else (said,)


def _done_otherwise(case: Case) -> str:
    """Return what a case that no letter opened began with, named as a letter is.

    Who told of a withdrawal before it did not cancel: what is left is the money.
    """
    done = done_there(case)
    if case.facts.get("withdrawn_at"):
        return "refund"
    return next((kind for kind in ("withdraw", "refund") if kind in done), "cancel")


def _as_typed(value: object) -> str:
    """Return a value as a person would type it into a form."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
