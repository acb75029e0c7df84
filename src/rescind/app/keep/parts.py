"""The files beside the database: settings, keys, and what is not taken along."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rescind.adapters.backup.manifest import LACKS
from rescind.adapters.data.directories import FOLDER
from rescind.adapters.evidence import signing_keys
from rescind.adapters.settings.files import SettingsFile
from rescind.adapters.settings.imap import INBOX
from rescind.adapters.settings.limits import LIMITS
from rescind.adapters.settings.notifications import NOTICES
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.adapters.settings.profile import PROFILE
from rescind.adapters.settings.proof import PROOF
from rescind.adapters.settings.smtp import MAILBOX
from rescind.core.model.sentence import Sentence

SETTINGS: tuple[SettingsFile[Any], ...] = (
    *(PROFILE, PREFERENCES, MAILBOX, INBOX, LIMITS),
    *(PROOF, NOTICES),
)
SECRET = NOTICES.file_name
"""Addresses by which a person is told hold passwords: it goes with the keys."""
OVERLAY = "catalogue-overlay"
"""The folder of the person's own entries of the catalogue."""
PASSPHRASE = "key-passphrase"  # noqa: S105 - the name of a part
DATABASE, ENGINE = "rescind.sqlite3", "engine.sqlite3"
_OF_SQLITE = ("", "-wal", "-shm", "-journal")
REPLACED = (
    *(f"{name}{end}" for name in (DATABASE, ENGINE) for end in _OF_SQLITE),
    *(each.file_name for each in SETTINGS if each.file_name != SECRET),
    OVERLAY,
)
"""What goes aside when a backup is restored, whatever it holds."""
_OURS = frozenset({*REPLACED, SECRET, "secret-key", "start.html"})
_OURS_BEGIN = ("worker-", "before-restore-", "rescind.sqlite3", ".", "restore-")
_OURS_END = (".lock",)


def plain_parts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the settings that hold no secret, and the person's own catalogue.

    With it go the directories of others that the person took in.
    """
    for each in SETTINGS:
        if each.file_name != SECRET and each.exists(folder):
            yield each.file_name, (folder / each.file_name).read_bytes()
    own = folder / OVERLAY
    for path in sorted((*own.rglob("*.yaml"), *own.glob(f"{FOLDER}/*.json"))):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def secret_parts(folder: Path) -> dict[str, bytes]:
    """Return the keys, their passphrase and the secret settings, by name."""
    paths = [folder / SECRET, *signing_keys.files(folder)]
    parts = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file()
    }
    passphrase = signing_keys.known_passphrase()
    if passphrase and any(name.endswith(".p12") for name in parts):
        parts[PASSPHRASE] = passphrase.encode()
    return parts


def lacks(folder: Path, secret: Mapping[str, bytes]) -> Iterator[Sentence]:
    """Yield what a backup of this folder does not hold; ``secret`` is in it."""
    yield from _of_account(MAILBOX.entries(folder), "mail_password")
    yield from _of_account(INBOX.entries(folder), "inbox_password")
    proof = PROOF.entries(folder)
    for path in proof.get("roots", ()):
        yield _lack("named_file", path=str(path))
    key = proof.get("key") or {}
    if "p12" in key:
        yield _lack("own_key", path=str(key["p12"]))
    if "module" in key:
        yield _lack("token", label=str(key.get("token") or key.get("label") or ""))
    keys = [name for name in secret if name.endswith(".p12")]
    if keys and PASSPHRASE not in secret:
        yield _lack("key_passphrase", name=keys[0])
    for name in _others(folder):
        yield _lack("other_file", name=name)


def _of_account(entries: Mapping[str, Any], code: str) -> Iterator[Sentence]:
    if entries.get("host"):
        login = f"{entries.get('user')}@{entries['host']}"
        yield _lack("oauth_token" if entries.get("oauth") else code, login=login)
    if entries.get("ca_file"):
        yield _lack("named_file", path=str(entries["ca_file"]))


def _lack(code: str, **values: str) -> Sentence:
    return Sentence.of(LACKS, code, **values)


def _others(folder: Path) -> list[str]:
    """Return the names of files in the folder that are not ours."""
    return sorted(
        each.name
        for each in folder.iterdir()
        if each.name not in _OURS
        and each not in signing_keys.files(folder)
        and each.name != signing_keys.RETIRED
        and not each.name.startswith(_OURS_BEGIN)
        and not each.name.endswith(_OURS_END)
        and each.name.isprintable()
    )


def settings_of(name: str, content: bytes) -> dict[str, object]:
    """Return what a file of settings from a backup holds.

    Raises ValueError for what is none that this release could have written.
    """
    (of,) = [each for each in SETTINGS if each.file_name == name]
    entries = json.loads(content)
    if not isinstance(entries, dict) or not entries.keys() <= set(of.names):
        raise ValueError(name)
    return entries
