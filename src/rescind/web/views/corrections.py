"""What was kept, told or read wrong: set aside, put back, and read anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rescind.adapters.data.words import why_not
from rescind.app.follow import cases, received, setting_aside
from rescind.app.follow.answers import answers
from rescind.app.follow.ends import end_by_way
from rescind.app.follow.owed import shortfall
from rescind.app.follow.received import Named
from rescind.core.errors import BadInput
from rescind.core.follow.shortfall import ENDS, is_same_time
from rescind.core.follow.state import NO_ANSWER
from rescind.core.model.case import Case
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.message import Label
from rescind.labels import day_in_words, label
from rescind.store import selectors
from rescind.web.page_errors import page_error


@require_POST
def put_aside(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Set aside what was kept or told by mistake."""
    setting_aside.put_aside(str(case_id), _number(request))
    messages.success(request, label("set_aside", "corrected"))
    return redirect("case", case_id=case_id)


@require_POST
def put_back(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let what was set aside count again."""
    setting_aside.put_back(str(case_id), _number(request))
    messages.success(request, label("put_back", "corrected"))
    return redirect("case", case_id=case_id)


@require_POST
def reads_as(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:
    """Record what the person says that a message is: its day, and its sum.

    The sum is the fee that it asks, or what it says comes back.
    """
    told = request.POST.get("reads_as", "")
    if not told:
        return redirect("case", case_id=case_id)
    money, day = (request.POST.get(name, "").strip() for name in ("sum", "ends_on"))
    # a button says one thing of it, the form all that it is
    is_whole = "whole" in request.POST
    if told == ASKS_FEE:
        case = selectors.read_case(str(case_id))
        reads = _label_beside_fee(case, digest)
        named = Named(ends_on=day, fee=money, whole=is_whole)
        received.accept(case.id, digest, reads, named)
    else:
        named = Named(ends_on=day, refund=money, whole=is_whole)
        received.accept(str(case_id), digest, told, named)
    return redirect("case", case_id=case_id)


ASKS_FEE = "fee"
"""What the person says of an answer that wants money for the leaving."""


def _label_beside_fee(case: Case, digest: str) -> str:
    """Return what an answer is besides its fee: an end, else a demand for money.

    Money that was read as coming back was the fee itself, and what a person says takes
    the place of what the program read; what they said before stands.
    """
    for reply in answers(case):
        label, is_sure = reply.reading.label, not reply.reading.needs_person
        is_told = reply.is_read_by_person and label not in _NO_DEMAND
        is_beside = label in ENDS or is_told
        if reply.message == digest and is_sure and is_beside:
            return label.value
    return Label.INVOICE.value


_NO_DEMAND = NO_ANSWER | {Label.REFUND_GRANTED}
"""What an answer is not that wants money."""


def their_day(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for the end that the newest answer names, and set it beside the right one.

    A day that is no later than it should be is confirmed with it.
    """
    case = selectors.read_case(str(case_id))
    replies = answers(case)
    if not replies:
        return redirect("reply", case_id=case_id)
    ours = end_by_way(case)
    context: dict[str, object] = {
        "case": case,
        "words": replies[-1].reading.new_text,
        "asked_for": day_in_words(ours) if ours else "",
    }
    if request.method == "POST":
        typed = request.POST.get("ends_on", "").strip()
        try:
            if "none" in request.POST and ours is not None:
                none = EndOutcome.NO_DAY_NAMED
                cases.confirm(case.id, ends_on=ours.isoformat(), note="", outcome=none)
            else:
                _name_day(case, replies[-1].message, typed)
        except BadInput as error:
            context |= {"error": page_error(error), "ends_on": typed}
        else:
            return redirect("case", case_id=case_id)
    status = 422 if "error" in context else 200
    return render(request, "rescind/their_day.html", context, status=status)


def _name_day(case: Case, message: str, typed: str) -> None:
    if not typed:
        raise BadInput("ends_on", why_not("day_needed"))
    named = Named(ends_on=typed)
    received.accept(case.id, message, Label.CONFIRMED.value, named)
    answered = selectors.read_case(case.id)
    left = shortfall(answered, answers(answered))
    newest = answers(answered)[-1]
    is_later = left.end and not is_same_time(left.end, newest.reading)
    if not is_later and left.early is None:
        day = newest.ends_on
        cases.confirm(case.id, ends_on=day.isoformat() if day else "", note="")


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    if not text.isdecimal():
        raise BadInput.unknown_value("number", text[:20], ["2"])
    return int(text[:9])
