"""What an answer tells beside its actions: why, what to mind, what comes later."""

from collections.abc import Iterator

from rescind.adapters.data.cldr import money_on_page
from rescind.app.act.plan import Planned
from rescind.app.know.check import law
from rescind.core.act.action import BARE, Action, last_day
from rescind.core.act.decision import is_at_most
from rescind.core.act.events import disputed, rights_to_dispute
from rescind.core.know.minimum_term import running_term
from rescind.core.model.checked import Checked
from rescind.core.model.law import RenewalEffect, WithdrawalLaw
from rescind.core.model.sentence import Sentence, Wording
from rescind.core.model.verdict import UNUSED_ASKED, Answer
from rescind.core.periods import shortest

NO_SOURCE = "silent"
"""Of a merchant that is not on file this is so of everything, and helps nobody."""
OWES = frozenset({"law_exit_owes", "law_exit_free"})
"""Reasons that name what leaving may cost, and until when; told with the warnings."""
CHANGES_WHAT_TO_DO = frozenset(
    {
        *("safe_moment_passed", "certificate_ends_refund", "no_law_on_file"),
        *("no_law_on_file_nor_body", "event_without_law", "biller_unknown"),
        "told_by_month",
    }
)
"""Warnings that are told with the answer; the others only to whoever asks for all."""


def reasons(planned: Planned) -> tuple[Sentence, ...]:
    """Return why: of each action, and of the day the contract ends, the first first."""
    whys = [action.why for action in planned.decision.actions if action.to is not None]
    cancel = planned.checked.verdict.topics["cancel"].because
    told = [why for why in whys if why is not None]
    if law_of_kind(planned) is not None:
        # that the days of such a law are over is told too: people know of it
        withdrawal = planned.checked.verdict.topics["withdrawal"].because
        told += [reason.says for reason in withdrawal if reason.code in OF_PERIOD]
    # where a fee is asked for, it is the question
    told += [reason.says for reason in cancel if reason.code in OF_FEE]
    told += [reason.says for reason in cancel if reason.claims]
    told = _one_of_a_kind_first(tuple(dict.fromkeys(told)))
    ends_on = planned.decision.ends_on
    told = _named_once(told)
    telling = [
        why
        for why in told
        if why.code not in {*BARE, *OWES, NO_SOURCE}
        and dict(why.values).get("day") in (None, ends_on)
    ]
    # the day in it is that to which it is paid
    telling += [reason.says for reason in cancel if reason.code == UNUSED_ASKED]
    bare = [why for why in told if why.code != NO_SOURCE]
    return tuple(dict.fromkeys(telling or bare))


def _one_of_a_kind_first(told: tuple[Sentence, ...]) -> list[Sentence]:
    """Return reasons; of laws that want charges to stop easily only one comes first."""
    again = [says for says in told if says.code == "law_stops_charges"][1:]
    return [says for says in told if says not in again] + again


def _named_once(told: list[Sentence]) -> list[Sentence]:
    """Return reasons without those that only name a right another tells more of."""
    rights = {dict(says.values).get("right") for says in told if says.code != "tell"}
    return [
        says
        for says in told
        if says.code != "tell" or dict(says.values).get("right") not in rights
    ]


def said_back(action: Action, checked: Checked) -> tuple[Wording, Wording]:
    """Return the money that an action brings, and why it may be less than that."""
    amount, owed = action.amount, checked.verdict.topics["withdrawal"].owed
    if amount is None or owed is None or not is_at_most(action, checked):
        return money_on_page(amount) if amount else "", ""
    most = Sentence.of("headline_part", "amount_at_most", amount=amount)
    return most, Sentence.of("card_row", "may_be_kept", owed=owed)


OF_PERIOD = frozenset({"law_open", "law_over", "law_over_at_latest"})
"""Reasons of a withdrawal that only say until when its period runs, or ran."""


def fee_asked(planned: Planned) -> Sentence | None:
    """Return what a company asks for leaving early, and what the law leaves of it."""
    fee = planned.checked.facts.early_termination_fee
    cancel = planned.checked.verdict.topics["cancel"]
    if fee is None:
        return None
    term = running_term(planned.checked.facts)
    if term.lapsed and term.open_ended:
        # no term binds any more, so nothing is left early
        return Sentence.of("card_fee", "term_over", fee=fee)
    cap = cancel.fee_at_most
    if cap is not None and cap.currency == fee.currency:
        code = "capped" if cap.amount < fee.amount else "within"
        return Sentence.of("card_fee", code, fee=fee, cap=cap)
    is_limited = any(reason.code == "law_fee_rule" for reason in cancel.because)
    return Sentence.of("card_fee", "limited" if is_limited else "open", fee=fee)


OF_FEE = frozenset({"law_fee_cap", "law_fee_rule"})
"""Reasons that say what the law leaves of a fee."""


def law_of_kind(planned: Planned) -> WithdrawalLaw | None:
    """Return the law on withdrawal that is about this kind of contract alone."""
    facts = planned.checked.facts
    own = law().withdrawal_for(facts, facts.kind or planned.checked.service.kind)
    return own if own is not None and own.kinds else None


def cautions(planned: Planned) -> Iterator[Wording]:
    """Yield what leaving may cost, and the warnings that change what to do."""
    verdict = planned.checked.verdict
    yield from filter(None, [cover_ends(planned)])
    for reason in verdict.topics["cancel"].because:
        if reason.code in OWES:
            yield reason.says
    for warning in verdict.warnings:
        if warning.code in CHANGES_WHAT_TO_DO:
            yield warning.says


def cover_ends(planned: Planned) -> Sentence | None:
    """Return what heirs are to mind of an insurance: what it covers is still there."""
    checked = planned.checked
    kind = checked.facts.kind or checked.service.kind
    if checked.facts.died_at is None or kind != "insurance":
        return None
    return Sentence.of("card_row", "cover_ends")


def later_disputes(planned: Planned) -> Iterator[Sentence]:
    """Yield the rights to dispute a charge that last longer than the first one."""
    facts = planned.checked.facts
    for right in rights_to_dispute(planned.checked)[1:]:
        by = disputed(right, facts).by
        assert by is not None  # noqa: S101 - a right to dispute has its day
        values = {"right": right.right.name, "says": right.right.says}
        day = last_day(by, facts.zones)
        yield Sentence.of("plan_reason", "dispute_too", day=day, **values)


def of_the_telling(planned: Planned) -> tuple[Sentence, ...]:
    """Return that a right is over only for whoever was told of it at the order."""
    withdrawal = planned.checked.verdict.topics["withdrawal"].because
    return tuple(r.says for r in withdrawal if r.code == "law_told_at_order")


def after_first_term(planned: Planned) -> Sentence | None:
    """Return what is easier later: by law, or by the contract, no term is renewed."""
    facts, ends_on = planned.checked.facts, planned.decision.ends_on
    term = running_term(facts)
    if planned.decision.any_day or ends_on is None or term.ends is None or term.lapsed:
        return None
    lengths = [
        right.right.renewal.notice
        for right in planned.checked.verdict.rights
        if right.answer is Answer.YES
        and right.right.renewal is not None
        and right.right.renewal.effect is RenewalEffect.OPEN_ENDED
    ]
    by_contract = [facts.notice] if facts.renews_open else []
    shortest_one = shortest([each for each in (*lengths, *by_contract) if each])
    if shortest_one is None:
        return None
    return Sentence.of("reason", "after_first_term", length=shortest_one)
