"""Settings of the whole program, from the environment: where things are kept."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


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

    The XDG Base Directory Specification names it. It holds no facts of the user's.
    """
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(base).expanduser() / "rescind"
    except RuntimeError:
        return None


def database_url() -> str | None:
    """Return the address of the PostgreSQL to keep cases in; ``None`` for SQLite."""
    return os.environ.get("RESCIND_DATABASE_URL") or None


def write_private(path: Path, content: bytes, *, is_new: bool = False) -> None:
    """Write a file that only the user can read: whole, or not at all.

    The bytes are on the disk before the file bears its name, so that a full disk or a
    loss of power leaves the old file, or none. Raises FileExistsError with ``is_new``
    where somebody was faster, and OSError where it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:  # mkstemp makes it for the user alone
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
