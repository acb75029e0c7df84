"""Who writes: the sender as last given, to be filled in the next time."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters.settings.files import SettingsFile

NAMES = ("name", "email", "address", "phone", "country", "bank_name", "bank_address")
"""What is kept of a sender: what holds for every contract."""
MAX_TEXT = 500


def _check(entries: Mapping[str, Any]) -> Mapping[str, str]:
    PROFILE.refuse_others(entries)
    return {name: str(value)[:MAX_TEXT] for name, value in entries.items()}


PROFILE: SettingsFile[Mapping[str, str]] = SettingsFile(
    file_name="profile.json", field="profile", names=NAMES, check=_check
)
