"""A case without a letter: its steps in an account, and the proof that they worked."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.input import attachments
from rescind.adapters.settings.profile import begin_with
from rescind.app.follow import at_store, cases, received, reports
from rescind.app.follow.at_store import StepsToDo
from rescind.app.follow.days import day_told
from rescind.app.follow.reading import read_raw
from rescind.app.follow.store_money import ask_again, steps_left
from rescind.app.follow.wrong_charges import known_after_end
from rescind.core.errors import BadInput
from rescind.core.follow.due_day import DueKind
from rescind.core.follow.shortfall import is_same_moment
from rescind.core.model.case import Case
from rescind.labels import day_in_words, label
from rescind.settings import data_folder
from rescind.store import selectors
from rescind.store.checks import OpenCheck, change, find, has_case
from rescind.store.services import KnownCase
from rescind.web.answer_card import card
from rescind.web.card_values import CardRow
from rescind.web.case_facts import how_paid
from rescind.web.case_story import CaseDays
from rescind.web.company_too import seller_to_tell
from rescind.web.fact_typed import standard
from rescind.web.last_day_row import last_day_row
from rescind.web.page_errors import page_error
from rescind.web.pressed import pressed
from rescind.web.store_steps import TICKS, page_steps
from rescind.web.views.facts import open_check

_WORDS = "text/"
_BY_LETTER = DueKind.TELL_COMPANY
"""A day that is met by a letter, and by no step in the account."""


def steps(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the steps in an account; keep the ticks, or record that all is done."""
    name, case = str(case_id), selectors.find_read_case(str(case_id))
    check = find(name) if case else open_check(case_id)
    to_do = _to_do(case, check)
    if to_do is None:
        return redirect("letters", case_id=case_id)
    again = ask_again(case) if case is not None else None
    to_do = steps_left(case, to_do) if case is not None else to_do
    wrong: BadInput | None = None
    if request.method == "POST":
        done = [a.do for a in to_do.actions if a.do in request.POST.getlist("done")]
        check = _keep(check, done) if check else None
        if pressed(request) == "done":
            # of one step alone the button says that it is done
            if done or len(to_do.actions) == 1:
                return _done(name, check, done)
            wrong = BadInput("steps", why_not("tick_steps"))
    shown, seller = card(to_do.planned), seller_to_tell(to_do, case)
    ticked = check.letters.get(TICKS, {}) if check else {}
    context = {
        "case_id": name,
        "is_case": case is not None,
        "card": shown,
        "by": _by(case, shown.rows),
        "where": to_do.where,
        "steps": list(page_steps(ticked, to_do, *_written_from(case, check), again)),
        "seller": seller,
        "last": len(to_do.actions) + 1 + bool(seller),
        "count": label(str(len(to_do.actions) + 1 + bool(seller)), "count"),
        "error": page_error(wrong) if wrong else None,
    }
    status = 422 if wrong else 200
    return render(request, "rescind/steps.html", context, status=status)


def _by(case: Case | None, rows: Sequence[CardRow]) -> CardRow | None:
    """Return the last day of what is left; while none is done, of all."""
    if case is None or not at_store.done_there(case):
        return next((row for row in rows if row.left), None)
    return next(last_day_row(case, (), CaseDays(case), but=_BY_LETTER), None)


def _written_from(
    case: Case | None, check: OpenCheck | None
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Return the facts and the sender that a statement is written from."""
    folder = data_folder()
    if case is not None:
        told = {name: fact for name, fact in case.facts.items() if fact is not None}
        sender = {name: str(text) for name, text in case.sender.items() if text}
        return told, begin_with(folder, sender)
    sender = begin_with(folder, check.sender if check else {})
    return (standard(check) if check else {}), sender


def _to_do(case: Case | None, check: OpenCheck | None) -> StepsToDo | None:
    """Return the steps: a case has those of its facts. ``None`` where it has none."""
    if case is not None:
        facts = {name: fact for name, fact in case.facts.items() if fact is not None}
        return None if case.has_letter else at_store.called_for(facts)
    return at_store.called_for(standard(check)) if check else None


def _keep(check: OpenCheck, done: list[str]) -> OpenCheck:
    letters = {**check.letters, TICKS: dict.fromkeys(done, "yes")}
    return change(check.id, now=clock.now(), letters=letters)


def _done(name: str, check: OpenCheck | None, done: list[str]) -> HttpResponse:
    """Record what was ticked as done; of one step alone, that it is."""
    if check is not None and not has_case(name):
        sender = begin_with(data_folder(), check.sender)
        try:
            at_store.open_case(standard(check), sender, case_id=check.id)
        except KnownCase:
            # pressed twice at once: the first one records it
            return redirect("case", case_id=name)
    reports.used_button(name, done=done)
    return redirect("case", case_id=name)


def confirmation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what shows that it ended, and the day that it names."""
    case = selectors.read_case(str(case_id))
    wrong: Mapping[str, object] = {}
    if request.method == "POST":
        try:
            _keep_proof(request, case)
        except BadInput as error:
            wrong = {"error": page_error(error), "typed": request.POST}
        else:
            return redirect("case", case_id=case_id)
    context = {"case": case, "store": at_store.store_of(case), **wrong}
    status = 422 if wrong else 200
    return render(request, "rescind/confirmation.html", context, status=status)


def _keep_proof(request: HttpRequest, case: Case) -> None:
    upload, words = request.FILES.get("file"), request.POST.get("words", "").strip()
    ends_on = request.POST.get("ends_on", "").strip()
    if upload is None and not words:
        raise BadInput("upload", why_not("choose_file"))
    # a day that cannot be read is said before anything is kept
    day = day_told(ends_on, "ends_on") if ends_on else ""
    content = words.encode()
    if upload is not None:
        content = upload.read(attachments.MAX_BYTES + 1)
    is_words = attachments.media_type(content).startswith(_WORDS)
    if is_words and day and request.POST.get("asked") != ends_on:
        _require_one_day(content, date.fromisoformat(day))
    if is_words:
        received.take_in(case.id, content)
        note = label("their_words", "case_note")
    else:
        note = label("picture", "case_note")
        name = upload.name if upload is not None else None
        cases.keep_file(case.id, content, name=name or "file", note=note)
    if day:
        cases.confirm(case.id, ends_on=day, note=note, is_taken=False)


def _require_one_day(content: bytes, typed: date) -> None:
    """Raise BadInput where a day was typed, and their own words name another."""
    reading = read_raw(content, ours="")
    named = reading.effective_on or ""
    if not named[:1].isdigit() or is_same_moment(reading, typed):
        return
    theirs = date.fromisoformat(named)
    if theirs != typed:
        days = {"typed": day_in_words(typed), "theirs": day_in_words(theirs)}
        raise BadInput("ends_on", why_not("other_day", **days))


def charged(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a charge that came all the same; a statement may have told of it."""
    told = {name: request.GET.get(name, "")[:40] for name in ("on", "amount")}
    case = selectors.read_case(str(case_id))
    known = known_after_end(case)
    if known is not None and not told["on"]:
        money = str(known.sum) if known.sum is not None else ""
        told = {"on": day_in_words(known.on), "amount": money}
    page = {"case": case, "how_paid": how_paid(case), **told}
    return render(request, "rescind/charged.html", page)
