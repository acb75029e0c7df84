"""Restoring: a backup takes the place of what is kept, and nothing goes out twice."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.backup import presence, sealed, swap
from rescind.adapters.backup.archive import Archive
from rescind.adapters.backup.manifest import (
    LACKS,
    SEALED,
    SETTINGS,
    Unreadable,
    table_of,
)
from rescind.adapters.data.directories import FOLDER, ORIGINS
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.evidence import signing_keys
from rescind.app.keep import backup as backups
from rescind.app.keep import parts
from rescind.core.errors import BadInput
from rescind.core.model.backup import Backup, Examination
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence
from rescind.settings import data_folder, database_url, write_private
from rescind.store import copies, integrity, restoring, selectors

TIMES_SIZE = 3
"""Room on the disk that a restoring takes, in sizes of what the backup holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreWishes:
    """What the person wants of a restoring."""

    passphrase: str | None = None
    with_keys: bool = True
    nothing_since: bool = False
    """They say that no letter was ordered after the backup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restoring came to."""

    backup: Backup
    aside: Path | None
    """Where the files are that were there before; ``None`` where none were."""
    aside_schema: str | None
    """The schema of PostgreSQL where the tables are that were there before."""
    doubtful: tuple[Case, ...]
    """Cases with a letter that may have gone out after the backup."""
    notes: tuple[Sentence, ...]
    """What of the settings does not hold here."""


def examine(path: Path) -> Examination:
    """Return what a backup holds, and what keeps it from being restored by us.

    Raises BadInput where it asks for too much, and OSError where it cannot be read.
    """
    looked = backups.examine(path)
    if looked.backup is None:
        return looked
    newer = sorted(set(looked.backup.schema) - copies.known_schema())
    if not newer:
        return looked
    fault = Sentence.of("backup", "newer_schema", names=", ".join(newer))
    return Examination(backup=looked.backup, faults=(fault, *looked.faults))


def holds_secrets(backup: Backup) -> bool:
    """Return whether a passphrase is needed to restore a backup with its keys."""
    return SEALED in backup.members


def is_anything_there() -> bool:
    """Return whether a restoring would put anything aside."""
    folder = data_folder()
    return bool(database_url()) or any((folder / n).exists() for n in parts.REPLACED)


def restore(path: Path, wishes: RestoreWishes) -> Restored:
    """Put what a backup holds in the place of what is kept.

    Every letter that may have gone out since is in doubt afterwards. Raises BadInput
    for a file that is no whole backup, and TransientError where the data are in use:
    then nothing was changed.
    """
    folder = data_folder()
    with presence.alone(folder):
        if swap.finish_is_needed(folder):
            swap.finish(folder)
        looked = examine(path)
        if looked.backup is None or looked.faults:
            faults = Sentence.of("backup", "not_whole", faults=looked.faults)
            raise BadInput("file", faults)
        _require_room(folder, looked.backup)
        try:
            with Archive(path, ENGLISH.table(LACKS)) as archive:
                return _Restoring(archive, folder, wishes).restore()
        except Unreadable as error:
            raise BadInput("file", error.sentence) from error
        finally:
            if not swap.finish_is_needed(folder):
                shutil.rmtree(folder / swap.STAGING, ignore_errors=True)


def _require_room(folder: Path, backup: Backup) -> None:
    needed, free = sum(backup.members.values()), shutil.disk_usage(folder).free
    if TIMES_SIZE * needed > free:
        sentence = Sentence.of(
            "backup",
            "no_room",
            needed=TIMES_SIZE * needed,
            free=free,
            folder=str(folder),
        )
        raise BadInput("file", sentence)


class _Restoring:
    """One restoring: made ready beside, then all at once in place."""

    def __init__(self, archive: Archive, folder: Path, wishes: RestoreWishes) -> None:
        self._archive, self._folder, self._wishes = archive, folder, wishes
        self._backup = archive.manifest.backup
        self._now = clock.now()
        self._notes: list[Sentence] = []
        self._secret: dict[str, bytes] = {}

    def restore(self) -> Restored:
        """Make all ready, and put it in place."""
        ready = swap.staging(self._folder)
        if wishes_keys := self._wishes.with_keys and holds_secrets(self._backup):
            self._secret = self._unsealed()
            self._write_keys(ready)
        self._write_settings(ready)
        name = f"{self._now:%Y%m%dT%H%M%S}"
        with self._database(ready, name) as is_server_aside:
            cases = self._fill()
        out = [*parts.REPLACED]
        if wishes_keys:
            out += [parts.SECRET, signing_keys.FILE, signing_keys.RETIRED]
        aside = swap.swap(self._folder, out, name=name)
        return Restored(
            backup=self._backup,
            aside=aside if aside.exists() else None,
            aside_schema=_schema_name(name) if is_server_aside else None,
            doubtful=cases,
            notes=tuple(self._notes),
        )

    @contextmanager
    def _database(self, ready: Path, name: str) -> Iterator[bool]:
        """Have an empty database to fill; on PostgreSQL, with ours set aside."""
        if database_url():
            from rescind.adapters.jobs.session_lease import (  # noqa: PLC0415 - 0.04 s, psycopg
                NAMESPACE,
            )

            where = _schema_name(name)
            with restoring.server_set_aside(where, workers=NAMESPACE) as was_there:
                yield was_there
            return
        with restoring.database_at(ready / parts.DATABASE):
            yield False

    def _fill(self) -> tuple[Case, ...]:
        """Write all rows, put letters in doubt, and compare every digest again."""
        tables = table_of(tuple(self._archive.manifest.digests))
        rows = {
            name: (row for _, row in self._archive.rows(part))
            for name, part in tables.items()
        }
        try:
            restoring.fill(self._backup.schema, rows, self._archive.file)
        except ValueError as error:
            raise BadInput("file", Sentence.of("backup", "other_schema")) from error
        # what was read twice could have been changed in between
        integrity.require_whole(integrity.all_damage())
        doubtful = restoring.doubt_all(
            self._backup.made_at,
            now=self._now,
            nothing_since=self._wishes.nothing_since,
        )
        return tuple(selectors.read_case(name) for name in doubtful)

    def _unsealed(self) -> dict[str, bytes]:
        passphrase = self._wishes.passphrase
        if not passphrase:
            variable = backups.VARIABLE
            sentence = Sentence.of("backup", "passphrase_of_backup", variable=variable)
            raise BadInput("passphrase", sentence, [f"{variable}=…", "--without-keys"])
        try:
            return sealed.unseal(self._archive.content(SEALED), passphrase)
        except Unreadable as error:
            raise BadInput("passphrase", error.sentence) from error

    def _write_keys(self, ready: Path) -> None:
        """Write the keys under the passphrase of this installation."""
        passphrase = self._secret.pop(parts.PASSPHRASE, None)
        for name, content in self._secret.items():
            if name == parts.SECRET:
                self._write_settings_file(ready, name, content)
                continue
            place = _place(ready, name, ".p12")
            place.parent.mkdir(mode=0o700, exist_ok=True)
            if passphrase is None:
                self._notes.append(Sentence.of(LACKS, "key_passphrase", name=name))
                write_private(place, content)
                continue
            old = passphrase.decode()
            write_private(place, signing_keys.with_own_passphrase(content, old))

    def _write_settings(self, ready: Path) -> None:
        for name in self._archive.manifest.digests:
            if name.startswith(SETTINGS):
                content = self._archive.content(name)
                self._write_settings_file(ready, name.removeprefix(SETTINGS), content)

    def _write_settings_file(self, ready: Path, name: str, content: bytes) -> None:
        if name.startswith(f"{parts.OVERLAY}/"):
            is_directory = name in _DIRECTORIES
            place = _place(ready, name, ".json" if is_directory else ".yaml")
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(place, content)
            return
        try:
            entries = parts.settings_of(name, content)
        except (ValueError, RecursionError) as error:
            raise Unreadable("not_ours", name=SETTINGS + name) from error
        self._leave_out_library(entries)
        for each in parts.SETTINGS:
            if each.file_name == name:
                write_private(ready / name, json.dumps(entries, indent=2).encode())
                try:
                    each.check(entries)
                except BadInput as error:
                    why = Sentence.of(
                        "backup", "setting_gone", name=name, why=_say(error)
                    )
                    self._notes.append(why)

    def _leave_out_library(self, entries: dict[str, object]) -> None:
        """Take the library of a key's token away: it is a program that would be run."""
        key = entries.get("key")
        if isinstance(key, Mapping) and "module" in key:
            del entries["key"]
            self._notes.append(Sentence.of("backup", "module_left_out"))


_DIRECTORIES = frozenset(f"{parts.OVERLAY}/{FOLDER}/{kind}.json" for kind in ORIGINS)
"""The directories of others that a person may have taken in."""


def _say(error: BadInput) -> str:
    return f"{error.field}: {ENGLISH.say(error.message)}"


def _place(ready: Path, name: str, ending: str) -> Path:
    """Return where a file of a backup goes; raises Unreadable for any other place."""
    first, _, rest = name.partition("/")
    is_ours = first in (signing_keys.FILE, signing_keys.RETIRED, parts.OVERLAY)
    if not is_ours or not name.endswith(ending) or ".." in rest.split("/"):
        raise Unreadable("not_ours", name=name[:100])
    return ready / name


def _schema_name(name: str) -> str:
    return f"before_restore_{name.lower()}"
