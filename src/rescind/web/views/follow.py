"""What follows the letter: steps, answers, and what the person did otherwise."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rescind.app.follow import cases, reports
from rescind.app.follow.facts_told import tell_facts
from rescind.core.errors import BadInput, Refused
from rescind.store import selectors
from rescind.web.case_facts import how_paid as how_paid_of
from rescind.web.case_facts import keep_beside
from rescind.web.page_errors import page_error


@require_POST
def recall(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Take back the order to send the letter."""
    cases.recall(str(case_id))
    return redirect("case", case_id=case_id)


@require_POST
def skip(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Do without a step."""
    reports.skip(str(case_id), request.POST.get("step", ""))
    return redirect("case", case_id=case_id)


@require_POST
def how_paid(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep how is paid: by what law a charge can be disputed turns on it."""
    _tell_payment(str(case_id), request.POST.get(PAYMENT, ""))
    return redirect("case", case_id=case_id)


PAYMENT = "payment_method"


def _tell_payment(case_id: str, how: str) -> None:
    if how:
        tell_facts(case_id, {PAYMENT: how[:40]})
        keep_beside(case_id, PAYMENT, how[:40])


@require_POST
def happened(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record what the person did otherwise, or saw."""
    name, form = str(case_id), request.POST
    note = form.get("note", "")
    match form.get("what"):
        case "charged":
            return _charged(request, name)
        case "paid":
            reports.paid(name, form.get("amount", ""))
        case "button":
            reports.used_button(name, on=form.get("on", ""), note=note)
        case "called":
            reports.called(
                name,
                on=form.get("on", ""),
                with_whom=form.get("with_whom", ""),
                said=form.get("said", ""),
                reference=form.get("reference", ""),
            )
        case "blocked":
            reports.blocked(name, until=form.get("until", ""), note=note)
        case "resumed":
            reports.resume(name, note)
        case "reopened":
            reports.reopen(name, note)
        case other:
            raise BadInput.unknown_value("what", str(other or ""), _KNOWN)
    return redirect("case", case_id=case_id)


_KNOWN = ("charged", "paid", "button", "called", "blocked", "resumed", "reopened")
"""What may be told to have happened."""


def _charged(request: HttpRequest, case_id: str) -> HttpResponse:
    """Record a charge; of what cannot be used its page asks again, with all of it."""
    form = request.POST
    told = {name: form.get(name, "") for name in ("on", "amount", "note")}
    is_owed = form.get("before_end") == "on"
    try:
        reports.charged(case_id, **told, before_end=is_owed)
    except Refused:
        raise
    except BadInput as error:
        case = selectors.read_case(case_id)
        page: dict[str, object] = {"case": case, "how_paid": how_paid_of(case), **told}
        page |= {"error": page_error(error), "is_owed": is_owed}
        page |= {PAYMENT: form.get(PAYMENT, "")}
        return render(request, "rescind/charged.html", page, status=422)
    # what was refused keeps nothing of what was told beside it
    _tell_payment(case_id, form.get(PAYMENT, ""))
    return redirect("case", case_id=case_id)
