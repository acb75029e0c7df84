"""How a person wants to be told what is due; by no way until that was asked for."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rescind.adapters.input.senders import read_address
from rescind.adapters.settings.files import SettingsFile
from rescind.core.errors import BadInput


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


def _check(entries: Mapping[str, Any]) -> NoticeSettings:
    NOTICES.refuse_others(entries)
    email, page = entries.get("email"), entries.get("page")
    if page and urlsplit(str(page)).scheme not in ("http", "https"):
        raise BadInput("page", f"{page!r} is no address", ["http://127.0.0.1:8000"])
    urls = tuple(str(url) for url in entries.get("urls", ()))
    for url in urls:
        _check_url(url)
    return NoticeSettings(
        urls=urls,
        email=read_address(str(email), "email") if email else None,
        desktop=bool(entries.get("desktop")),
        details=bool(entries.get("details")),
        page=str(page).rstrip("/") if page else None,
    )


def _check_url(url: str) -> None:
    """Raise BadInput for what Apprise does not know; the secrets are not repeated."""
    if not apprise_client().add(url):
        scheme = url.partition("://")[0][:20]
        message = f"{scheme}://… is no address that Apprise knows"
        raise BadInput("url", message, ["ntfy://topic", "mailto://user:pass@host"])


NOTICES: SettingsFile[NoticeSettings] = SettingsFile(
    file_name="notices.json",
    field="notices",
    names=("urls", "email", "desktop", "details", "page"),
    check=_check,
)


def read_notice_settings(folder: Path) -> NoticeSettings:
    """Return how the person wants to be told; by no way where nothing was set."""
    return NOTICES.read(folder) or NoticeSettings()


def apprise_client() -> Any:  # noqa: ANN401 - Apprise is not typed
    """Return an Apprise without addresses, which logs nothing: they hold secrets."""
    import apprise  # noqa: PLC0415 - 0.02 s; only notices need it

    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    asset = apprise.AppriseAsset(
        app_id="Rescind", app_desc="Rescind", app_url="", async_mode=False
    )
    # where an address leads to was set by nobody: it may be within a private network
    asset.http_redirects = False
    return apprise.Apprise(asset=asset)
