"""Which running case a line of the spending page belongs to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from rescind.adapters.public.spending import PaidByHandJson, PaidJson
from rescind.app.know.check import OTHER
from rescind.store.listing import RunningCase

Paid: TypeAlias = PaidJson | PaidByHandJson


def cases_of(paid: Iterable[Paid], cases: Sequence[RunningCase]) -> Mapping[str, str]:
    """Return the case of each line that has one, by the line's id.

    They are one where the case was begun from the line, whatever the company is called
    since; else by the service on file, else by the name. Where more lines of a company
    run than cases, nobody can tell which line is meant: none of them has a case.
    """
    every = list(paid)
    own = {case.finding: case.id for case in reversed(cases) if case.finding}
    begun = {e["id"]: own[e["id"]] for e in every if e["id"] in own}
    cases = [case for case in cases if case.id not in begun.values()]
    rest = (each for each in every if each["id"] not in begun)
    found = [(each["id"], _cases(each, cases)) for each in rest]
    lines = Counter(ids for _, ids in found)
    told = {line: ids[0] for line, ids in found if ids and lines[ids] <= len(ids)}
    return {**told, **begun}


def _cases(each: Paid, cases: Sequence[RunningCase]) -> tuple[str, ...]:
    service, name = each.get("service"), each["merchant"].casefold()
    on_file = tuple(
        case.id for case in cases if case.service != OTHER and case.service == service
    )
    return on_file or tuple(
        case.id for case in cases if case.service_name.casefold() == name
    )
