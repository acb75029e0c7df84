"""Settings of the whole program, from the environment: where things are kept."""

import errno
import os
import secrets
import shutil
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600
"""What a file of the user's alone is open for."""


def data_folder() -> Path:
    """Return the folder for everything Rescind keeps: ``RESCIND_HOME`` or the user's.

    The XDG Base Directory Specification names the default.
    """
    home = os.environ.get("RESCIND_HOME")
    if home:
        return Path(home).expanduser()
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / "rescind"


def private_folder() -> Path:
    """Return that folder, made if need be, for the user alone."""
    folder = data_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def cache_folder() -> Path | None:
    """Return the folder for what can be worked out again; ``None`` without a home.

    The XDG Base Directory Specification names it, and has a relative path ignored. It
    holds no facts of the user's.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    base = named if Path(named).is_absolute() else "~/.cache"
    try:
        return Path(base).expanduser() / "rescind"
    except RuntimeError:
        return None


def database_url() -> str | None:
    """Return the address of the PostgreSQL to keep cases in; ``None`` for SQLite."""
    return os.environ.get("RESCIND_DATABASE_URL") or None


def public_address() -> str | None:
    """Return where a reverse proxy offers the web app; ``None``: there is none."""
    return os.environ.get("RESCIND_ADDRESS", "").rstrip("/") or None


def proxies() -> str:
    """Return the addresses of the reverse proxies that are believed, as written."""
    return os.environ.get("RESCIND_PROXIES", "")


def languages() -> tuple[str, ...]:
    """Return the languages that pages may be in: English, and those asked for.

    ``RESCIND_LANGUAGES`` names them while they are not whole yet.
    """
    others = os.environ.get("RESCIND_LANGUAGES", "").replace(",", " ").split()
    return ("en", *(code for code in others if code != "en"))


def listening_address() -> str | None:
    """Return the address beyond loopback that may be listened on, in a container."""
    return os.environ.get("RESCIND_LISTEN") or None


def write_private(path: Path, content: bytes, *, is_new: bool = False) -> None:
    """Write a file that only the user can read: whole, or not at all.

    Raises FileExistsError with ``is_new`` where somebody was faster, and OSError where
    it cannot be written.
    """
    _write(path, content, PRIVATE, is_new=is_new)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that the person named: whole, or not at all; raises OSError.

    A file that is there keeps its permissions; a link keeps leading where it leads. A
    pipe or a device is written to as it is.
    """
    is_special = path.exists() and not path.is_file()
    if is_special or path.is_relative_to("/dev") or path.is_relative_to("/proc"):
        path.write_bytes(content)
        return
    path = path.resolve()
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    _write(path, content, mode)


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write a new folder with files by their names: all of it, or nothing.

    Raises FileExistsError where there is one, and OSError where it cannot be written.
    """
    if folder.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=_partial(folder), dir=folder.parent))
    try:
        for name, content in contents.items():
            _write(partial / name, content, None)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _keep_names(folder.parent)


def _partial(path: Path) -> str:
    """Return how the name begins under which something is written at first."""
    return f".{path.name[:100]}-"


def _write(
    path: Path, content: bytes, mode: int | None, *, is_new: bool = False
) -> None:
    """Write a file whole, or not at all.

    The bytes are on the disk before the file bears its name, so that a full disk or a
    loss of power leaves the old file, or none. Without a mode it gets those that the
    system gives a new file.
    """
    partial = path.with_name(_partial(path) + secrets.token_hex(4))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    handle = os.open(partial, flags, PRIVATE if mode == PRIVATE else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if mode is not None:
                os.fchmod(handle, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            path.hardlink_to(partial)
        else:
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """Have the names in a folder on the disk; where systems can (not on Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
