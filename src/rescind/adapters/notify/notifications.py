"""Telling the person: by mail, on the desktop, and by all that Apprise speaks.

Nothing is told by default, and what is told names no company and no person unless
that was asked for.
"""

import logging
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rescind.adapters.input.facts import parse_json
from rescind.adapters.input.senders import read_address
from rescind.adapters.settings.files import write_private
from rescind.core.errors import BadInput, TransientError

FILE = "notices.json"
_NAMES = ("urls", "email", "desktop", "details", "page")
SECONDS = 20
_DESKTOP = {"Darwin": "macosx://", "Windows": "windows://", "Linux": "dbus://"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSettings:
    """How a person wants to be told."""

    urls: tuple[str, ...] = ()
    """Addresses as Apprise knows them; they may hold secrets."""
    email: str | None = None
    desktop: bool = False
    details: bool = False
    """Whether a notice may name the company."""
    page: str | None = None
    """Where the case can be opened, such as ``http://127.0.0.1:8000``."""

    @property
    def ways(self) -> tuple[str, ...]:
        """Return how the person is told, without secrets."""
        by_mail = (f"mail to {self.email}",) if self.email else ()
        on_screen = ("desktop",) if self.desktop else ()
        return (*by_mail, *on_screen, *(f"{urlsplit(u).scheme}://…" for u in self.urls))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told: a line, and what to do and by when."""

    title: str
    body: str


def read_notice_settings(folder: Path) -> NoticeSettings:
    """Return how the person wants to be told; by no way where nothing was set."""
    path = folder / FILE
    if not path.exists():
        return NoticeSettings()
    return _checked(dict(parse_json(path.read_text("utf-8"), field="notices")))


def write_notice_settings(folder: Path, given: Mapping[str, Any]) -> NoticeSettings:
    """Check and keep the settings, readable by the user alone."""
    kept = {name: value for name, value in given.items() if value}
    checked = _checked(kept)
    write_private(folder / FILE, kept)
    return checked


def _checked(given: Mapping[str, Any]) -> NoticeSettings:
    for name in given:
        if name not in _NAMES:
            raise BadInput.unknown_value("notices", name, _NAMES)
    email, page = given.get("email"), given.get("page")
    if page and urlsplit(str(page)).scheme not in ("http", "https"):
        raise BadInput("page", f"{page!r} is no address", ["http://127.0.0.1:8000"])
    urls = tuple(str(url) for url in given.get("urls", ()))
    for url in urls:
        _check_url(url)
    return NoticeSettings(
        urls=urls,
        email=read_address(str(email), "email") if email else None,
        desktop=bool(given.get("desktop")),
        details=bool(given.get("details")),
        page=str(page).rstrip("/") if page else None,
    )


def _check_url(url: str) -> None:
    """Raise BadInput for what Apprise does not know; the secrets are not repeated."""
    if not _apprise().add(url):
        shown = f"{url.partition('://')[0][:20]}://…"
        message = f"{shown} is no address that Apprise knows"
        raise BadInput("url", message, ["ntfy://topic", "mailto://user:pass@host"])


def _apprise() -> Any:  # noqa: ANN401 - Apprise is not typed
    import apprise

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    asset = apprise.AppriseAsset(
        app_id="Rescind", app_desc="Rescind", app_url="", async_mode=False
    )
    return apprise.Apprise(asset=asset)


def tell_by_apprise(url: str, notice: Notice) -> None:
    """Tell one address; raises TransientError where that did not work."""
    one = _apprise()
    one.add(url)
    if not one.notify(title=notice.title, body=notice.body):
        raise TransientError(f"{urlsplit(url).scheme}://…", "did not take the notice")


def tell_on_desktop(notice: Notice) -> None:
    """Show a notice on this machine's screen; raises TransientError without one."""
    program = shutil.which("notify-send")
    if program is None:
        tell_by_apprise(_DESKTOP.get(platform.system(), "dbus://"), notice)
        return
    words = [program, "--app-name=Rescind", notice.title, notice.body]
    try:
        subprocess.run(words, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - the texts are our own
    except (OSError, subprocess.SubprocessError) as error:
        raise TransientError("the desktop", "did not show the notice") from error
