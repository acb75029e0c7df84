"""Who writes: the sender as last given, to be filled in the next time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rescind.adapters.data.printable import unprintable
from rescind.adapters.settings.files import SettingsFile
from rescind.settings import data_folder

NAMES = ("name", "email", "address", "phone", "country", "bank_name", "bank_address")
"""What is kept of a sender: what holds for every contract."""
MAX_TEXT = 500


def _check(entries: Mapping[str, Any]) -> Mapping[str, str]:
    PROFILE.refuse_others(entries)
    return {name: str(value)[:MAX_TEXT] for name, value in entries.items()}


def keep_own(folder: Path, sender: Mapping[str, str], *, is_own: bool = False) -> None:
    """Keep what was typed about the person, the next letter begins with it.

    A letter in another name is somebody else's, and changes nothing here: an adviser's
    next client is not to be taken for the one before. ``is_own`` says that the name is
    the person's own, corrected. What no letter can print is not kept.
    """
    own = PROFILE.entries(folder).get("name", "")
    told = {name: sender[name] for name in NAMES if _can_stand(sender.get(name, ""))}
    if is_own or not own or told.get("name", own) == own:
        PROFILE.change(folder, told)


def is_of_another(folder: Path, name: str) -> bool:
    """Return whether a name is another one than the person's that is kept."""
    own = PROFILE.entries(folder).get("name", "")
    return bool(own and name and name != own)


def _can_stand(text: str) -> bool:
    return bool(text) and not unprintable("".join(text.splitlines()))


PROFILE: SettingsFile[Mapping[str, str]] = SettingsFile(
    file_name="profile.json", field="profile", names=NAMES, check=_check
)


def home_country() -> str:
    """Return where the person lives (ISO 3166); empty if they never said."""
    return (PROFILE.read(data_folder()) or {}).get("country", "")
