"""The one question on an answer's card: the fact that its title turns on."""

from rescind.app.act.plan import Planned
from rescind.core.act.action import Action
from rescind.core.act.decision import dated, is_of_one_offer
from rescind.core.model.verdict import Answer


def decides(planned: Planned) -> str:
    """Return the fact that the title turns on, if it turns on one."""
    return "billed_by" if planned.checked.is_decider_unnamed else _turns_on(planned)


def _turns_on(planned: Planned) -> str:
    code = planned.decision.headline.code
    if code == "who_bills":
        asks = planned.decision.asks
        return (
            "channel" if planned.checked.facts.channel is None else next(iter(asks), "")
        )
    # the decision has left such a day out; the plan still counts with it
    if is_of_one_offer(dated(planned.plan.actions).by, planned.checked):
        return "offer"
    cancel = planned.checked.verdict.topics["cancel"]
    if code.startswith("cancel") and not cancel.ends_on:
        # without it no end can be named
        asked = next((f for f in ("offer", "term") if f in cancel.asks), None)
        if asked is not None:
            return asked
    sooner = cancel.sooner
    if code in ("claim", "claim_paypal"):
        # by when the bank has to hear of it turns on how it was paid
        dispute = dispute_of(planned)
        return next(iter(dispute.asks if dispute else ()), "")
    if code == "cancel_if" and sooner is not None:
        return sooner.conditions[0][0]
    return _decides_on_money(planned)


def _decides_on_money(planned: Planned) -> str:
    """Return the fact that decides whether money comes back at all.

    Of what comes first the headline says so; what comes later has a sum of its own.
    """
    lead, code = planned.decision.actions[0], planned.decision.headline.code
    if lead.asks and code.endswith("_depends"):
        return lead.asks[0]
    doubtful = (
        action
        for action in planned.decision.actions
        if action.answer is Answer.DEPENDS and action.amount and action.asks
    )
    asks = next((action.asks for action in doubtful), ())
    return next((fact for fact in asks if fact in planned.decision.asks), "")


def dispute_of(planned: Planned) -> Action | None:
    """Return the dispute of a charge, if the answer has one."""
    actions = planned.decision.actions
    return next((action for action in actions if action.do == "dispute"), None)
