"""SMTP submission over TLS (RFC 6409, RFC 8314); failures are told apart by certainty.

Until the message's last line is sent, a failure means that nothing was taken. From
then until the server answers, nobody knows: that is UnknownOutcome, and no retry.
"""

import smtplib
import socket
import ssl
from collections.abc import Callable
from hashlib import sha256

from rescind.adapters.network.line import connect
from rescind.adapters.settings.oauth import xoauth2
from rescind.adapters.settings.smtp import SmtpAccount
from rescind.core.errors import PermanentError, TransientError, UnknownOutcome
from rescind.ports import Handover, Submission

TIMEOUT_SECONDS = 30
TEMPORARY = range(400, 500)
ACCEPTED = 250
FORWARDED = 251
"""Taken for another address (RFC 5321 section 4.2.3)."""
BEGIN = 354
AUTHENTICATED = 235


class _Transcript(smtplib.SMTP):
    """A connection whose lines are taken down; of a login only that there was one."""

    def __init__(self, account: SmtpAccount, dialogue: list[str]) -> None:
        """Connect, and take down into ``dialogue`` what is said from here on."""
        self.dialogue = dialogue
        self.is_secret = False
        super().__init__(account.host, account.port, timeout=TIMEOUT_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Return the line to the server; smtplib asks for it here."""
        return connect(host, port, timeout=timeout, is_own=True)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command, and take it down."""
        line = "(login, not taken down)" if self.is_secret else f"{cmd} {args}".strip()
        self.dialogue.append(f"C: {line}")
        super().putcmd(cmd, args)

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's reply, and take it down."""
        code, text = super().getreply()
        for line in text.splitlines() or [b""]:
            self.dialogue.append(f"S: {code} {_printable(line)}")
        return code, text

    def login(
        self, user: str, password: str, *, initial_response_ok: bool = True
    ) -> tuple[int, bytes]:
        """Log in; nothing that is said meanwhile by us is taken down."""
        self.is_secret = True
        try:
            return super().login(
                user, password, initial_response_ok=initial_response_ok
            )
        finally:
            self.is_secret = False


class _TranscriptOverTls(_Transcript, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""

    def __init__(
        self, account: SmtpAccount, dialogue: list[str], context: ssl.SSLContext
    ) -> None:
        """Connect over TLS."""
        self.dialogue = dialogue
        self.is_secret = False
        smtplib.SMTP_SSL.__init__(
            self,
            account.host,
            account.port,
            timeout=TIMEOUT_SECONDS,
            context=context,
        )

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """Return the line to the server, encrypted."""
        line = super()._get_socket(host, port, timeout)
        return self.context.wrap_socket(line, server_hostname=host)


class SmtpMailer:
    """Submits one message at a time; keeps what the server said."""

    name = "smtp"

    def __init__(self, account: SmtpAccount, password: Callable[[], str]) -> None:
        """Keep the account; connect to nothing yet."""
        self._account = account
        self._password = password

    def send(self, submission: Submission, dialogue: list[str]) -> Handover:
        """Submit the message; raises by what is certain (see the module)."""
        answers: list[str] = []
        try:
            server = self._connect(answers, dialogue)
            try:
                self._envelope(server, submission, answers)
                handover = self._content(server, submission.content, answers)
            except BaseException:
                _say_goodbye(server)
                raise
        except smtplib.SMTPResponseException as error:
            raise self._refusal(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            what = f"could not be reached or broke off: {type(error).__name__}"
            raise TransientError(self._account.host, what) from error
        except UnicodeError as error:
            what = "cannot take an address beyond ASCII"
            raise PermanentError(self._account.host, what) from error
        # outside of what is read as a failure: it was taken, whatever comes now
        _say_goodbye(server)
        return handover

    def sign_in(self) -> None:
        """Log in and leave; raises OSError and what smtplib raises, as they are."""
        _say_goodbye(self._connect([], []))

    def _connect(self, answers: list[str], dialogue: list[str]) -> _Transcript:
        account = self._account
        dialogue.append(f"-- {account.host}:{account.port}, {account.security}")
        context = ssl.create_default_context(cafile=account.ca_file)
        server: _Transcript
        if account.security == "tls":
            server = _TranscriptOverTls(account, dialogue, context)
        else:
            server = _Transcript(account, dialogue)
        try:
            self._introduce(server, context, answers)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _introduce(
        self, server: _Transcript, context: ssl.SSLContext, answers: list[str]
    ) -> None:
        if self._account.security != "tls":
            code, _ = server.starttls(context=context)
            answers.append(f"STARTTLS {code}")
        server.dialogue.append(f"-- {_encryption(server)}")
        server.ehlo_or_helo_if_needed()
        code = self._log_in(server)
        answers.append(f"AUTH {code}")

    def _log_in(self, server: _Transcript) -> int:
        """Log in by password, or by the access token that stands for it."""
        account, secret = self._account, self._password()
        if account.oauth is None:
            return server.login(account.user, secret)[0]
        token = xoauth2(account.user, secret)
        server.is_secret = True
        try:
            code, text = server.auth(
                "XOAUTH2", lambda challenge=None: "" if challenge else token
            )
        finally:
            server.is_secret = False
        if code != AUTHENTICATED:
            raise smtplib.SMTPAuthenticationError(code, text)
        return code

    def _envelope(
        self, server: _Transcript, submission: Submission, answers: list[str]
    ) -> None:
        """Name sender and recipients, and ask for delivery notices (RFC 3461)."""
        server.ehlo_or_helo_if_needed()
        wants_notice = submission.wants_notice and server.has_extn("dsn")
        options = (
            ["RET=HDRS", f"ENVID={submission.envelope_id}"] if wants_notice else []
        )
        code, text = server.mail(self._account.sender, options)
        self._expect(ACCEPTED, "MAIL", code, text, answers)
        to = submission.recipient
        notices = ["NOTIFY=SUCCESS,FAILURE,DELAY", f"ORCPT=rfc822;{_xtext(to)}"]
        code, text = server.rcpt(to, notices if wants_notice else [])
        self._expect(ACCEPTED, "RCPT", code, text, answers)
        if submission.copy_to:
            none = ["NOTIFY=NEVER"] if wants_notice else []
            code, text = server.rcpt(submission.copy_to, none)
            answers.append(f"COPY {code} {_printable(text)}")
        code, text = server.docmd("DATA")
        self._expect(BEGIN, "DATA", code, text, answers)

    def _content(
        self, server: _Transcript, content: bytes, answers: list[str]
    ) -> Handover:
        """Send the content; from here on only the server's answer tells."""
        # a line that begins with a dot gets a second one (RFC 5321 section 4.5.2)
        lines = content.replace(b"\r\n.", b"\r\n..")
        mark = sha256(content).hexdigest()
        server.dialogue.append(f"C: (the message, {len(content)} bytes, sha256:{mark})")
        try:
            server.send(lines.rstrip(b"\r\n") + b"\r\n.\r\n")
            code, text = server.getreply()
        except (OSError, ValueError, smtplib.SMTPException) as error:
            what = "broke off after the message was sent and before it answered"
            raise UnknownOutcome(self._account.host, what) from error
        self._expect(ACCEPTED, "END", code, text, answers)
        return Handover(answers=tuple(answers))

    def _expect(
        self, success: int, command: str, code: int, text: bytes, answers: list[str]
    ) -> None:
        answers.append(f"{command} {code} {_printable(text)}")
        is_forwarded = success == ACCEPTED and code == FORWARDED
        if code != success and not is_forwarded:
            raise smtplib.SMTPResponseException(code, text)

    def _refusal(self, code: int, text: bytes | str) -> TransientError | PermanentError:
        what = f"answered {code} {_printable(text)}"
        if code in TEMPORARY:
            return TransientError(self._account.host, what)
        return PermanentError(self._account.host, what)


def _encryption(server: _Transcript) -> str:
    """Return how the line is encrypted, and the digest of the server's certificate."""
    connection = server.sock
    if not isinstance(connection, ssl.SSLSocket):
        return "not encrypted"
    mark = sha256(connection.getpeercert(binary_form=True) or b"").hexdigest()
    return f"{connection.version()}, certificate sha256:{mark}"


def _xtext(address: str) -> str:
    """Return an address in xtext (RFC 3461 section 4)."""
    return "".join(
        c if "!" <= c <= "~" and c not in "+=" else f"+{ord(c):02X}" for c in address
    )


def _say_goodbye(server: smtplib.SMTP) -> None:
    """Leave; trouble with that changes nothing about what was answered."""
    try:
        server.quit()
    except (OSError, ValueError, smtplib.SMTPException):
        server.close()


def _printable(text: bytes | str) -> str:
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)[:300]
