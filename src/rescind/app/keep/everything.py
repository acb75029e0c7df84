"""Everything at once: copied to one file, written out to be read, or erased."""

import tempfile
from pathlib import Path

from rescind.adapters.backup import swap
from rescind.adapters.settings import imap, smtp
from rescind.adapters.settings.limits import LIMITS
from rescind.adapters.settings.notifications import NOTICES
from rescind.adapters.settings.passwords import forget_password
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.adapters.settings.profile import PROFILE
from rescind.adapters.settings.proof import PROOF
from rescind.app.keep.backup import make_backup
from rescind.app.keep.written_out import written_out
from rescind.settings import data_folder, database_url
from rescind.store import everything, restoring

SETTINGS = (
    *(PROFILE, PREFERENCES, smtp.MAILBOX, imap.INBOX),
    *(NOTICES, LIMITS, PROOF),
)


def backup(passphrase: str) -> bytes:
    """Return a backup; without a passphrase it lacks the keys and secret settings.

    Raises BadInput for a passphrase that is too short, and Damaged where what is kept
    is not as it was written.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "rescind-backup.zip"
        make_backup(
            copy,
            passphrase=passphrase or None,
            replace=False,
            with_keys=bool(passphrase),
        )
        return copy.read_bytes()


def exported() -> bytes:
    """Return all that is kept as files that a person can open, as a zip."""
    return written_out(each.file_name for each in SETTINGS)


def erase() -> None:
    """Erase every case, check and statement, the settings, and the passwords kept.

    The key that seals stays: packs that are out name it. Raises TransientError where
    the worker's records cannot be reached; then nothing was erased.
    """
    from rescind.adapters.jobs.engine import (  # noqa: PLC0415 - 0.24 s, DBOS
        forget_case,
    )

    ids = everything.case_ids()
    # before and after, as for one case: see ``cases.forget``
    for case_id in ids:
        forget_case(database_url(), data_folder(), case_id)
    everything.forget_everything()
    for case_id in ids:
        forget_case(database_url(), data_folder(), case_id)
    # what restores put aside is of the same cases
    swap.erase_asides(data_folder())
    if database_url():
        restoring.erase_asides()
    _forget_passwords()
    for each in SETTINGS:
        each.forget(data_folder())


def _forget_passwords() -> None:
    for file, name in ((smtp.MAILBOX, smtp.KEYRING), (imap.INBOX, imap.KEYRING)):
        entries = file.entries(data_folder())
        login = f"{entries.get('user')}@{entries.get('host')}"
        forget_password(login, keyring_name=name)
