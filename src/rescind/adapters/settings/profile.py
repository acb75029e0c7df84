"""Who writes: the sender as last given, to be filled in the next time."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rescind.adapters.settings.files import SettingsFile
from rescind.settings import data_folder

NAMES = ("name", "email", "address", "phone", "country", "bank_name", "bank_address")
"""What is kept of a sender: what holds for every contract."""
MAX_TEXT = 500


def _check(entries: Mapping[str, Any]) -> Mapping[str, str]:
    PROFILE.refuse_others(entries)
    return {name: str(value)[:MAX_TEXT] for name, value in entries.items()}


def keep_own(folder: Path, sender: Mapping[str, str]) -> None:
    """Keep what was typed about the person, the next letter begins with it.

    A letter in another name is somebody else's, and changes nothing here: an adviser's
    next client is not to be taken for the one before.
    """
    own = PROFILE.entries(folder).get("name", "")
    told = {name: sender[name] for name in NAMES if sender.get(name)}
    if not own or told.get("name", own) == own:
        PROFILE.change(folder, told)


PROFILE: SettingsFile[Mapping[str, str]] = SettingsFile(
    file_name="profile.json", field="profile", names=NAMES, check=_check
)


def home_country() -> str:
    """Return where the person lives (ISO 3166); empty if they never said."""
    return (PROFILE.read(data_folder()) or {}).get("country", "")
