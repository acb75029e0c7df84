"""The public Python API: four functions; docs/python.md shows each.

It is a door like the others: what the core refuses by code is said in words here.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from rescind.adapters.data.words import ENGLISH
from rescind.app.act.letters import Wanted, printed, write
from rescind.app.act.plan import Planned, RawWishes
from rescind.app.act.plan import plan as make_plan
from rescind.app.know.check import check as judge
from rescind.core.errors import BadInput
from rescind.core.model.checked import Checked
from rescind.core.model.letter import PrintedLetter
from rescind.extras import import_part

if TYPE_CHECKING:  # an extra brings what its module imports
    from rescind.core.model.recurring_charge import RecurringCharge

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


def _in_words(
    function: Callable[_Parameters, _Result],
) -> Callable[_Parameters, _Result]:
    """Return the function, with what it refuses said in words."""

    @wraps(function)
    def speaking(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        try:
            return function(*args, **kwargs)
        except BadInput as error:
            message = ENGLISH.say(error.message)
            raise BadInput(error.field, message, error.suggestions) from error

    return speaking


@_in_words
def check(facts: Mapping[str, Any]) -> Checked:
    """Return the verdict on a purchase, with the facts and the service it rests on.

    ``facts`` are named and written as in docs/reference.md; absent or ``None`` is not
    known. Raises BadInput for facts that cannot be used or contradict each other.
    """
    return judge(facts)


@_in_words
def plan(facts: Mapping[str, Any], wishes: RawWishes | None = None) -> Planned:
    """Return the best course for a purchase, and what every other one costs.

    Raises BadInput as ``check`` does, and for wishes that cannot be granted.
    """
    return make_plan(facts, wishes)


@_in_words
def letter(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    kind: str = "cancel",
    language: str | None = None,
) -> PrintedLetter:
    """Return a letter as it would be sent: its text, its PDF, and what it lacks.

    ``language`` is the recipient's where it is left out. Raises BadInput as ``check``
    does, and for a sender, kind or language that cannot be used.
    """
    return printed(write(facts, sender, Wanted(kind=kind, language=language)))


@_in_words
def find(files: Sequence[str | PathLike[str]]) -> "list[RecurringCharge]":
    """Return what is paid for again and again by the statements in some files.

    Raises BadInput naming the file, and the line where there is one, for what cannot
    be read whole, and the extra that is needed where it is not installed.
    """
    finding = import_part("rescind.app.find.finding")
    charges: list[RecurringCharge] = finding.find(
        finding.read_statements([fspath(file) for file in files])
    )
    return charges
