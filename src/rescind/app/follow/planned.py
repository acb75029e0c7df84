"""The letters that a case's plan calls for, and that are still to be written."""

from rescind.app.act.plan import plan
from rescind.core.errors import BadInput
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import Case


def letters_to_write(case: Case) -> tuple[str, ...]:
    """Return the kinds that the plan named when the case was opened, in its order.

    Without those that the case has. Empty where facts kept long ago can no longer be
    read.
    """
    facts = {name: value for name, value in case.facts.items() if value is not None}
    try:
        actions = plan(facts).decision.actions
    except BadInput:
        return ()
    written = {letter.kind for letter in letters_of(case.events, case.kind)}
    wanted = dict.fromkeys(action.letter for action in actions if action.letter)
    return tuple(kind for kind in wanted if kind not in written)
