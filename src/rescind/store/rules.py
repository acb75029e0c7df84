"""Rules of writing: what the table of transitions refuses, said in words."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from rescind.core.errors import BadInput, Refused
from rescind.core.follow.event_days import day_fault
from rescind.core.follow.message_bytes import message_fault
from rescind.core.follow.transitions import refusal
from rescind.core.model.case import Event, EventKind
from rescind.core.model.sentence import Sentence
from rescind.store.models import CaseRecord
from rescind.store.speech import said

if TYPE_CHECKING:
    from rescind.ports import ZoneOf

MAX_MESSAGE_BYTES = 10_000_000


def require(case: CaseRecord, events: tuple[Event, ...], kind: EventKind) -> None:
    """Raise Refused where an event may not follow, with why and what may."""
    why = refusal(events, kind)
    if why is not None:
        raise Refused("case", said(why), [f"rescind case show {case.pk}"])


def require_day(case: CaseRecord, events: tuple[Event, ...], event: Event) -> None:
    """Raise BadInput where an event bears a day before what it follows from."""
    zone_of: ZoneOf = import_string(settings.RESCIND_ZONE_OF)
    fault = day_fault(events, event, case.facts, zone_of(case.facts))
    if fault is not None:
        raise BadInput(fault.field, said(fault.sentence), fault.suggestions)


def require_message(raw: bytes) -> None:
    """Raise BadInput for bytes that are no message, or too many."""
    if len(raw) > MAX_MESSAGE_BYTES:
        raise BadInput("answer", f"is larger than {MAX_MESSAGE_BYTES:,} bytes")
    code = message_fault(raw)
    if code is not None:
        known = ["a mail as a file (.eml)", "plain text"]
        raise BadInput("answer", said(Sentence.of("refusal", code)), known)
