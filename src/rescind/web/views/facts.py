"""The page of facts: everything that is asked about one contract, on one page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rescind.adapters import clock
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.written import standard_place
from rescind.app.act.plan import plan
from rescind.app.know import checks
from rescind.app.know.check import OTHER
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS, FactKind
from rescind.labels import day_in_words, say
from rescind.store.checks import OpenCheck, find
from rescind.web.fact_form import fact_page
from rescind.web.fact_typed import facts_typed, read_form
from rescind.web.page_errors import page_error


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Keep what a person wants to end by its name, and go on to its facts."""
    check = checks.begin(request.POST.get("name", ""))
    return redirect("facts", case_id=check.id)


def facts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for the facts; what is typed is kept whatever comes of it."""
    check = open_check(case_id)
    if request.method == "POST":
        check = _keep(request, check)
        return redirect("answer-page", case_id=check.id)
    error = None
    if "wrong" in request.GET:
        try:
            plan(standard(check))
        except BadInput as refused:
            error = refused
    service = checks.service_of(check)
    context = {
        "check": check,
        "service": service,
        "is_other": check.service == OTHER,
        "near": checks.near(check),
        "page": fact_page(service, check.typed, error),
        "error": page_error(error) if error else None,
    }
    status = 422 if error else 200
    return render(request, "rescind/facts.html", context, status=status)


@require_POST
def turn_to(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say that it is a service on file after all."""
    check = checks.turn_to(open_check(case_id), request.POST.get("service", ""))
    return redirect("facts", case_id=check.id)


@require_POST
def read_back(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what stands in the fields, and say how a day among them is read."""
    check = _keep(request, open_check(case_id))
    name = request.headers.get("HX-Trigger-Name", "").rpartition(".")[2]
    context = {"read": "", "wrong": ""}
    if _is_day(name) and check.typed.get(name):
        try:
            day = _day(check, name)
            context["read"] = day
        except BadInput as error:
            context["wrong"] = say(error.message)
    return render(request, "rescind/_read_back.html", context)


def _is_day(name: str) -> bool:
    return name in FACTS and FACTS[name].kind in (FactKind.DAY, FactKind.MOMENT)


def _day(check: OpenCheck, name: str) -> str:
    today = clock.now().date()
    country = standard_place(check.typed.get("country", ""))
    day = read_written_day(check.typed[name], name, today=today, country=country)
    return f"{day:%A} {day_in_words(day)}"


def _keep(request: HttpRequest, check: OpenCheck) -> OpenCheck:
    typed = read_form(request.POST, request.POST.getlist("happened"))
    return checks.keep_typed(check, typed)


def open_check(case_id: UUID) -> OpenCheck:
    """Return a check; raises BadInput where there is none."""
    check = find(str(case_id))
    if check is None:
        raise BadInput("case", "there is no such check any more")
    return check


def standard(check: OpenCheck) -> dict[str, str]:
    """Return the facts of a check in standard form; raises BadInput."""
    told = facts_typed(check.service, check.name, check.typed)
    return checks.standard_facts(told)
