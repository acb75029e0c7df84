"""Where answers come in: an IMAP account, a Maildir, an mbox, or a folder of mail.

Nothing is deleted, moved or marked: the folder is opened for reading only (EXAMINE,
RFC 9051 section 6.3.3), and messages are peeked at.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from itertools import chain, repeat
from pathlib import Path
from typing import Protocol
from zlib import crc32

from imap_tools.errors import MailboxTaggedResponseError
from imap_tools.mailbox import BaseMailBox

from rescind.adapters.mail import mbox
from rescind.adapters.network.line import connect
from rescind.adapters.settings.imap import ImapAccount, password
from rescind.adapters.settings.oauth import access_token, xoauth2
from rescind.core.errors import TransientError

TIMEOUT = 30
MOST_BYTES = 10_000_000
"""A larger message is left in the mailbox, and counted; no case takes more either."""
MOST_ANSWERED = 2 * MOST_BYTES
"""Of one answer, whatever a server says that a message has."""
MOST_HEADERS = 100_000
MOST_MESSAGES = 5_000
"""Of the newest in a folder, at one time."""
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class Inbox(Protocol):
    """A place that messages are read from."""

    def headers(
        self, since: date, skip: Container[str] = ()
    ) -> Iterator[tuple[str, bytes]]:
        """Yield a key and the headers of each message that came since a day.

        Those whose key is in ``skip`` were looked at before.
        """
        ...

    def message(self, key: str) -> bytes | None:
        """Return a message byte for byte; ``None`` for one that is too large."""
        ...


Split = Callable[[Path], bytes]
"""Says where each message of an mbox begins and ends, as ``mbox.places`` does."""


@contextmanager
def open_inbox(place: ImapAccount | Path, split: Split) -> Iterator[Inbox]:
    """Lend the inbox at a place.

    Raises TransientError when a server does not answer or refuses.
    """
    if isinstance(place, Path):
        yield FolderInbox(place, split)
        return
    try:
        with connection(place) as server:
            yield ImapInbox(server, place.folders)
    except (imaplib.IMAP4.error, OSError) as error:
        what = f"could not be read: {type(error).__name__} {error}"[:300]
        raise TransientError(place.host, what) from error


class _Line(imaplib.IMAP4):
    """A connection that is made in the one place where connections are."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return connect(self.host, self.port, timeout=timeout, is_own=True)

    def read(self, size: int) -> bytes:
        """Read a piece of an answer, of the size that the server names."""
        return super().read(_allowed(size))


def _allowed(size: int) -> int:
    if size > MOST_ANSWERED:
        message = f"answers with {size:,} bytes; {MOST_ANSWERED:,} at most are taken"
        raise imaplib.IMAP4.abort(message)
    return size


class _LineOverTls(imaplib.IMAP4_SSL):
    """The same, encrypted from the first byte."""

    def read(self, size: int) -> bytes:
        """Read a piece of an answer, of the size that the server names."""
        return super().read(_allowed(size))

    def _create_socket(self, timeout: float | None) -> socket.socket:
        line = connect(self.host, self.port, timeout=timeout, is_own=True)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(line, server_hostname=self.host)


@contextmanager
def connection(of: ImapAccount, secret: str | None = None) -> Iterator[imaplib.IMAP4]:
    """Lend a connection that is logged in, by the password on file or a given one.

    Raises OSError and what imaplib raises, as they are.
    """
    context = ssl.create_default_context(cafile=of.ca_file)
    server: imaplib.IMAP4
    if of.security == "tls":
        server = _LineOverTls(of.host, of.port, ssl_context=context, timeout=TIMEOUT)
    else:
        server = _Line(of.host, of.port, timeout=TIMEOUT)
        server.starttls(context)
    try:
        _log_in(server, of, secret)
        yield server
    finally:
        try:
            server.logout()
        except (imaplib.IMAP4.error, OSError):
            server.shutdown()


def _log_in(server: imaplib.IMAP4, of: ImapAccount, secret: str | None) -> None:
    if of.oauth is None:
        server.login(of.user, secret or password(of))
        return
    token = access_token(of.oauth, f"{of.user}@{of.host}")
    # the token once; the second challenge is an error's, and is answered empty
    answers = chain([xoauth2(of.user, token).encode()], repeat(b""))
    server.authenticate("XOAUTH2", lambda _challenge: next(answers))


def listening(place: ImapAccount | Path, seconds: float) -> Iterator[bool]:
    """Yield whether mail came to the first folder, each time so many seconds passed.

    Sooner where it came (RFC 2177). Ends at once where the place cannot say so and has
    to be looked into now and then. Raises TransientError when a server does not answer
    or refuses.
    """
    if isinstance(place, Path):
        return
    try:
        with connection(place) as server:
            if "IDLE" not in server.capabilities:
                return
            server.select(place.folders[0], readonly=True)
            idle = _LoggedIn(server).idle
            while True:
                lines = idle.wait(timeout=seconds)
                yield any(b"EXISTS" in line for line in lines)
    except (imaplib.IMAP4.error, MailboxTaggedResponseError, OSError) as error:
        what = f"could not be listened to: {type(error).__name__} {error}"[:300]
        raise TransientError(place.host, what) from error


class _LoggedIn(BaseMailBox):
    """A connection that is logged in, as the library that listens wants it."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        """Keep the connection."""
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._server


class ImapInbox:
    """Folders of an account, opened for reading only."""

    def __init__(self, server: imaplib.IMAP4, folders: tuple[str, ...]) -> None:
        """Keep the connection; open no folder yet."""
        self._server = server
        self._folders = folders
        self._open = ""

    def headers(
        self, since: date, skip: Container[str] = ()
    ) -> Iterator[tuple[str, bytes]]:
        """Yield a key and the headers of each message that came since a day.

        A key holds the folder, what makes its numbers valid, and the number
        (UIDVALIDITY, RFC 9051 section 2.3.1.1).
        """
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        for folder in self._folders:
            self._examine(folder)
            _, uids = self._server.uid("SEARCH", "SINCE", day)
            _, answer = self._server.response("UIDVALIDITY")
            validity = (answer[0] or b"").decode() if answer else ""
            for uid in (uids[0] or b"").split()[-MOST_MESSAGES:]:
                key = f"{folder}\n{validity}\n{uid.decode()}"
                if key in skip:
                    continue
                # between two yields the reader may have opened another folder
                self._examine(folder)
                header = self._fetch(
                    uid.decode(), f"(BODY.PEEK[HEADER]<0.{MOST_HEADERS}>)"
                )
                if header is not None:
                    yield key, header

    def message(self, key: str) -> bytes | None:
        """Return a message byte for byte; ``None`` for one that is too large."""
        folder, _, uid = key.split("\n")
        self._examine(folder)
        _, about = self._server.uid("FETCH", uid, "(RFC822.SIZE)")
        size = _SIZE.search(b" ".join(p for p in about if isinstance(p, bytes)))
        if size is None or int(size[1]) > MOST_BYTES:
            return None
        return self._fetch(uid, "(BODY.PEEK[])")

    def has(self, folder: str) -> bool:
        """Return whether there is such a folder to open."""
        return self._select(folder)[0] == "OK"

    def _select(self, folder: str) -> tuple[str, list[bytes | None]]:
        name = '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return self._server.select(name, readonly=True)

    def _examine(self, folder: str) -> None:
        if folder == self._open:
            return
        status, lines = self._select(folder)
        if status != "OK":
            message = f"has no folder {folder!r}: {lines[0]!r}"
            raise imaplib.IMAP4.error(message)
        self._open = folder

    def _fetch(self, uid: str, what: str) -> bytes | None:
        _, parts = self._server.uid("FETCH", uid, what)
        for part in parts:
            if isinstance(part, tuple):
                return bytes(part[1])
        return None


_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905 - RFC 9051 names them so


class FolderInbox:
    """A Maildir, an mbox, or a folder of mail on this machine."""

    def __init__(self, path: Path, split: Split) -> None:
        """Keep the place, and what splits an mbox; read nothing yet."""
        self._path = path
        self._split = split

    def headers(
        self,
        since: date,  # noqa: ARG002 - the messages' own dates tell
        skip: Container[str] = (),
    ) -> Iterator[tuple[str, bytes]]:
        """Yield a key and the headers of each message.

        The key of one in an mbox is its place, and a checksum: another message may
        stand there later.
        """
        if self._path.is_dir():
            # a Maildir keeps its mail in two folders; any other folder is one itself
            inside = [self._path / name for name in ("new", "cur")]
            folders = [folder for folder in inside if folder.is_dir()] or [self._path]
            files = (p for folder in folders for p in folder.iterdir() if p.is_file())
            for path in sorted(files):
                # a mail program may have moved it since
                with suppress(FileNotFoundError):
                    if str(path) not in skip:
                        yield str(path), _head(_beginning(path))
            return
        found = self._split(self._path)
        begun = mbox.messages(self._path, found, MOST_HEADERS)
        for (start, stop), content in zip(mbox.pairs(found), begun, strict=True):
            head = _head(content)
            key = f"{start}:{stop}:{crc32(head):08x}"
            if key not in skip:
                yield key, head

    def message(self, key: str) -> bytes | None:
        """Return a message byte for byte; ``None`` for one that is too large."""
        if self._path.is_dir():
            path = Path(key)
            return None if path.stat().st_size > MOST_BYTES else path.read_bytes()
        start, stop = (int(number) for number in key.split(":")[:2])
        if stop - start > MOST_BYTES:
            return None
        with self._path.open("rb") as file:
            file.seek(start)
            return file.read(stop - start)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_HEADERS)


def _head(raw: bytes) -> bytes:
    end = re.search(rb"\r?\n\r?\n", raw)
    return raw[: end.start()] if end else raw
