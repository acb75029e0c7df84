"""Settings of the whole program, from the environment: where things are kept."""

import os
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
