"""The answer: one card that says what to do, by when, for how much."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters.public.calendar import calendar_file
from rescind.adapters.settings.profile import begin_with
from rescind.app.act.plan import plan
from rescind.app.follow import told_before
from rescind.app.know import checks
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.settings import data_folder
from rescind.store.checks import OpenCheck, has_case
from rescind.web.answer_card import card
from rescind.web.fact_form import field_of
from rescind.web.fact_typed import (
    MAX_LENGTH,
    TOLD_AT,
    is_unasked,
    left_out,
    standard,
    with_facts,
)
from rescind.web.views.facts import open_check


@require_GET
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what to do; facts that cannot be used lead back to their fields."""
    check = open_check(case_id)
    try:
        planned = plan(standard(check))
    except BadInput:
        address = reverse("facts", args=[case_id])
        return redirect(f"{address}?wrong=1")
    shown = card(planned)
    service = checks.service_of(check)
    asked = _asked(check, shown.ask)
    context = {
        "check": check,
        "card": shown,
        "ask": field_of(asked, service, check.typed) if asked else None,
        "has_days": any(a.by or a.on for a in planned.plan.actions),
        "unknown": [field_of(f, service, check.typed) for f in shown.unknown],
    }
    return render(request, "rescind/answer.html", context)


def _asked(check: OpenCheck, decides: str) -> str:
    """Return the fact to ask for on the card; empty: none, or nobody is sure of it."""
    is_unsure = f"unsure_{decides}" in check.typed
    return next(iter(left_out(check.typed)), "" if is_unsure else decides)


@require_GET
def days(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the days of the answer as a calendar file."""
    planned = plan(standard(open_check(case_id)))
    content = calendar_file(planned.plan, planned.checked)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plan.ics"'
    return response


@require_POST
def go_on(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Begin a case with what was done before."""
    check = open_check(case_id)
    if not has_case(check.id):
        sender = begin_with(data_folder(), check.sender)
        told_before.open_case(standard(check), sender, case_id=check.id)
    return redirect("case", case_id=case_id)


def _is_unsure(name: str, check: OpenCheck, form: Mapping[str, str]) -> bool:
    """Return whether a person says that they are not sure: by a tick, or a choice.

    Of several facts on one form a choice that stands so by itself says nothing.
    """
    if form.get(name, "").strip():
        return False
    if form.get(f"unsure_{name}"):
        return True
    is_alone = sum(fact in form for fact in FACTS) == 1
    field = field_of(name, checks.service_of(check), check.typed)
    return is_alone and field.kind in ("radios", "select")


@require_POST
def tell(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the facts that the answer asked for."""
    check = open_check(case_id)
    told = {
        name: request.POST[name].strip()[:MAX_LENGTH]
        for name in FACTS
        if name in request.POST
    }
    if is_unasked(TOLD_AT, request.POST):
        told[TOLD_AT] = ""
    country = check.typed.get("country", "")
    part = request.POST.get(f"part_{country}", "")
    if part:
        told["country"] = part[:MAX_LENGTH]
    typed = with_facts(check.typed, told)
    # who is not sure is not asked the same again
    unsure = {f"unsure_{n}": "on" for n in told if _is_unsure(n, check, request.POST)}
    checks.keep_typed(check, typed | unsure)
    return redirect("answer-page", case_id=case_id)
