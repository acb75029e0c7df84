"""Patience: what is known only here is written as soon as the database lets us."""

import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

SECONDS = 60.0
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
            connection.close()
            time.sleep(BETWEEN)
        else:
            return
