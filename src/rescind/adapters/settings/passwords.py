"""Passwords of mail accounts, from the environment or the system keyring."""

import os

import keyring
from keyring.errors import KeyringError

from rescind.core.errors import BadInput


def read_password(login: str, *, keyring_name: str, variable: str, how: str) -> str:
    """Return the password of ``user@host``; raises BadInput saying where to put it."""
    password = os.environ.get(variable)
    if password:
        return password
    try:
        password = keyring.get_password(keyring_name, login)
    except KeyringError:
        password = None
    if not password:
        message = f"no password for {login} in the keyring or environment"
        raise BadInput("password", message, [how])
    return password
