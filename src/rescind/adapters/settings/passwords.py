"""Passwords of mail accounts, from the environment or the system keyring."""

import os
from contextlib import suppress

import keyring
from keyring.errors import KeyringError

from rescind.adapters.data.words import why_not
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
        message = why_not("no_password", login=login)
        raise BadInput("password", message, [how])
    return password


def write_password(login: str, *, keyring_name: str, secret: str) -> None:
    """Put the password of ``user@host`` into the system keyring.

    Raises BadInput where there is none.
    """
    try:
        keyring.set_password(keyring_name, login, secret)
    except KeyringError as error:
        raise BadInput("password", why_not("no_keyring")) from error


def forget_password(login: str, *, keyring_name: str) -> None:
    """Take the password of ``user@host`` out of the system keyring, if it is there."""
    with suppress(KeyringError):
        keyring.delete_password(keyring_name, login)
