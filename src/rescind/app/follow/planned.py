"""The letters that a case's plan calls for, and that are still to be written."""

from rescind.app.act.plan import plan
from rescind.app.follow.charges_left import asks_what_is_back
from rescind.core.act.problems import ON_BEHALF
from rescind.core.errors import BadInput
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import Case


def letters_of_plan(case: Case) -> tuple[str, ...]:
    """Return the kinds that the plan named when the case was opened, in its order.

    Empty where facts kept long ago can no longer be read.
    """
    facts = {name: value for name, value in case.facts.items() if value is not None}
    try:
        actions = plan(facts).decision.actions
    except BadInput:
        return ()
    return tuple(dict.fromkeys(action.letter for action in actions if action.letter))


def letters_to_write(case: Case) -> tuple[str, ...]:
    """Return the kinds of letters of the plan that the case does not have yet.

    Once all the money is back, none that asks for it is left to write.
    """
    written = {letter.kind for letter in letters_of(case.events, case.kind)}
    if ON_BEHALF in written:
        # whoever writes for another has ended the contract by that letter
        written.add("cancel")
    left = (kind for kind in letters_of_plan(case) if kind not in written)
    return tuple(kind for kind in left if not asks_what_is_back(case, kind))
