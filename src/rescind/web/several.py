"""Several contracts at once: what is the same for all of them, and what is each one's.

Fields of one contract have its check's id before their names (``<id>.price``); the
others are common. Nothing here is kept but in the checks themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rescind.adapters import clock
from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.words import why_not
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.written import standard_place
from rescind.adapters.settings.profile import PROFILE, begin_with, keep_own
from rescind.app.act.plan import plan
from rescind.app.know import checks
from rescind.app.know.check import OTHER
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.letter import Authority
from rescind.labels import label
from rescind.settings import data_folder
from rescind.store.checks import OpenCheck, change, find, has_case
from rescind.web.bench_form import ALL, read_form
from rescind.web.fact_form import fact_page, field_of
from rescind.web.fact_typed import (
    DIVIDED,
    MAX_LENGTH,
    standard,
    ticked_events,
    with_facts,
)
from rescind.web.fact_typed import read_form as read_facts
from rescind.web.page_errors import message_on_page
from rescind.web.page_field import PageField

MOST = 30
"""Contracts that go together at most: a page of them can still be read."""
DIED = "died"
MINE = "mine"
THEIRS = "theirs"
"""Somebody's who lives, for whom one may act."""
_SENDER = ("name", "email", "address", "card_last4")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFields:
    """One of the contracts on the page of facts."""

    id: str
    name: str
    says: str
    """What it costs, where that is known."""
    fields: tuple[PageField, ...]
    error: str = ""
    is_open: bool = False
    """Its fields are to be looked at: one is wrong, or a line alone tells its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What is asked once for all of them."""

    country: PageField
    whose: str
    """``mine``, ``died`` for those of somebody who died, else ``theirs``."""
    holder: str
    authority: str
    """In what capacity one acts for somebody who lives."""
    died_at: str
    sender: tuple[PageField, ...]
    error: str = ""
    """What is wrong about the day of death."""


def begin_each(
    told: Iterable[Mapping[str, str]], *, has_died: bool = False
) -> tuple[str, ...]:
    """Keep a check of each contract, by its ``name`` and facts; return their ids.

    Of somebody who died the country is theirs, which nobody knows from who writes.
    Raises BadInput for none, and for more than a page can show.
    """
    contracts = [facts for facts in told if facts.get("name", "").strip()]
    if not contracts or len(contracts) > MOST:
        code = "too_many_at_once" if contracts else "none_ticked"
        raise BadInput("service", why_not(code))
    profile = {} if has_died else PROFILE.read(data_folder()) or {}
    country = profile.get("country", "")
    ids = []
    for facts in contracts:
        apart = {"name", checks.FINDING}
        known = {n: text for n, text in facts.items() if text and n not in apart}
        check = checks.begin(facts["name"])
        checks.keep_origin(check, facts)
        told_so = {"country": country, **known} if country else known
        checks.keep_typed(check, with_facts(check.typed, told_so))
        ids.append(check.id)
    return tuple(ids)


def checks_of(ids: Iterable[str]) -> tuple[OpenCheck, ...]:
    """Return the checks of some ids; raises BadInput where none of them is left."""
    every = [find(each) for each in dict.fromkeys(list(ids)[:MOST])]
    left = tuple(check for check in every if check is not None)
    if not left:
        raise BadInput("case", "there is no such check any more")
    return left


def unsent(every: Iterable[OpenCheck]) -> tuple[OpenCheck, ...]:
    """Return the checks about which nothing was done yet: their facts can change."""
    return tuple(check for check in every if not has_case(check.id))


def common(every: tuple[OpenCheck, ...], *, wants_death: bool) -> Common:
    """Return the fields that are asked once, filled with what is known."""
    first = every[0]
    typed = first.typed
    page = fact_page(checks.service_of(first), typed)
    country = next(field for field in page.fields if field.name == "country")
    holder = next((h for c in every if (h := _shared(c, "holder"))), "")
    authority = next((a for c in every if (a := _shared(c, "authority"))), "")
    has_died = wants_death or any(DIED in ticked_events(c.typed) for c in every)
    if has_died:
        asked, hint = label("country", "several"), label("country_hint", "several")
        country = replace(country, label=asked, hint=hint)
    whose = THEIRS if authority in _LIVING else MINE
    sender = begin_with(data_folder(), first.sender)
    return Common(
        country=country,
        whose=DIED if has_died else whose,
        holder=holder,
        authority=authority,
        died_at=typed.get("died_at", ""),
        sender=tuple(
            PageField(
                name=f"sender.{name}",
                label=_sender_label(name),
                kind="lines" if name == "address" else "text",
                value=sender.get(name, ""),
            )
            for name in _SENDER
        ),
    )


def _sender_label(name: str) -> str:
    # whoever died had the account: its e-mail is not that of the heirs
    return label("email", "several") if name == "email" else label(name, "sender_field")


_LIVING = (Authority.ATTORNEY, Authority.CARER, Authority.GUARDIAN)
"""In what capacity somebody acts for another who lives."""


def capacities() -> tuple[tuple[str, str], ...]:
    """Return in what capacity somebody may act for another who lives, with its name."""
    return tuple((each.value, label(each.value, "authority")) for each in _LIVING)


def _shared(check: OpenCheck, name: str) -> str:
    return check.letters.get(ALL, {}).get(name, "")


def contract(check: OpenCheck, *, is_tried: bool) -> ContractFields:
    """Return a contract with its own fields; ``is_tried`` says what is wrong there."""
    error = _error(check) if is_tried else None
    own = fact_page(checks.service_of(check), check.typed, error, called=_called(check))
    fields = [field for field in (*own.fields, *own.more) if field.name != "country"]
    if error is not None and error.field not in {f.name for f in fields} | _COMMON:
        fields.append(
            replace(
                field_of(error.field, checks.service_of(check), check.typed),
                error=message_on_page(error),
            )
        )
    return ContractFields(
        id=check.id,
        name=check.name,
        says=costs(check),
        fields=tuple(_of(check, field) for field in fields),
        error=message_on_page(error) if error else "",
        is_open=error is not None or checks.is_name_open(check),
    )


def _of(check: OpenCheck, field: PageField) -> PageField:
    """Return a field of one contract among all, with what stands beneath it."""
    parts = tuple(_of(check, part) for part in field.parts)
    return replace(field, name=f"{check.id}.{field.name}", parts=parts)


def _called(check: OpenCheck) -> str:
    """Return the name of a company that is not on file: it is to be corrected."""
    return check.name if check.service == OTHER else ""


_COMMON = frozenset({"country", "died_at"})


def costs(check: OpenCheck) -> str:
    """Return what a contract costs as pages write it; else as it was typed."""
    text = check.typed.get("price", "")
    try:
        price = read_written_money(text, "price", country=None) if text else None
    except BadInput:
        return text
    return money_on_page(price) if price else ""


def _error(check: OpenCheck) -> BadInput | None:
    try:
        planned = plan(standard(check))
    except BadInput as error:
        return error
    if planned.checked.is_decider_unnamed:
        return BadInput("billed_by", label("see_biller", "which_company"))
    return None


def first_wrong(every: Iterable[OpenCheck]) -> BadInput | None:
    """Return what is wrong about the facts of the first of them that has an error."""
    return next((error for check in every if (error := _error(check))), None)


def own_form(form: Mapping[str, str], check_id: str) -> dict[str, str]:
    """Return the fields of one contract among all, by their own names."""
    own: dict[str, str] = {}
    for name, text in form.items():
        for start, before in ((f"{check_id}.", ""), (f"unsure_{check_id}.", "unsure_")):
            if name.startswith(start):
                own[before + name.removeprefix(start)] = text
    return own


def keep_facts(check: OpenCheck, form: Mapping[str, str]) -> OpenCheck:
    """Keep what stands in the fields of the page about one contract, and in common."""
    own = own_form(form, check.id)
    page = fact_page(checks.service_of(check), {}, called=_called(check))
    shown = {field.name for field in page.fields}
    replaced = {
        *(f"unsure_{name}" for name in shown),
        *(f"{name}_{part}" for name in shown for part in ("count", "unit", "currency")),
        *(f"part_{country}" for country in DIVIDED),
        *shown,
        *({"billed_by"} if "channel" in own else ()),
        *({checks.FROM_LINE} if "merchant" in own else ()),
        "died_at",
    }
    others = {n: text for n, text in check.typed.items() if n not in replaced}
    typed = _without_death({**others, **read_facts(own, ())})
    kept = checks.keep_typed(check, with_facts(typed, _common_facts(form)))
    kept = checks.name_company(kept, own.get("merchant", ""))
    return keep_sender(kept, form)


def _without_death(typed: Mapping[str, str]) -> dict[str, str]:
    events = [each for each in typed.get("happened", "").split() if each != DIED]
    return {**typed, "happened": " ".join(events)}


def _common_facts(form: Mapping[str, str]) -> dict[str, str]:
    country = standard_place(form.get("country", "").strip()[:MAX_LENGTH])
    facts = {"country": form.get(f"part_{country}", "").strip() or country or ""}
    if form.get("whose") == DIED:
        facts["died_at"] = form.get("died_at", "").strip()[:MAX_LENGTH]
    return {name: text for name, text in facts.items() if text}


def keep_sender(check: OpenCheck, form: Mapping[str, str]) -> OpenCheck:
    """Keep who writes, and for whom, and what was typed about the letters of one."""
    sender, for_all = read_form(form)
    own_sender, letters = read_form(own_form(form, check.id))
    told = {**check.sender, **sender, **own_sender}
    keep_own(data_folder(), told, is_own=form.get("whose") == MINE)
    shared = {**for_all.get(ALL, {}), **letters.pop(ALL, {})}
    whose = form.get("whose")
    if whose == MINE:
        shared["holder"] = ""
    if whose in (MINE, DIED):
        # of heirs the day of death tells it
        shared["authority"] = ""
    kept = {**check.letters, ALL: {**check.letters.get(ALL, {}), **shared}}
    for kind, typed in letters.items():
        kept[kind] = {**kept.get(kind, {}), **typed}
    return change(check.id, now=clock.now(), sender=told, letters=kept)


def keep_asked(check: OpenCheck, form: Mapping[str, str]) -> OpenCheck:
    """Keep the facts that the page of letters asked for of one contract."""
    own = own_form(form, check.id)
    told = {n: own[n].strip()[:MAX_LENGTH] for n in FACTS if own.get(n, "").strip()}
    if not told or has_case(check.id):
        return check
    return checks.keep_typed(check, with_facts(check.typed, told))
