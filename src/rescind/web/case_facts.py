"""The facts of a case on the page of facts: as they were typed, or as they are kept."""

from rescind.adapters import clock
from rescind.app.follow.case_letters import follow_up
from rescind.app.know import checks
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.case import Case
from rescind.store.checks import OpenCheck, adopt, change, find
from rescind.web.fact_form import field_of
from rescind.web.fact_typed import with_facts
from rescind.web.page_field import PageField

_OF_THE_CASE = frozenset({"service", "merchant", "as_of"})
"""What no field of the page changes in a case."""


_PAYPAL = "paypal"
"""Who charges and how it is paid at once."""


def check_of(case: Case) -> OpenCheck:
    """Return the check of a case that did not begin with one."""
    return OpenCheck(
        id=case.id,
        service=case.service,
        name=case.service_name,
        changed_at=case.opened_at,
        typed={},
        letters={},
        sender={},
    )


def check_to_tell(case: Case) -> OpenCheck:
    """Return the check whose fields stand on the page: of old ones, what is kept."""
    check = find(case.id)
    if check is not None and check.typed:
        return check
    adopt(check or check_of(case), now=clock.now())
    told = {
        name: text
        for name, text in follow_up(case).facts.items()
        if name in FACTS and name not in _OF_THE_CASE
    }
    return change(case.id, now=clock.now(), typed=with_facts({}, told))


def keep_beside(case_id: str, fact: str, text: str) -> None:
    """Let a fact that was told on the page of a case stand on that of its facts too."""
    check = find(case_id)
    if check is not None and check.typed:
        change(case_id, now=clock.now(), typed=with_facts(check.typed, {fact: text}))


def how_paid(case: Case) -> PageField | None:
    """Return the field for how is paid; ``None`` where the case knows it."""
    if case.facts.get("payment_method") or case.facts.get("channel") == _PAYPAL:
        return None
    try:
        return field_of("payment_method", checks.service_of(check_of(case)), {})
    except BadInput:
        # a service that the catalogue does not have any more
        return None
