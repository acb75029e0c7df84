"""Telling the person: on the desktop, and by all that Apprise speaks.

Nothing is told by default, and what is told names no company and no person unless
that was asked for.
"""

import platform
import shutil
import subprocess
from dataclasses import dataclass
from urllib.parse import urlsplit

from rescind.adapters.settings.notifications import apprise_client
from rescind.core.errors import TransientError

SECONDS = 20
_DESKTOP = {"Darwin": "macosx://", "Windows": "windows://", "Linux": "dbus://"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """What is told: a line, and what to do and by when."""

    title: str
    body: str


def tell_by_apprise(url: str, notice: Notification) -> None:
    """Tell one address; raises TransientError where that did not work."""
    client = apprise_client()
    client.add(url)
    for service in client:
        service.redirects = False
    if not client.notify(title=notice.title, body=notice.body):
        raise TransientError(f"{urlsplit(url).scheme}://…", "did not take the notice")


def tell_on_desktop(notice: Notification) -> None:
    """Show a notice on this machine's screen; raises TransientError without one."""
    program = shutil.which("notify-send")
    if program is None:
        tell_by_apprise(_DESKTOP.get(platform.system(), "dbus://"), notice)
        return
    command = [program, "--app-name=Rescind", notice.title, notice.body]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - the texts are our own
    except (OSError, subprocess.SubprocessError) as error:
        raise TransientError("the desktop", "did not show the notice") from error
