"""What was typed into the page of facts: the facts that it tells, and what is kept."""

from collections.abc import Iterable, Mapping

from rescind.adapters.data.words import why_not
from rescind.adapters.input.months import months_among
from rescind.app.know import checks
from rescind.app.know.check import OTHER
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, FactKind
from rescind.core.model.catalogue import UNNAMED
from rescind.store.checks import OpenCheck

MAX_LENGTH = 200
DIVIDED = ("US", "CA", "AU", "IN")
"""Countries whose states have law of their own."""
EVENTS: Mapping[str, tuple[str, ...]] = {
    "trial": ("trial_ends_at",),
    "starts-later": ("starts_on",),
    "cancelled": ("cancelled_at",),
    "withdrawn": ("withdrawn_at",),
    "charged-after": ("cancelled_at", "paid_at", "further_charges"),
    "no-reminder": (),
    "price-raised": ("price_raised_at", "change_told_at"),
    "terms-changed": ("terms_changed_at", "change_told_at"),
    "fee": ("early_termination_fee",),
    "not-as-promised": (),
    "moved": ("moved_at",),
    "ill": ("ill_at",),
    "unemployed": ("unemployed_at",),
    "died": ("died_at",),
    "under-age": (),
    "certificate": ("certificate_earned_at",),
    "premium": (),
}
"""What may have happened since, and the facts that tell more of it."""
TICKED: Mapping[str, Mapping[str, str]] = {
    "trial": {"had_trial": "true"},
    "no-reminder": {"renewal_notice_given": "false"},
    "not-as-promised": {"service_not_as_promised": "true"},
    "under-age": {"minor": "true"},
    "certificate": {"certificate_earned": "true"},
    "premium": {"premium_content_used": "true"},
}
"""The facts that a tick tells by itself."""


TOLD, TOLD_AT = "withdrawal_informed", "withdrawal_informed_at"
LATER = "later"
"""The answer that one was told of the right to withdraw, only not at the order."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    event: facts[:2] if event == "charged-after" else facts[:1]
    for event, facts in EVENTS.items()
    if facts and event not in TICKED
}
"""The facts without which a tick says nothing."""


def ticked_events(typed_in: Mapping[str, str]) -> frozenset[str]:
    """Return what was ticked as having happened, by the names in ``EVENTS``."""
    return frozenset(typed_in.get("happened", "").split())


def read_form(form: Mapping[str, str], happened: Iterable[str]) -> dict[str, str]:
    """Return what stands in the fields of a page, by their names; empty ones left out.

    Only fields of ours are taken, each cut to ``MAX_LENGTH``.
    """
    names = {
        *FACTS,
        *(f"unsure_{name}" for name in FACTS),
        *(f"{name}_{part}" for name in FACTS for part in ("count", "unit", "currency")),
        *(f"part_{country}" for country in DIVIDED),
    } - {"service"}
    typed_in = {
        name: form[name].strip()[:MAX_LENGTH]
        for name in sorted(names)
        if form.get(name, "").strip() and not is_unasked(name, form)
    }
    for name in typed_in.keys() & FACTS.keys():
        # a day that was offered in place of one that the calendar does not have
        typed_in[name] = _instead(form, name) or typed_in[name]
    on_file = form.get("price_on_file", "").strip()[:MAX_LENGTH]
    if on_file and "price" not in typed_in:
        typed_in["price"] = on_file
    ticked = [event for event in EVENTS if event in set(happened)]
    told: set[str] = set()
    for event in ticked:
        for name in EVENTS[event]:
            text = _instead(form, f"{event}.{name}")
            text = text or form.get(f"{event}.{name}", "").strip()[:MAX_LENGTH]
            # of two fields for one fact the first is the one that is seen
            if text and name not in told:
                typed_in[name] = text
                told.add(name)
            if form.get(f"unsure_{event}.{name}"):
                typed_in[f"unsure_{name}"] = "on"
    return typed_in | ({"happened": " ".join(ticked)} if ticked else {})


def is_unasked(name: str, form: Mapping[str, str]) -> bool:
    """Return whether a day stands in a field that its question no longer shows."""
    return name == TOLD_AT and form.get(TOLD) == ""


def _instead(form: Mapping[str, str], field: str) -> str:
    return form.get(f"{field}_instead", "").strip()[:MAX_LENGTH]


def facts_typed(service: str, name: str, typed_in: Mapping[str, str]) -> dict[str, str]:
    """Return the facts that the fields tell, as a person writes them.

    Days, lengths in words and sums still have to be read
    (``adapters.input.written``).
    """
    ticked = ticked_events(typed_in)
    beneath = {fact for facts in EVENTS.values() for fact in facts} - {"paid_at"}
    told = {fact for event in ticked for fact in EVENTS[event]}
    facts: dict[str, str] = {"service": service}
    if service == OTHER:
        facts["merchant"] = name
    for fact in FACTS:
        text = _fact(fact, typed_in)
        # the company is called as the check is: its field only changes that
        if text and fact != "merchant" and fact not in beneath - told:
            facts[fact] = text
    for event in ticked:
        facts |= TICKED.get(event, {})
    if facts.get("channel") not in UNNAMED:
        facts.pop("billed_by", None)
    if facts.get(TOLD) == LATER:
        # the day says it; while nobody knows it, whether one was told is open
        del facts[TOLD]
    return facts


def standard(check: OpenCheck) -> dict[str, str]:
    """Return the facts of a check in standard form.

    Raises BadInput for what cannot be read, and for what a tick leaves out.
    """
    told = facts_typed(check.service, check.name, check.typed)
    facts = checks.standard_facts(told)
    is_charged = "charged-after" in ticked_events(check.typed)
    is_month = "cancelled_at" in months_among(facts)
    if is_charged and is_month and facts.get("paid_at", "") <= facts["cancelled_at"]:
        raise BadInput("cancelled_at", why_not("month_of_charge"))
    for fact in left_out(check.typed):
        if f"unsure_{fact}" not in check.typed:
            code = "tick_needs_day" if _is_day(fact) else "tick_needs_more"
            raise BadInput(fact, why_not(code))
    return facts


def left_out(typed_in: Mapping[str, str]) -> tuple[str, ...]:
    """Return the facts that are missing of what was ticked, or told, as happened."""
    ticked = ticked_events(typed_in)
    needed = (
        fact for event in EVENTS if event in ticked for fact in NEEDED.get(event, ())
    )
    is_late = typed_in.get(TOLD) == LATER
    facts = (*needed, *((TOLD_AT,) if is_late else ()))
    return tuple(dict.fromkeys(f for f in facts if not _fact(f, typed_in)))


def _is_day(fact: str) -> bool:
    return FACTS[fact].kind in (FactKind.DAY, FactKind.MOMENT)


def with_facts(typed_in: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, str]:
    """Return the fields with facts put in that were told elsewhere than on the page."""
    ticked = set(ticked_events(typed_in))
    for event, beneath in EVENTS.items():
        needed = NEEDED.get(event, beneath[:1])
        if needed and all(facts.get(name) for name in needed):
            ticked.add(event)
        ticked |= {e for e in (event,) if _tells(facts, TICKED.get(event, {}))}
    changed = dict(typed_in)
    for name, text in facts.items():
        changed.pop(f"unsure_{name}", None)
        changed[name] = text
        if name == "country":
            changed |= {"country": text[:2], f"part_{text[:2]}": text[2:] and text}
    changed["happened"] = " ".join(event for event in EVENTS if event in ticked)
    return {name: text for name, text in changed.items() if text}


def _tells(facts: Mapping[str, str], ticked: Mapping[str, str]) -> bool:
    return bool(ticked) and all(facts.get(n) == value for n, value in ticked.items())


def _fact(name: str, typed_in: Mapping[str, str]) -> str:
    text = typed_in.get(name, "")
    if f"unsure_{name}" in typed_in or not text:
        return ""
    if name == "country":
        return typed_in.get(f"part_{text}", "") or text
    if text == "count":
        return _length(name, typed_in)
    if FACTS[name].kind is FactKind.MONEY:
        currency = typed_in.get(f"{name}_currency", "")
        is_bare = not any(c.isalpha() or not c.isascii() for c in text)
        return f"{text} {currency}".strip() if is_bare else text
    return text


def _length(name: str, typed_in: Mapping[str, str]) -> str:
    """Return a length that was counted: with the unit typed beside it, else chosen."""
    count = typed_in.get(f"{name}_count", "")
    unit = typed_in.get(f"{name}_unit", "M")
    if not count or any(c.isalpha() for c in count):
        return count
    if count.isdecimal():
        return f"P{count}{unit}"
    return f"{count} {_UNIT_NAMES.get(unit, unit)}"


_UNIT_NAMES = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
"""The units to choose from, as a length is written in words."""
