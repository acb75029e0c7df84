"""What follows the letter: steps, answers, and what the person did otherwise."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from rescind.app.follow import cases, reports
from rescind.core.errors import BadInput


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
def happened(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record what the person did otherwise, or saw."""
    name, form = str(case_id), request.POST
    note = form.get("note", "")
    match form.get("what"):
        case "charged":
            reports.charged(
                name,
                on=form.get("on", ""),
                amount=form.get("amount", ""),
                note=note,
                before_end=form.get("before_end") == "on",
            )
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
            known = ["charged", "button", "called", "blocked", "resumed", "reopened"]
            raise BadInput.unknown_value("what", str(other or ""), known)
    return redirect("case", case_id=case_id)
