"""SMTP submission over TLS (RFC 6409, RFC 8314), told apart by what is certain.

Until the message's last line is sent, a failure means that nothing was taken. From
then until the server answers, nobody knows: that is UnknownOutcome, and no retry.
"""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from rescind.core.errors import PermanentError, TransientError, UnknownOutcome
from rescind.ports import Handover

TIMEOUT_SECONDS = 30
TEMPORARY = range(400, 500)
ACCEPTED = 250
FORWARDED = 251
"""Taken for another address (RFC 5321 section 4.2.3)."""
BEGIN = 354


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


class SmtpMailer:
    """Submits one message at a time; keeps what the server said."""

    name = "smtp"

    def __init__(self, account: SmtpAccount, password: Callable[[], str]) -> None:
        """Keep the account; connect to nothing yet."""
        self._account = account
        self._password = password

    def send(self, message: EmailMessage, recipient: str) -> Handover:
        """Submit the message; raises by what is certain (see the module)."""
        content = message.as_bytes()
        answers: list[str] = []
        try:
            server = self._connected(answers)
            try:
                self._envelope(server, recipient, answers)
                return self._content(server, content, answers)
            finally:
                _part(server)
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            what = f"could not be reached or broke off: {type(error).__name__}"
            raise TransientError(self._account.host, what) from error
        except UnicodeError as error:
            what = "cannot take an address beyond ASCII"
            raise PermanentError(self._account.host, what) from error

    def _connected(self, answers: list[str]) -> smtplib.SMTP:
        account = self._account
        context = ssl.create_default_context(cafile=account.ca_file)
        server: smtplib.SMTP
        if account.security == "tls":
            server = smtplib.SMTP_SSL(
                account.host, account.port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(account.host, account.port, timeout=TIMEOUT_SECONDS)
        try:
            self._introduce(server, context, answers)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _introduce(
        self, server: smtplib.SMTP, context: ssl.SSLContext, answers: list[str]
    ) -> None:
        if self._account.security != "tls":
            code, _ = server.starttls(context=context)
            answers.append(f"STARTTLS {code}")
        code, _ = server.login(self._account.user, self._password())
        answers.append(f"AUTH {code}")

    def _envelope(
        self, server: smtplib.SMTP, recipient: str, answers: list[str]
    ) -> None:
        server.ehlo_or_helo_if_needed()
        wants_notice = server.has_extn("dsn")
        mail_options = ["RET=HDRS"] if wants_notice else []
        code, text = server.mail(self._account.sender, mail_options)
        self._expect(ACCEPTED, "MAIL", code, text, answers)
        rcpt_options = ["NOTIFY=SUCCESS,FAILURE,DELAY"] if wants_notice else []
        code, text = server.rcpt(recipient, rcpt_options)
        self._expect(ACCEPTED, "RCPT", code, text, answers)
        code, text = server.docmd("DATA")
        self._expect(BEGIN, "DATA", code, text, answers)

    def _content(
        self, server: smtplib.SMTP, content: bytes, answers: list[str]
    ) -> Handover:
        """Send the content; from here on only the server's answer tells."""
        lines = content.replace(b"\r\n.", b"\r\n..")
        try:
            server.send(lines.rstrip(b"\r\n") + b"\r\n.\r\n")
            code, text = server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            what = "broke off after the message was sent and before it answered"
            raise UnknownOutcome(self._account.host, what) from error
        self._expect(ACCEPTED, "END", code, text, answers)
        return Handover(answers=tuple(answers))

    def _expect(
        self, wanted: int, command: str, code: int, text: bytes, answers: list[str]
    ) -> None:
        answers.append(f"{command} {code} {_shown(text)}")
        forwarded = wanted == ACCEPTED and code == FORWARDED
        if code != wanted and not forwarded:
            raise smtplib.SMTPResponseException(code, text)

    def _refusal(self, code: int, text: bytes | str) -> TransientError | PermanentError:
        what = f"answered {code} {_shown(text)}"
        if code in TEMPORARY:
            return TransientError(self._account.host, what)
        return PermanentError(self._account.host, what)


def _part(server: smtplib.SMTP) -> None:
    """Say goodbye; trouble with that changes nothing about what was answered."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _shown(text: bytes | str) -> str:
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)[:300]
