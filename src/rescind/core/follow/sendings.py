"""What one event says of a sending: which it was, on which day, if it is in doubt."""

from datetime import date

from rescind.core.model.case import Event
from rescind.core.model.correction_details import RestoredDetails
from rescind.core.model.event_details import (
    ButtonUsedDetails,
    CalledDetails,
    DispatchBegunDetails,
    DispatchTakenDetails,
    SaidSentDetails,
)
from rescind.core.model.report_details import DeliveredDetails, DeliveryFailedDetails


def dispatch_of(event: Event) -> str:
    """Return the sending that ended or was reported of; empty for anything else."""
    match event.payload:
        case (
            DispatchBegunDetails(dispatch=name)
            | RestoredDetails(dispatch=name)
            | DispatchTakenDetails(dispatch=name)
            | DeliveredDetails(dispatch=name)
            | DeliveryFailedDetails(dispatch=name)
        ):
            return name or ""
        case _:
            return ""


def told_day(event: Event) -> date | None:
    """Return the day on which the person says that they told the merchant."""
    match event.payload:
        case (
            SaidSentDetails(on=day) | ButtonUsedDetails(on=day) | CalledDetails(on=day)
        ):
            return day
        case _:
            return None


def own_confirm_by(event: Event) -> date | None:
    """Return when an answer is due by the event itself, and not by the letter's day."""
    match event.payload:
        case (
            SaidSentDetails(confirm_by=day)
            | ButtonUsedDetails(confirm_by=day)
            | CalledDetails(confirm_by=day)
        ):
            return day
        case _:
            return None


def is_put_in_doubt(event: Event) -> bool:
    """Return whether a restoring left it open if the newest letter went out."""
    restored = event.read(RestoredDetails)
    return restored is not None and restored.in_doubt
