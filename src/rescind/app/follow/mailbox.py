"""The mailbox: where and as whom one sends and reads, kept and tried out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from rescind.adapters import clock
from rescind.adapters.data.mailboxes import Provider, Server, provider_of
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.adapters.input.senders import read_address
from rescind.adapters.mail.compose import new_message_id
from rescind.adapters.mail.smtp import SmtpMailer
from rescind.adapters.mail.trial import Trial, Trouble, try_to_read, try_to_send
from rescind.adapters.settings import imap, smtp
from rescind.app.follow import sync
from rescind.core.errors import BadInput
from rescind.ports import Submission
from rescind.settings import data_folder, private_folder

FIELDS = (
    *("address", "user"),
    *("send_host", "send_port", "send_security"),
    *("read_host", "read_port", "read_security", "folder"),
)
"""What a person may say of a mailbox, besides the password."""
INBOX = "INBOX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What came of a trial."""

    send: Trial
    read: Trial | None
    """``None`` where answers come from a folder on this machine."""
    is_kept: bool
    """Whether the password is where the next sending finds it."""

    @property
    def works(self) -> bool:
        """Return whether one can send and read."""
        return self.send.trouble is None and (
            self.read is None or self.read.trouble is None
        )


def fields() -> dict[str, str]:
    """Return what is on file of the mailbox, by the names of ``FIELDS``.

    Servers that are those of the provider on file are left out, and so is what a
    broken file says.
    """
    sending = smtp.MAILBOX.entries(data_folder())
    reading = imap.INBOX.entries(data_folder())
    folders = ", ".join(reading.get("folders", ()))
    told = {
        "address": str(sending.get("sender") or sending.get("user") or ""),
        "user": str(sending.get("user") or ""),
        "folder": "" if folders == INBOX else folders,
        **_server_fields("send", sending),
        **_server_fields("read", reading),
    }
    provider = provider_of(told["address"])
    if provider is not None and told["send_host"] == provider.send.host:
        told |= dict.fromkeys((*FIELDS[1:5],), "")
    if provider is not None and told["read_host"] == provider.read.host:
        told |= dict.fromkeys(FIELDS[5:8], "")
    usual = {told["address"], provider.send.user if provider else ""}
    return told | {"user": "" if told["user"] in usual else told["user"]}


def _server_fields(way: str, entries: Mapping[str, object]) -> dict[str, str]:
    names = ("host", "port", "security")
    return {f"{way}_{name}": str(entries.get(name) or "") for name in names}


def keep_and_try(typed: Mapping[str, str], secret: str) -> Tried:
    """Keep a mailbox, sign in to it once for sending and once for reading.

    Nothing is sent. An empty ``secret`` means the password that is on file. One that a
    server refused is not kept. Raises BadInput naming one of ``FIELDS``, or
    ``password``.
    """
    address = read_address(typed.get("address", ""), "address")
    provider = provider_of(address)
    if provider is not None and not provider.takes_password:
        raise BadInput("address", why_not("no_app_password", provider=provider.name))
    if not secret.isascii():
        raise BadInput("password", why_not("password_characters"))
    account = _keep_sending(address, typed, provider)
    place = _keep_reading(address, typed, provider)
    read = None
    try:
        send = try_to_send(account, secret or smtp.password(account))
        if isinstance(place, imap.ImapAccount):
            read = try_to_read(place, secret or imap.password(place))
    except BadInput as error:
        raise BadInput("password", why_not("password_needed")) from error
    is_kept = not secret
    if secret:
        is_kept = _keep_password(account, place, secret, (send, read))
    sync.plan(clock.now())
    return Tried(send=send, read=read, is_kept=is_kept)


def send_test() -> str:
    """Send a test mail from the mailbox to its own address, and return that address.

    Raises BadInput where no mailbox or password is set, and OutsideError by what is
    certain, as for a letter.
    """
    account = smtp.MAILBOX.read(data_folder())
    if account is None:
        raise BadInput("mailbox", why_not("no_mailbox"))
    words = ENGLISH.table("setting_done")
    send_note(account, account.sender, words["test_subject"], words["test_text"])
    return account.sender


def send_note(account: smtp.SmtpAccount, to: str, subject: str, text: str) -> None:
    """Send a short mail of ours to the person; raises as the mailer does."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = account.sender, to
    message["Subject"], message["Date"] = subject, clock.now()
    message["Message-ID"] = new_message_id()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    secret = smtp.password(account)
    submission = Submission(
        content=message.as_bytes(),
        recipient=to,
        envelope_id="rescind-notice",
        wants_notice=False,
    )
    SmtpMailer(account, lambda: secret).send(submission, [])


def _keep_sending(
    address: str, typed: Mapping[str, str], provider: Provider | None
) -> smtp.SmtpAccount:
    server = _server("send", address, typed, provider.send if provider else None)
    changes = {
        "host": server["host"],
        "port": server["port"],
        "security": server["security"],
        "user": server["user"],
        "sender": address,
        "oauth": None,
        "client_id": None,
    }
    with _named("send"):
        return smtp.MAILBOX.change(private_folder(), changes)


def _keep_reading(
    address: str, typed: Mapping[str, str], provider: Provider | None
) -> imap.ImapAccount | Path:
    """Keep where answers come in; a folder on this machine that was set stays."""
    before = imap.INBOX.entries(data_folder())
    if before.get("path"):
        return imap.inbox_place(before)
    server = _server("read", address, typed, provider.read if provider else None)
    folders = [name.strip() for name in typed.get("folder", "").split(",")]
    changes = {
        "host": server["host"],
        "port": server["port"],
        "security": server["security"],
        "user": server["user"],
        "folders": [name for name in folders if name] or [INBOX],
        "oauth": None,
        "client_id": None,
    }
    with _named("read"):
        return imap.INBOX.change(private_folder(), changes)


def _server(
    way: str, address: str, typed: Mapping[str, str], known: Server | None
) -> dict[str, str]:
    """Return where to sign in: as typed, or as it is on file of the provider.

    Raises BadInput where neither says it. The servers of the address before are no
    answer: a new address has others.
    """
    before = fields()
    is_same = _domain(before["address"]) == _domain(address)
    host = typed.get(f"{way}_host", "").strip()
    if not is_same and host == before[f"{way}_host"]:
        host = ""
    if host:
        return {
            "host": host,
            "port": typed.get(f"{way}_port", "").strip(),
            "security": typed.get(f"{way}_security", "").strip(),
            "user": typed.get("user", "").strip() or address,
        }
    if known is None:
        wanted = why_not("servers_unknown", domain=_domain(address))
        raise BadInput(f"{way}_host", wanted)
    return {
        "host": known.host,
        "port": str(known.port),
        "security": known.security,
        "user": typed.get("user", "").strip() or known.user,
    }


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


@contextmanager
def _named(way: str) -> Iterator[None]:
    """Have what is wrong named as the field of one of the two servers."""
    try:
        yield
    except BadInput as error:
        is_own = f"{way}_{error.field}" in FIELDS
        field = f"{way}_{error.field}" if is_own else error.field
        raise BadInput(field, error.message, error.suggestions) from error


def _keep_password(
    account: smtp.SmtpAccount,
    place: imap.ImapAccount | Path,
    secret: str,
    trials: tuple[Trial, Trial | None],
) -> bool:
    """Keep the password where it was not refused; return whether it could be."""
    send, read = trials
    try:
        if send.trouble is not Trouble.SIGN_IN:
            smtp.keep_password(account, secret)
        if isinstance(place, imap.ImapAccount) and (
            read is None or read.trouble is not Trouble.SIGN_IN
        ):
            imap.keep_password(place, secret)
    except BadInput:
        # a machine without a keyring, such as a container
        return False
    return True
