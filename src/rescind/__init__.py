"""Rescind: from the line on the bank statement to a cancellation you can prove.

``check``, ``plan``, ``letter`` and ``find`` are the public Python API; docs/python.md
shows each. They are imported when first used, so that importing this package costs
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rescind.python_api import check, find, letter, plan

__version__ = "0.1.0"
__all__ = ["check", "find", "letter", "plan"]


def __getattr__(name: str) -> object:
    """Return a public function; raises AttributeError for any other name."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module("rescind.python_api"), name)
