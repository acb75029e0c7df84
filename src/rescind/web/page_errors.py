"""What was wrong with the input, as a page says it: labels, and no codes."""

from dataclasses import dataclass

from rescind.adapters.data.questions import question
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.labels import days_in_words, label, say, typed
from rescind.web import forms, letter_form

_LABELS = {
    field.name: field.label
    for field in (*letter_form.FIELDS, *forms.SENDER, *forms.WISHES)
}
_COMMANDS = ("rescind ", "--", "pip ", "RESCIND_")
"""How a suggestion begins that only the command line can follow."""
_INSTEAD = {
    "--before-end": "tick_before_end",
    "rescind notices set": "name_an_address",
    "rescind worker status": "look_at_the_worker",
    "rescind find": "read_it_there",
    "rescind verify": "check_it_there",
    # the page of the case is where this is said
    "rescind case show": None,
}
"""What a page says in place of what begins so; ``None`` where it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageError:
    """Which field cannot be used, why, and what would help."""

    field: str
    """As the page calls it."""
    message: str
    suggestions: tuple[str, ...]
    commands: tuple[str, ...]
    """For the command line; a page sets them apart."""


def page_error(error: BadInput) -> PageError:
    """Return what was wrong, as a page says it."""
    words, commands = [], []
    for each in error.suggestions:
        codes = [code for start, code in _INSTEAD.items() if each.startswith(start)]
        if codes:
            words += [label(code, "on_page") for code in codes if code]
        elif each.startswith(_COMMANDS):
            commands.append(each)
        else:
            words.append(typed(each, is_page=True))
    return PageError(
        field=field_label(error.field),
        message=days_in_words(say(error.message)),
        suggestions=tuple(dict.fromkeys(words)),
        commands=tuple(commands),
    )


def field_label(name: str) -> str:
    """Return what a page calls a field: its question, or its label."""
    if name in FACTS and name != "kind":
        return question(name).text
    return _LABELS.get(name) or label(name, "field").replace("_", " ")
