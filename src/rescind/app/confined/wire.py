"""What passes between the two processes: pickled, framed, and read back with care.

The answer comes from a process that has read hostile bytes: only our own records, and
the plain types in them, are made from it.
"""

import io
import pickle
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">Q")
_OURS = "rescind.core.model."
"""Where our records stand: plain values, whose making does nothing else."""
_PLAIN = frozenset(
    {
        ("rescind.adapters.evidence.authentication", "Authentication"),
        ("rescind.adapters.evidence.authentication", "Signature"),
        ("rescind.adapters.mail.dsn", "DeliveryNotice"),
        ("rescind.adapters.mail.envelope", "Naming"),
        ("rescind.core.follow.matching", "Envelope"),
        ("rescind.adapters.statements.subscription_lists", "ListedSubscription"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
    }
)


class TooMuch(Exception):  # noqa: N818 - what is wrong with it
    """A message is longer than the reader takes."""


def write(stream: IO[bytes], message: object) -> None:
    """Write one message, its length before it."""
    target = io.BytesIO()
    _Pickler(target, protocol=5).dump(message)
    content = target.getbuffer()
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_request(stream: IO[bytes]) -> Any:  # noqa: ANN401 - whatever was asked
    """Return the next request, from whoever started this process.

    Raises EOFError at the stream's end.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return pickle.loads(_exactly(stream, length))  # noqa: S301 - our own process wrote it


def read(stream: IO[bytes], most: int) -> Any:  # noqa: ANN401 - whatever was sent
    """Return the next answer.

    Raises EOFError at the stream's end, TooMuch for a message of more than ``most``
    bytes, and pickle.UnpicklingError for one that holds what we do not send.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > most:
        raise TooMuch
    return _Unpickler(io.BytesIO(_exactly(stream, length))).load()


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if content is None or len(content) < size:
        raise EOFError
    return content


class _Pickler(pickle.Pickler):
    """Writes tables as Arrow's own form, which holds no code."""

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - pickle's shape
        """Return how a table is made again; everything else goes the usual way."""
        if type(value).__module__.startswith("polars."):
            target = io.BytesIO()
            value.write_ipc(target)
            return _table, (target.getvalue(),)
        return NotImplemented


def _table(content: bytes) -> Any:  # noqa: ANN401 - a table of polars
    import polars as pl  # noqa: PLC0415 - 0.2 s, and mail needs none

    return pl.read_ipc(io.BytesIO(content))


class _Unpickler(pickle.Unpickler):
    """Makes our own records and plain values, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's shape
        """Return a class that may stand in a message."""
        is_ours = module.startswith(_OURS) and "." not in name
        if (
            is_ours
            or (module, name) in _PLAIN
            or (module, name) == (__name__, "_table")
        ):
            found = super().find_class(module, name)
            if isinstance(found, type) or found is _table:
                return found
        message = f"{module}.{name} is nothing that is sent here"
        raise pickle.UnpicklingError(message)
