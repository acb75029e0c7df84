"""Who writes: the sender as last given, to be filled in the next time."""

from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from rescind.adapters.data.printable import unprintable
from rescind.adapters.settings.files import SettingsFile
from rescind.settings import data_folder

NAMES = ("name", "email", "address", "phone", "country", "bank_name", "bank_address")
"""What is kept of a sender: what holds for every contract."""
FORMERLY = "formerly"
"""The names that were the person's own before, a line each: those cases stay theirs."""
MAX_TEXT = 500
_OF_ONE = ("email", "address", "phone", "bank_name", "bank_address")
"""What is one person's own: below the name of another it would be wrong."""
_SAME_NAME = 0.8
"""From this likeness on, one name is the other with a letter corrected; our measure."""


def _check(entries: Mapping[str, Any]) -> Mapping[str, str]:
    PROFILE.refuse_others(entries)
    told = {name: text for name, text in entries.items() if name != FORMERLY}
    return {name: str(value)[:MAX_TEXT] for name, value in told.items()}


def keep_own(folder: Path, sender: Mapping[str, str], *, is_own: bool = False) -> None:
    """Keep what was typed about the person, the next letter begins with it.

    A letter in another name is somebody else's, and changes nothing here: an adviser's
    next client is not to be taken for the one before. ``is_own`` says that the name is
    the person's own, corrected. What no letter can print is not kept, nor what was the
    one's before, where the name is quite another.
    """
    own = PROFILE.entries(folder).get("name", "")
    told = {name: sender[name] for name in NAMES if _can_stand(sender.get(name, ""))}
    if is_own and own and not _is_alike(own, told.get("name", own)):
        told = dict.fromkeys(_OF_ONE, "") | told
    if is_own or not own or told.get("name", own) == own:
        change_own(folder, told)


def change_own(folder: Path, told: Mapping[str, str]) -> None:
    """Keep what the person is called now; a name of before stays known as theirs."""
    before = PROFILE.entries(folder)
    own, former = before.get("name", ""), before.get(FORMERLY, "").splitlines()
    if own and own != told.get("name", own):
        told = {**told, FORMERLY: "\n".join(dict.fromkeys([*former, own]))[-MAX_TEXT:]}
    PROFILE.change(folder, told)


def own_names() -> frozenset[str]:
    """Return what the person is called, and was before; empty if they never said."""
    kept = PROFILE.entries(data_folder())
    every = (kept.get("name", ""), *kept.get(FORMERLY, "").splitlines())
    return frozenset(name for name in every if name)


def begin_with(folder: Path, sender: Mapping[str, str]) -> dict[str, str]:
    """Return the sender that a letter begins with: what is told, over what is kept.

    Below another name than the one that is kept nothing stands of what is that one's.
    """
    kept = dict(PROFILE.read(folder) or {})
    if is_of_another(folder, sender.get("name", "")):
        kept = {name: text for name, text in kept.items() if name not in _OF_ONE}
    return {**kept, **sender}


def is_of_another(folder: Path, name: str) -> bool:
    """Return whether a name is another one than the person's that is kept."""
    own = PROFILE.entries(folder).get("name", "")
    return bool(own and name and name != own)


def _is_alike(name: str, other: str) -> bool:
    """Return whether a name may be the other one, corrected."""
    words = (name.casefold(), other.casefold())
    return SequenceMatcher(None, *words).ratio() >= _SAME_NAME


def _can_stand(text: str) -> bool:
    return bool(text) and not unprintable("".join(text.splitlines()))


PROFILE: SettingsFile[Mapping[str, str]] = SettingsFile(
    file_name="profile.json", field="profile", names=(*NAMES, FORMERLY), check=_check
)


def home_country() -> str:
    """Return where the person lives (ISO 3166); empty if they never said."""
    return (PROFILE.read(data_folder()) or {}).get("country", "")
