"""Telling the person: on the desktop, and by all that Apprise speaks.

Nothing is told by default, and what is told names no company and no person unless
that was asked for.
"""

import json
import platform
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from rescind.core.errors import TransientError

SECONDS = 20
_DESKTOP = {"Darwin": "macosx://", "Windows": "windows://", "Linux": "dbus://"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """What is told: a line, and what to do and by when."""

    title: str
    body: str


def tell_by_apprise(url: str, notice: Notification) -> None:
    """Tell one address; raises TransientError where that did not work.

    In a process of its own: Apprise connects by itself, and sets no limit. The address
    may hold secrets, and stands in no program's arguments.
    """
    try:
        subprocess.run(
            [sys.executable, "-m", "rescind.adapters.notify.messenger"],
            input=json.dumps(asdict(notice) | {"url": url}).encode(),
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        who, slow = f"{urlsplit(url).scheme}://…", subprocess.TimeoutExpired
        what = f"took more than {SECONDS} seconds"
        what = what if isinstance(error, slow) else "did not take the notice"
        raise TransientError(who, what) from error


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
