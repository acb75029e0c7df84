"""The workbench of a check or of a case: which letters lie on it, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rescind.adapters.settings.profile import begin_with
from rescind.app.act.plan import Planned, plan
from rescind.app.act.workbench import (
    BenchLetter,
    is_said_lost,
    kinds_of,
    lay_out,
    store_steps,
    writes_to_merchant,
)
from rescind.app.follow import acting
from rescind.app.follow.case_letters import follow_up
from rescind.app.follow.planned import letters_to_write
from rescind.app.follow.steps import facts_for, require_kind, unsent_kinds
from rescind.app.know.directories import address_of, origin
from rescind.core.errors import BadInput
from rescind.core.follow.letters import letters_of
from rescind.core.follow.letters_out import REPLY
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, EventKind
from rescind.core.model.event_details import SaidSentDetails
from rescind.core.model.letter import Recipient
from rescind.core.model.route import By
from rescind.labels import label
from rescind.settings import data_folder
from rescind.store import selectors
from rescind.store.checks import OpenCheck, find
from rescind.web import bench_form
from rescind.web.case_facts import check_of
from rescind.web.case_state import is_practice
from rescind.web.fact_typed import standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What lies on the workbench."""

    check: OpenCheck
    case: Case | None
    """``None`` before anything was sent; from then on the facts stand."""
    facts: Mapping[str, Mapping[str, Any]]
    """What each letter is written from, by its kind."""
    planned: Planned | None
    """``None`` where facts kept long ago can no longer be read."""
    sender: Mapping[str, str]
    letters: tuple[BenchLetter, ...]
    chosen: str = ""
    """The one letter that was asked for; else all that the plan calls for."""
    mailed_to: str = ""
    """Where the letter before went by e-mail: the next one goes there too."""

    @property
    def service_name(self) -> str:
        """Return who the contract is with."""
        return self.check.name if self.case is None else self.case.service_name

    @property
    def store(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return what is to be done in an account at a store, before the case began."""
        if self.planned is None or self.case is not None:
            return ()
        return store_steps(self.planned.decision)

    @property
    def typed(self) -> dict[str, dict[str, str]]:
        """Return what was typed that counts for each kind of letter."""
        kinds = [letter.kind for letter in self.letters]
        return _typed(self.check, kinds, self.mailed_to)

    @property
    def sent_by(self) -> str:
        """Return the way that the last letter went, as its person said; empty: none.

        What is said to have got lost goes no second time the same way by itself.
        """
        if any(is_said_lost(letter) for letter in self.letters):
            return ""
        said = self.case.last(SaidSentDetails) if self.case is not None else None
        way = said.way if said is not None else ""
        codes = (by.value for by in By if way in (by.value, label(by.value, "route")))
        return next(codes, "")

    def known(self, kind: str) -> Mapping[str, Any]:
        """Return what a case tells of a letter by itself, to stand in its fields."""
        if self.case is None:
            return {}
        to = {"to": self.mailed_to} if writes_to_merchant(kind) else {}
        return {**self.facts.get(kind, {}), **to}

    def order(self, kinds: Sequence[str]) -> acting.LettersToSend:
        """Return what is done with some of the letters."""
        return acting.LettersToSend(
            check=self.check.id,
            facts=self.facts[kinds[0]],
            sender=self.sender,
            typed=self.typed,
            kinds=kinds,
        )


def bench(check_id: str, chosen: str = "") -> Bench:
    """Return what lies on the workbench of a check, or of the case that came of it.

    ``chosen`` is the kind of letter that is wanted in a case. Raises BadInput where
    there is neither, or no such letter can be written now.
    """
    check, case = find(check_id), selectors.find_read_case(check_id)
    if case is not None:
        return _of_case(check or check_of(case), case, chosen)
    if check is None:
        raise BadInput("case", "there is no such check any more")
    facts = standard(check)
    planned = plan(facts)
    shared = check.letters.get(bench_form.ALL, {})
    kinds = kinds_of(planned.decision, shared.get("authority", ""))
    sender = begin_with(data_folder(), check.sender)
    sender["country"] = facts.get("country", "")
    return Bench(
        check=check,
        case=None,
        facts=dict.fromkeys(kinds, facts),
        planned=planned,
        sender=sender,
        letters=lay_out(kinds, facts, sender, _typed(check, kinds)),
    )


def is_to_be_read(case_id: str, chosen: str) -> bool:
    """Return whether an answer has first to be understood, or leaves nothing to say."""
    case = selectors.find_read_case(case_id) if chosen == REPLY else None
    return case is not None and case.newest(EventKind.ANSWERED) is not None


def _of_case(check: OpenCheck, case: Case, chosen: str) -> Bench:
    if chosen:
        require_kind(case, chosen)
    kinds = _kinds(case, chosen)
    start = follow_up(case)
    facts = {kind: facts_for(case, kind) for kind in kinds}
    sender = begin_with(data_folder(), {**start.sender, **check.sender})
    # who moved, or uses another's program, posts from where the contract is held
    sender["country"] = start.facts.get("country") or sender.get("country", "")
    mailed_to = _mailed_before(case)
    office = start.facts.get("merchant_address", "")
    if office and not check.letters.get(bench_form.ALL, {}).get("merchant_address"):
        shared = {**check.letters.get(bench_form.ALL, {}), "merchant_address": office}
        check = replace(check, letters={**check.letters, bench_form.ALL: shared})
    typed = _typed(check, kinds, mailed_to)
    return Bench(
        check=check,
        case=case,
        facts=facts,
        planned=_planned(start.facts),
        sender=sender,
        letters=tuple(
            letter
            for kind in kinds
            for letter in lay_out((kind,), facts[kind], sender, typed)
        ),
        chosen=chosen,
        mailed_to=mailed_to,
    )


def _mailed_before(case: Case) -> str:
    """Return the address that the last letter to the company named; empty for none."""
    written = [
        letter.number
        for letter in letters_of(case.events, case.kind)
        if writes_to_merchant(letter.kind)
    ]
    if not written:
        return ""
    return selectors.letter(case, written[-1]).recipient_email or ""


def _kinds(case: Case, chosen: str) -> tuple[str, ...]:
    """Return the letters that lie there; of a copy made to practise none does."""
    if is_practice(case) or EventKind.LETTER_WRITTEN not in possible(case.events):
        return ()
    if chosen:
        return (chosen,)
    return tuple(dict.fromkeys((*unsent_kinds(case), *letters_to_write(case))))


def _planned(facts: Mapping[str, str]) -> Planned | None:
    try:
        return plan(facts)
    except BadInput:
        return None


def _typed(
    check: OpenCheck, kinds: Sequence[str], mailed_to: str = ""
) -> dict[str, dict[str, str]]:
    typed = {kind: bench_form.of_kind(check.letters, kind) for kind in kinds}
    for kind in kinds if mailed_to else ():
        if writes_to_merchant(kind):
            typed[kind].setdefault("to", mailed_to)
    return typed


def office_hint(recipient: Recipient | None) -> str:
    """Return where to find a company's postal address, or the one that is on file.

    One of a directory is named with its origin; nothing takes it over.
    """
    if recipient is None or recipient.claim is None:
        found = None if recipient is None else address_of(recipient.name)
        if found is None:
            return label("office_hint", "bench")
        lines = ", ".join((found.record["name"], *found.record["address"]))
        return label("office_elsewhere", "bench").format(
            origin=origin(found), address=lines
        )
    return label("office_known", "bench").format(address=", ".join(recipient.lines))
