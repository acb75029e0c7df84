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
    "answer": "rescind.app.confined.mail:read_answer",
    "attached": "rescind.adapters.mail.compose:attached_message",
    "envelopes": "rescind.app.confined.mail:read_envelopes",
    "are_receipts": "rescind.app.confined.mail:look_like_receipts",
    "mbox": "rescind.adapters.mail.mbox:places",
    "naming": "rescind.adapters.mail.envelope:read_naming",
    "signers": "rescind.app.confined.mail:authenticate_mail",
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
