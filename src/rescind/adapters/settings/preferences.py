"""What a person prefers everywhere: their time zone, and the language of letters."""

from collections.abc import Mapping
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data import countries
from rescind.adapters.data.letters import language
from rescind.adapters.settings.files import SettingsFile


def _check(entries: Mapping[str, Any]) -> Mapping[str, str]:
    PREFERENCES.refuse_others(entries)
    chosen = {name: str(value) for name, value in entries.items()}
    if "time_zone" in chosen:
        countries.zone(chosen["time_zone"])
    if "letter_language" in chosen:
        language(chosen["letter_language"])
    return chosen


PREFERENCES: SettingsFile[Mapping[str, str]] = SettingsFile(
    file_name=clock.PREFERENCES,
    field="preferences",
    names=("time_zone", "letter_language"),
    check=_check,
)
"""``time_zone`` is a name of the tz database, ``letter_language`` one of ours."""
