"""Files of settings that only the user can read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from rescind.adapters.input.facts import parse_json
from rescind.core.errors import BadInput
from rescind.settings import write_private

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsFile(Generic[T]):
    """One file of settings, in the folder of all that Rescind keeps.

    ``folder`` is that folder wherever it is asked for. A setting that is empty
    (``None``, no text, false, no entries) is one that was not made.
    """

    file_name: str
    field: str
    """What a BadInput names where the file as a whole cannot be read."""
    names: tuple[str, ...]
    """The settings that the file may hold."""
    check: Callable[[Mapping[str, Any]], T]
    """Return what the settings mean; raises BadInput naming the field."""

    def exists(self, folder: Path) -> bool:
        """Return whether there is such a file, whatever it says."""
        return (folder / self.file_name).exists()

    def entries(self, folder: Path) -> dict[str, Any]:
        """Return what the file holds, not checked; nothing where there is none."""
        if not self.exists(folder):
            return {}
        text = (folder / self.file_name).read_text("utf-8")
        return dict(parse_json(text, field=self.field))

    def read(self, folder: Path) -> T | None:
        """Return the settings; ``None`` where there is no file.

        Raises BadInput for a file that was broken by hand.
        """
        return self.check(self.entries(folder)) if self.exists(folder) else None

    def write(self, folder: Path, entries: Mapping[str, Any]) -> T:
        """Check settings and keep them in place of those there are."""
        entries = {name: value for name, value in entries.items() if value}
        settings = self.check(entries)
        content = {name: entries[name] for name in self.names if name in entries}
        write_private(folder / self.file_name, json.dumps(content, indent=2).encode())
        return settings

    def change(self, folder: Path, changes: Mapping[str, Any]) -> T:
        """Check settings and lay them over those there are; an empty one goes away."""
        return self.write(folder, {**self.entries(folder), **changes})

    def forget(self, folder: Path) -> None:
        """Take the file away, if there is one."""
        (folder / self.file_name).unlink(missing_ok=True)

    def refuse_others(self, entries: Mapping[str, Any]) -> None:
        """Raise BadInput for a setting that the file cannot hold."""
        for name in entries:
            if name not in self.names:
                raise BadInput.unknown_value(self.field, name, self.names)
