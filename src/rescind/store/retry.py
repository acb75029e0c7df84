"""Retry: what is known only here is written as soon as the database lets us."""

import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

SECONDS = 60.0
"""How long a write is tried; after that a letter's outcome is in doubt."""
BETWEEN = 0.5


def insist(write: Callable[[], None]) -> None:
    """Write, and try again for a minute while the database or the disk is in the way.

    The write has to be one that is harmless to repeat. Raises what the last try did.
    """
    until = time.monotonic() + SECONDS
    while True:
        try:
            write()
        except (OperationalError, InterfaceError):
            if time.monotonic() > until:
                raise
            # the next try makes a new one: this connection may never work again
            connection.close()
            time.sleep(BETWEEN)
        else:
            return
