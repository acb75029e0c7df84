"""A mailbox tried out: signed in to, once for sending and once for reading.

Nothing is sent and nothing is read; the folders are only opened.
"""

import imaplib
import smtplib
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum

from rescind.adapters.mail.inbox import ImapInbox, connection
from rescind.adapters.mail.smtp import SmtpMailer
from rescind.adapters.settings.imap import ImapAccount
from rescind.adapters.settings.smtp import SmtpAccount


class Trouble(StrEnum):
    """What is wrong with a mailbox, as a person can mend it."""

    NAME = "name"
    NO_ANSWER = "no_answer"
    TLS = "tls"
    SIGN_IN = "sign_in"
    FOLDER = "folder"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of signing in at one server."""

    host: str
    port: int
    trouble: Trouble | None
    """``None``: it works."""
    folder: str = ""
    """Which folder is not there."""


def try_to_send(account: SmtpAccount, secret: str) -> Trial:
    """Sign in for sending, and leave."""
    trouble = None
    try:
        SmtpMailer(account, lambda: secret).sign_in()
    except (OSError, smtplib.SMTPException) as error:
        trouble = _trouble(error)
    return Trial(host=account.host, port=account.port, trouble=trouble)


def try_to_read(account: ImapAccount, secret: str) -> Trial:
    """Sign in for reading, open each folder, and leave."""
    trouble, missing = None, ""
    try:
        with connection(account, secret) as server:
            box = ImapInbox(server, account.folders)
            missing = next((f for f in account.folders if not box.has(f)), "")
            trouble = Trouble.FOLDER if missing else None
    except (OSError, imaplib.IMAP4.error) as error:
        trouble = _trouble(error)
    return Trial(host=account.host, port=account.port, trouble=trouble, folder=missing)


def _trouble(error: Exception) -> Trouble:
    """Return what is wrong; the order matters: an SSLError is an OSError too."""
    kinds = (
        ((socket.gaierror, UnicodeError), Trouble.NAME),
        ((ssl.SSLError, smtplib.SMTPNotSupportedError), Trouble.TLS),
        ((smtplib.SMTPAuthenticationError,), Trouble.SIGN_IN),
        # what aborts is a line that broke off, and no answer to a password
        ((imaplib.IMAP4.abort, smtplib.SMTPServerDisconnected), Trouble.NO_ANSWER),
        ((imaplib.IMAP4.error,), Trouble.SIGN_IN),
        ((smtplib.SMTPException,), Trouble.OTHER),
        ((OSError,), Trouble.NO_ANSWER),
    )
    return next(trouble for kind, trouble in kinds if isinstance(error, kind))
