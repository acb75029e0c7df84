"""Of letters that go out together: one address, their way, and by when they go."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rescind.app.act.workbench import BY, Sending, goes_to_bank, lacks_address
from rescind.app.follow.steps import steps
from rescind.app.follow.stopping import day_to_stop
from rescind.app.follow.their_address import address_given
from rescind.core.act.routes import is_late
from rescind.core.follow.letters_out import REPLY
from rescind.core.model.case import Case
from rescind.core.model.route import By, Route
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.web.answer_card import bank_by
from rescind.web.bench import Bench
from rescind.web.card_values import CardRow
from rescind.web.case_story import CaseDays
from rescind.web.dispute_days import day_for_bank, row_for_bank
from rescind.web.login_of_dead import name_of_way
from rescind.web.page_field import PageField


def share_address(typed: dict[str, dict[str, str]], kinds: Sequence[str]) -> None:
    """Let letters that go out together have the address typed for the first one."""
    to = typed.get(kinds[0], {}).get("to")
    if to is not None:
        for kind in kinds:
            typed.setdefault(kind, {})["to"] = to


def keep_way(
    typed: dict[str, dict[str, str]],
    kinds: Sequence[str],
    form: Mapping[str, str],
    number: int,
) -> None:
    """Keep the way that letters go, as the button says it, else as it was chosen."""
    pressed, _, named = form.get("act", "").partition(":")
    is_pressed = pressed in tuple(By) and bool(set(kinds) & set(named.split(",")))
    way = pressed if is_pressed else form.get(f"way-{number}", "")
    for kind in kinds:
        if way in tuple(By):
            typed.setdefault(kind, {})[BY] = way


def day_for(laid: Bench, kinds: Sequence[str]) -> CardRow | None:
    """Return by when the bank has to hear of letters; of a case as its own page says.

    What is only to stop coming payments has the day of the next one.
    """
    is_stop = set(kinds) == {_STOP}
    if laid.case is None:
        return bank_by(laid.planned) if laid.planned and not is_stop else None
    days = CaseDays(laid.case)
    if is_stop:
        return _stop_row(laid.case, days)
    last = day_for_bank(laid.case, steps(laid.case), days.today)
    return row_for_bank(last, days, what="") if last is not None else None


_STOP = "stop-payment"


def _stop_row(case: Case, days: CaseDays) -> CardRow | None:
    """Return by when the bank stops which payment, and which one may come before."""
    stop = day_to_stop(case, days.today)
    if stop is None:
        return None
    code = "stop_by" if stop.missed_on is None else "stop_by_after"
    told = {"day": days.day(stop.by), "debit": days.day(stop.debit_on)}
    if stop.missed_on is not None:
        told |= {"missed": days.day(stop.missed_on)}
    row = row_for_bank(stop.by, days, what="")
    return replace(row, value=say(Sentence.of("card_row", code, **told)))


def best_way(sending: Sending, *, behind_login: bool) -> By | None:
    """Return the surest way that lacks no address, those in time first.

    Where no address is known it is the post, if that is in time: the contract, or the
    site, has one. Pages behind the login of somebody who died are chosen by whoever has
    it.
    """
    ways = [w for w in sending.ways if w.by is not By.BUTTON or not behind_login]
    prompt = [way.by for way in ways if not is_late(way)]
    known = [way.by for way in ways if not lacks_address(sending, way.by)]
    soonest = [by for by in known if by in prompt]
    posted = [by for by in prompt if by is By.POST]
    return next(iter((*soonest, *known, *posted, *prompt)), None)


def way_in_words(way: Route, who: str, *, is_bank: bool, behind_login: bool) -> str:
    """Return what a way is called, and that by post it may be too late."""
    if is_bank:
        return label("bank", "way")
    name = name_of_way(way.by, who, behind_login=behind_login)
    return say(Sentence.of("several", "late_way", way=name)) if is_late(way) else name


def email_field(laid: Bench, sending: Sending) -> PageField:
    """Return the field for the address to which letters are mailed.

    The one that they gave in their answer stands beside it, to be chosen.
    """
    first = sending.letters[0]
    known = first.written.letter.recipient.email if first.written else None
    field = PageField(
        name=f"{first.kind}.to",
        label=label("to", "letter_field"),
        hint="" if known else label("email_hint", "bench"),
        value=known or "",
    )
    given = address_given(laid.case) if laid.case and first.kind == REPLY else None
    if given is None or goes_to_bank(sending):
        return field
    theirs = label("email_given", "bench").format(address=given)
    choices = ((given, theirs), ("", label("email_below", "bench")))
    return replace(field, choices=choices)


def with_given(form: Mapping[str, str]) -> dict[str, str]:
    """Return a form in which an address that was chosen stands as if it were typed."""
    chosen = {
        name.removesuffix(_INSTEAD): value
        for name, value in form.items()
        if name.endswith(f".to{_INSTEAD}") and value.strip()
    }
    return {**dict(form.items()), **chosen}


_INSTEAD = "_instead"
