"""Parts that a slim install leaves out, and the sentence that names the missing one."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType

from rescind.core.errors import BadInput

EXTRA_OF: Mapping[str, str] = MappingProxyType(
    {
        "polars": "statements",
        "rapidfuzz": "statements",
        "pypdfium2": "statements",
        "python_calamine": "statements",
        "pkcs11": "pkcs11",
        "psycopg": "postgres",
    }
)
"""What is imported, and the extra that brings it."""
DOES = MappingProxyType(
    {
        "statements": "reading bank statements",
        "pkcs11": "sealing with a token (PKCS#11)",
        "postgres": "keeping cases in PostgreSQL",
    }
)


def import_part(module: str) -> ModuleType:
    """Return a module of ours; raises BadInput naming the extra that it lacks."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise _missing(error) from error


def _missing(error: ModuleNotFoundError) -> BadInput:
    """Return what to install; raises the error itself where no extra brings it."""
    extra = EXTRA_OF.get((error.name or "").partition(".")[0])
    if extra is None:
        raise error
    message = f"{DOES[extra]} needs a part that is not installed here"
    return BadInput("install", message, [f"pip install 'rescind[{extra}]'"])
