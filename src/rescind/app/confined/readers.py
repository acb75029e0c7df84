"""What a confined process may be asked to do, by name, and nothing else."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

READERS = {
    "statement": "rescind.adapters.statements.reader:read_content",
    "statement_file": "rescind.adapters.statements.reader:read_statement",
    "list": "rescind.adapters.statements.subscription_lists:read_list",
    "receipts": "rescind.adapters.mail.receipts:read_receipts",
    "message": "rescind.app.confined.mail:read_mail",
    "row": "rescind.app.confined.mail:read_row",
    "notices": "rescind.adapters.mail.dsn:read_notices",
    "backup": "rescind.adapters.backup.examine:examine",
    "pack": "rescind.app.prove.packs:check_contents",
}
"""Modules and functions by name; imported where they run."""


@cache
def reader(name: str) -> Callable[..., Any]:
    """Return a function by its name; raises KeyError for one not on the list."""
    module, _, function = READERS[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
