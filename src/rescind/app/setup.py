"""Setup: Django made ready, the database brought up to date, the web app handed out.

Whoever imports a use case that keeps something calls ``configure`` first: Django's
models can only be imported once its settings are read. The command line does so by its
table of commands, before it imports one.
"""

import os
from functools import cache

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError

from rescind.adapters.backup.presence import come_in
from rescind.core.errors import BadInput
from rescind.settings import data_folder
from rescind.store.faults import outside_error
from rescind.store.opening import open_database


def configure() -> None:
    """Read Django's settings, so that models can be imported; harmless to repeat.

    Raises BadInput when the folder or the database's address cannot be used.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rescind.store.django_settings")
    try:
        django.setup()
    except OSError as error:
        where = f"nothing can be kept in {data_folder()}: {error.strerror}"
        raise BadInput("RESCIND_HOME", where, ["a folder of your own"]) from error


def setup() -> None:
    """Make Django ready and bring the database up to date; harmless to repeat.

    Raises BadInput as ``configure`` does, Damaged or PermanentError for a database that
    is not whole or of a newer release, and TransientError when it does not answer.
    """
    configure()
    _open()


@cache
def _open() -> None:
    come_in(data_folder())
    try:
        open_database(data_folder())
    except DatabaseError as error:
        raise outside_error(error) or error from error


def web_application() -> WSGIHandler:
    """Return the web app for a server to run."""
    return get_wsgi_application()
