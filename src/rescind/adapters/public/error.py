"""What was wrong with the input, in the public JSON form."""

from typing import TypedDict

from rescind.adapters.data.words import ENGLISH
from rescind.core.errors import BadInput


class ErrorJson(TypedDict):
    """Which field cannot be used, why, and what is near or would help."""

    field: str
    message: str
    suggestions: list[str]


def error_json(error: BadInput) -> ErrorJson:
    """Return what was wrong."""
    return {
        "field": error.field,
        "message": ENGLISH.say(error.message),
        "suggestions": list(error.suggestions),
    }
