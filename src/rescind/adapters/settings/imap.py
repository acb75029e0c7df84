"""The user's inbox: an account or a folder in a file, the password never in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rescind.adapters.input.senders import clean
from rescind.adapters.settings.files import SettingsFile
from rescind.adapters.settings.oauth import OAuth, read_oauth
from rescind.adapters.settings.passwords import read_password, write_password
from rescind.core.errors import BadInput

KEYRING = "rescind-imap"
PASSWORD = "RESCIND_IMAP_PASSWORD"  # noqa: S105 - the variable's name
PORTS = {"tls": 993, "starttls": 143}
MAX_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccount:
    """Where and as whom to read; the password is fetched when needed."""

    host: str
    port: int
    user: str
    security: str
    folders: tuple[str, ...]
    ca_file: Path | None
    oauth: OAuth | None = None
    """``None``: by password."""


def account(entries: Mapping[str, Any]) -> ImapAccount:
    """Return the account that settings describe; raises BadInput naming the field."""
    for name in ("host", "user"):
        if not entries.get(name):
            raise BadInput(name, "is needed to read mail", ["or --path MAILDIR"])
    security = str(entries.get("security") or "tls")
    if security not in PORTS:
        raise BadInput.unknown_value("security", security, sorted(PORTS))
    port = str(entries.get("port") or PORTS[security])
    if not port.isdigit() or not 0 < int(port) <= MAX_PORT:
        raise BadInput("port", f"{port!r} is no port", ["993", "143"])
    folders = entries.get("folders") or ["INBOX"]
    return ImapAccount(
        host=clean(str(entries["host"]), "host"),
        port=int(port),
        user=clean(str(entries["user"]), "user"),
        security=security,
        folders=tuple(clean(str(name), "folders") for name in folders),
        ca_file=Path(entries["ca_file"]) if entries.get("ca_file") else None,
        oauth=read_oauth(entries),
    )


def inbox_place(entries: Mapping[str, Any]) -> ImapAccount | Path:
    """Return the account, or the Maildir, mbox or folder, that settings name."""
    if not entries.get("path"):
        return account(entries)
    path = Path(str(entries["path"]))
    if not path.exists():
        raise BadInput("path", f"there is nothing at {path}")
    return path


INBOX: SettingsFile[ImapAccount | Path] = SettingsFile(
    file_name="inbox.json",
    field="inbox",
    names=(
        *("host", "port", "user", "security", "folders", "ca_file", "path"),
        *("oauth", "client_id"),
    ),
    check=inbox_place,
)


def password(of: ImapAccount) -> str:
    """Return the password from the environment or the system keyring.

    Raises BadInput saying where to put it; it is kept in no file of ours.
    """
    return read_password(
        f"{of.user}@{of.host}",
        keyring_name=KEYRING,
        variable=PASSWORD,
        how=f"set {PASSWORD}",
    )


def keep_password(of: ImapAccount, secret: str) -> None:
    """Put the password into the system keyring; raises BadInput where there is none."""
    write_password(f"{of.user}@{of.host}", keyring_name=KEYRING, secret=secret)
