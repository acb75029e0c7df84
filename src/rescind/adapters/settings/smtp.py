"""The user's mailbox: settings in a file, the password never in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rescind.adapters.input.senders import clean, read_address
from rescind.adapters.settings.files import SettingsFile
from rescind.adapters.settings.oauth import OAuth, access_token, read_oauth
from rescind.adapters.settings.passwords import read_password, write_password
from rescind.core.errors import BadInput

KEYRING = "rescind-smtp"
PASSWORD = "RESCIND_SMTP_PASSWORD"  # noqa: S105 - the variable's name
SECURITY = ("starttls", "tls")
MAX_PORT = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccount:
    """Where and as whom to submit mail; the password is fetched when needed."""

    host: str
    port: int
    user: str
    sender: str
    security: str = "starttls"
    """``starttls`` or ``tls``; there is no way to send without either."""
    ca_file: Path | None = None
    """A private certificate authority to trust instead of the system's."""
    oauth: OAuth | None = None
    """``None``: by password."""
    plus: str | None = None
    """An address that answers are asked to, with each case's tag behind a plus."""


def account(entries: Mapping[str, Any]) -> SmtpAccount:
    """Return the account that settings describe; raises BadInput naming the field."""
    for name in ("host", "user"):
        if not entries.get(name):
            raise BadInput(name, "is needed to send mail")
    security = entries.get("security") or "starttls"
    if security not in SECURITY:
        raise BadInput.unknown_value("security", str(security), SECURITY)
    port = entries.get("port") or (465 if security == "tls" else 587)
    if not str(port).isdigit() or not 0 < int(port) <= MAX_PORT:
        raise BadInput("port", f"{port!r} is no port", ["587", "465"])
    sender = read_address(str(entries.get("sender") or entries["user"]), "sender")
    ca_file = entries.get("ca_file")
    return SmtpAccount(
        host=clean(str(entries["host"]), "host"),
        port=int(port),
        user=clean(str(entries["user"]), "user"),
        sender=sender,
        security=security,
        ca_file=Path(ca_file) if ca_file else None,
        oauth=read_oauth(entries),
        plus=read_address(str(entries["plus"]), "plus")
        if entries.get("plus")
        else None,
    )


MAILBOX: SettingsFile[SmtpAccount] = SettingsFile(
    file_name="mailbox.json",
    field="mailbox",
    names=(
        *("host", "port", "user", "sender", "security", "ca_file"),
        *("oauth", "client_id", "plus"),
    ),
    check=account,
)


def password(of: SmtpAccount) -> str:
    """Return the password from the environment or the system keyring.

    With OAuth it is an access token. Raises BadInput saying where to put what is
    missing; it is kept in no file of ours.
    """
    if of.oauth is not None:
        return access_token(of.oauth, f"{of.user}@{of.host}")
    return read_password(
        f"{of.user}@{of.host}",
        keyring_name=KEYRING,
        variable=PASSWORD,
        how=f"rescind mailbox password, or set {PASSWORD}",
    )


def keep_password(of: SmtpAccount, secret: str) -> None:
    """Put the password into the system keyring; raises BadInput where there is none."""
    try:
        write_password(f"{of.user}@{of.host}", keyring_name=KEYRING, secret=secret)
    except BadInput as error:
        how = [f"set {PASSWORD} instead"]
        raise BadInput(error.field, error.message, how) from error
