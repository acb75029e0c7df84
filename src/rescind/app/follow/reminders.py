"""Notices: what is due is told once, by the ways that the person named."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from rescind.adapters.data.words import ENGLISH, why_not
from rescind.adapters.notify.notifications import (
    Notification,
    tell_by_apprise,
    tell_on_desktop,
)
from rescind.adapters.settings import smtp
from rescind.adapters.settings.notifications import (
    NOTICES,
    NoticeSettings,
    read_notice_settings,
)
from rescind.app.follow.mailbox import send_note
from rescind.core.errors import BadInput, OutsideError
from rescind.core.follow.due_day import moment_of
from rescind.settings import data_folder, private_folder
from rescind.store import selectors, work

if TYPE_CHECKING:
    from rescind.core.follow.reminders import Reminder
    from rescind.store.models import CaseRecord

NOBODY = "nobody asked to be told"


def settings() -> NoticeSettings:
    """Return how the person wants to be told."""
    return read_notice_settings(data_folder())


def change_settings(changes: Mapping[str, Any]) -> NoticeSettings:
    """Keep how the person wants to be told; raises BadInput naming the field."""
    return NOTICES.write(private_folder(), changes)


def tell_what_is_due(case: "CaseRecord", now: datetime) -> None:
    """Tell what of a case is due to be told, in one notice, and remember it.

    Raises OutsideError where none of the ways worked: then it is tried again.
    """
    untold = work.untold_reminders(case, selectors.fresh_events(case), now)
    due = [each for each in untold if each.at <= now]
    if not due:
        work.plan(case, now=now)
        return
    preferences = settings()
    word = NOBODY
    if preferences.ways:
        word = ", ".join(tell(notice_of(case, due, preferences, now), preferences))
    work.tell(case, [each.key for each in due], word, now=now)


def notice_of(
    case: "CaseRecord",
    due: Sequence["Reminder"],
    preferences: NoticeSettings,
    now: datetime,
) -> Notification:
    """Return the notice: what to do and by when, and no name unless asked for."""
    whose = case.service_name if preferences.details else f"case {str(case.pk)[:8]}"
    days = [_day(each.by) for each in due if each.by is not None]
    title = f"Rescind: {whose}, by {min(days)}" if days else f"Rescind: {whose}"
    lines = dict.fromkeys(_line(each, now) for each in due)
    where = f"{preferences.page}/cases/{case.pk}/" if preferences.page else ""
    look_at = where or f"rescind case show {str(case.pk)[:8]}"
    return Notification(title=title, body="\n".join([*lines, "", look_at]))


def _line(reminder: "Reminder", now: datetime) -> str:
    """Return what to do and by when; of an act whose day is past, that it is."""
    text = ENGLISH.say(reminder.text)
    if reminder.by is None:
        return text
    past = ""
    if reminder.is_ahead and moment_of(reminder.by) < now:
        past = " This day is past: nobody was told in time."
    return f"{_day(reminder.by)}: {text}{past}"


def _day(by: date | datetime | None) -> str:
    if isinstance(by, datetime):
        return f"{by.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return by.isoformat() if by else ""


def test() -> list[str]:
    """Tell something by every way, and return what worked.

    Raises BadInput where no way was named, and OutsideError where none worked.
    """
    preferences = settings()
    if not preferences.ways:
        message = why_not("nobody_to_tell")
        raise BadInput("notices", message, ["rescind notices set --email ADDRESS"])
    text = "This is a test. A real notice says what to do, and by when."
    return tell(Notification(title="Rescind: a test", body=text), preferences)


def tell(notice: Notification, preferences: NoticeSettings) -> list[str]:
    """Tell by every way; return what worked, and what failed beside it.

    Raises OutsideError where none worked.
    """
    ways: list[str] = []
    failed: list[OutsideError] = []
    for way, act in _ways(notice, preferences):
        try:
            act()
        except OutsideError as error:
            failed.append(error)
        else:
            ways.append(way)
    if failed and not ways:
        raise failed[0]
    return [*ways, *(f"failed: {error}" for error in failed)]


def _ways(
    notice: Notification, preferences: NoticeSettings
) -> Iterator[tuple[str, Callable[[], None]]]:
    names = iter(preferences.ways)
    if preferences.email:
        to = preferences.email
        yield next(names), partial(_mail, notice, to)
    if preferences.desktop:
        yield next(names), partial(tell_on_desktop, notice)
    for url in preferences.urls:
        yield next(names), partial(tell_by_apprise, url, notice)


def _mail(notice: Notification, to: str) -> None:
    account = smtp.MAILBOX.read(data_folder())
    if account is None:
        raise BadInput("mailbox", why_not("no_mailbox"), ["rescind mailbox set"])
    send_note(account, to, notice.title, notice.body)
