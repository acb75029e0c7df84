"""What was wrong with the input, as a page says it: labels, and no codes."""

import re
from dataclasses import dataclass

from rescind.adapters.data.questions import question
from rescind.adapters.data.words import ENGLISH
from rescind.core.errors import BadInput, Refused
from rescind.core.facts import FACTS
from rescind.core.model.sentence import Sentence, Wording
from rescind.labels import days_in_words, label, say, typed

_COMMANDS = ("rescind ", "--", "pip ", "RESCIND_")
"""How a suggestion begins that only the command line can follow: no page gives it."""
_INSTEAD = {
    "--before-end": "tick_before_end",
    "rescind notices set": "name_an_address",
    "rescind mailbox": "set_up_a_mailbox",
    "rescind worker status": "look_at_the_worker",
    "rescind find": "give_it_in_parts",
    # the page of the case is where this is said
    "rescind case show": None,
}
"""What a page says in place of what begins so; ``None`` where it says nothing."""


_TABLES = ("field", "sender_field", "letter_field")
"""Where a field that is no fact has its name, the first that has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageError:
    """Which field cannot be used, why, and what would help."""

    field: str
    """As the page calls it."""
    message: str
    suggestions: tuple[str, ...]

    @property
    def heading(self) -> str:
        """Return the field as it stands before what is wrong with it.

        >>> PageError(field="The letter", message="it is gone", suggestions=()).heading
        'The letter:'
        """
        return self.field if self.field.endswith("?") else f"{self.field}:"


def page_error(error: BadInput) -> PageError:
    """Return what was wrong, as a page says it."""
    if error.field == "case" and not isinstance(error, Refused):
        # ids of other cases help nobody who reads a page
        said = label("no_case", "on_page")
        return PageError(field=field_label("case"), message=said, suggestions=())
    words = []
    for each in error.suggestions:
        codes = [code for start, code in _INSTEAD.items() if each.startswith(start)]
        if codes:
            words += [label(code, "on_page") for code in codes if code]
        elif not each.startswith(_COMMANDS):
            words.append(typed(each, is_page=True))
    return PageError(
        field=field_label(error.field),
        message=message_on_page(error),
        suggestions=tuple(dict.fromkeys(words)),
    )


def message_on_page(error: BadInput) -> str:
    """Return why a field cannot be used, without the names that code gives to facts."""
    message = error.message
    is_choice = isinstance(message, Sentence) and message.code == "unknown_value"
    if is_choice and error.field not in FACTS:
        # nobody typed it: what stands there is a name that only code gives
        return label("none_of_these", "on_page")
    said = _OF_FACT.sub("", say(_on_page(message)))
    return days_in_words(said)


_OF_FACT = re.compile(rf" \((?:{'|'.join(FACTS)})\)")
"""The name of a fact, as the command line adds it to what it says."""


def _on_page(message: Wording) -> Wording:
    """Return what a page says where the command line's own words name a command."""
    if isinstance(message, Sentence):
        own = _OWN_WORDS.get(message.table, "bad_page")
        if message.code in ENGLISH.table(own):
            return Sentence(table=own, code=message.code, values=message.values)
    return message


_OWN_WORDS = {"contradiction": "contradiction_page"}
"""The table of a page's own words, where it is not that of what else is wrong."""


def field_label(name: str) -> str:
    """Return what a page calls a field: its question, or its label."""
    if name in FACTS and name != "kind":
        return question(name).text
    tables = (table for table in _TABLES if name in ENGLISH.table(table))
    return label(name, next(tables, "field")).replace("_", " ")
