"""Speech: what the store has to say, in words."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from rescind.core.model.sentence import Sentence, Value

if TYPE_CHECKING:
    from rescind.ports import Speaker


RESTORE = "rescind restore FILE"
"""What helps where a backup does; no page says it."""


def said(sentence: Sentence) -> str:
    """Return a sentence in words."""
    # named by its path in the settings, as Django names middleware: the store knows
    # the port, and not what fills it
    words: Speaker = import_string(settings.RESCIND_WORDS)
    return words.say(sentence)


def say_damage(code: str, /, **values: Value) -> str:
    """Return what is damaged, or what keeps the database from its work, in words."""
    return said(Sentence.of("damage", code, **values))
