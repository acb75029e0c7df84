"""The page of facts: everything that is asked about one contract, on one page."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.month_alone import is_month_alone
from rescind.adapters.input.months import ask_for_the_day, month_read
from rescind.adapters.input.values import read_money
from rescind.adapters.input.written import BOUGHT, FEE, standard_place
from rescind.adapters.settings.profile import PROFILE
from rescind.app.act.plan import plan
from rescind.app.follow.facts_told import tell_facts
from rescind.app.know import checks
from rescind.app.know.check import OTHER, catalogue
from rescind.app.know.directories import origin
from rescind.core.errors import BadInput, Refused
from rescind.core.facts import FACTS, FactKind
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence
from rescind.labels import day_in_words, label, month_in_words, say
from rescind.settings import data_folder
from rescind.store import selectors
from rescind.store.checks import OpenCheck, find
from rescind.web.before_letters import seller_note
from rescind.web.case_facts import check_to_tell
from rescind.web.fact_form import FactPage, fact_page
from rescind.web.fact_typed import (
    MAX_LENGTH,
    facts_typed,
    read_form,
    standard,
    with_facts,
)
from rescind.web.page_errors import message_on_page, page_error
from rescind.web.views.home import home


def begin(request: HttpRequest) -> HttpResponse:
    """Keep what a person wants to end by its name, and go on to its facts.

    An address can bring the name and facts along; nothing is kept before the person
    goes on, and with facts it goes to the answer at once.
    """
    form = request.POST if request.method == "POST" else request.GET
    told = {
        name: form[name].strip()[:MAX_LENGTH]
        for name in FACTS
        if form.get(name, "").strip() and name not in _NAMED
    }
    if request.method != "POST":
        return home(request, name=_name_in(form), told=told)
    name = form.get("name", "")
    try:
        check = checks.begin(name)
    except BadInput as error:
        return home(request, name=name[:MAX_LENGTH], told=told, error=error)
    if not told:
        return redirect("facts", case_id=check.id)
    checks.keep_typed(check, with_facts(check.typed, told))
    return redirect("answer-page", case_id=check.id)


_NAMED = frozenset({"service", "merchant"})
"""Facts that are the name itself."""


def _name_in(form: Mapping[str, str]) -> str:
    """Return what is to be ended, as an address names it."""
    slug = form.get("service", "").strip()[:MAX_LENGTH]
    if not slug or slug == OTHER:
        return form.get("merchant", "").strip()[:MAX_LENGTH]
    return next((s.name for s in catalogue().search("") if s.slug == slug), slug)


def facts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for the facts; what is typed is kept whatever comes of it.

    Of a case the answer is worked out anew with them, and what happened stays.
    """
    case = selectors.find_read_case(str(case_id))
    check = check_to_tell(case) if case else open_check(case_id)
    if request.method == "POST":
        check = _keep(request, check)
        if case is not None:
            return _tell(request, check)
        check = checks.name_company(check, check.typed.get("merchant", ""))
        _keep_country(check)
        return redirect("answer-page", case_id=check.id)
    error = None
    if "wrong" in request.GET:
        try:
            plan({**standard(check), **_as_of(case)})
        except BadInput as refused:
            error = refused
    if "name" in request.GET and error is None:
        error = BadInput("merchant", label("see_name", "which_company"))
    if "who" in request.GET and error is None:
        error = BadInput("billed_by", label("see_biller", "which_company"))
    service = checks.service_of(check)
    is_new = not check.typed.keys() - _BY_NAME
    known = _known() if is_new else {}
    page = fact_page(
        service,
        {**known, **check.typed},
        error,
        asks_company=checks.asks_company(check),
        called=check.name if check.service == OTHER and case is None else "",
    )
    context = {
        "check": check,
        "case": case,
        "service": service,
        "is_other": check.service == OTHER,
        "near": checks.near(check),
        "seller": seller_note(check.typed),
        "elsewhere": [
            {"record": each.record, "origin": origin(each)}
            for each in checks.elsewhere(check)
        ],
        "asks_company": checks.asks_company(check),
        "page": _told_before(page) if known else page,
        "error": page_error(error) if error else None,
    }
    status = 422 if error else 200
    return render(request, "rescind/facts.html", context, status=status)


def _tell(request: HttpRequest, check: OpenCheck) -> HttpResponse:
    """Put what is typed into the case; what cannot be used leads back to its field."""
    try:
        tell_facts(check.id, standard(check), is_all=True)
    except Refused:
        raise
    except BadInput:
        address = reverse("facts", args=[check.id])
        return redirect(f"{address}?wrong=1")
    messages.success(request, label("facts_told", "corrected"))
    return redirect("case", case_id=check.id)


def _as_of(case: Case | None) -> dict[str, str]:
    """Return the day of which a case's answer is: that on which it was opened."""
    as_of = case.facts.get("as_of") if case else None
    return {"as_of": str(as_of)} if as_of else {}


def _told_before(page: FactPage) -> FactPage:
    """Return the page with what stands there from another contract named as such."""
    hint = label("told_before", "fact_hint_beside")
    fields = (
        replace(field, hint=hint) if field.name == "country" else field
        for field in page.fields
    )
    return replace(page, fields=tuple(fields))


_BY_NAME = frozenset(
    {"kind", "channel", "billed_by", "price", "paid_at", checks.FROM_LINE}
)
"""What the name alone tells, or its line: nothing else was told yet."""


def _known() -> dict[str, str]:
    """Return what holds for every contract: where the person lives."""
    profile = PROFILE.read(data_folder()) or {}
    country = profile.get("country", "")
    return with_facts({}, {"country": country}) if country else {}


def _keep_country(check: OpenCheck) -> None:
    """Keep where the person lives, the first time that it is told."""
    country = check.typed.get("country", "")
    if country and not (PROFILE.read(data_folder()) or {}).get("country"):
        place = check.typed.get(f"part_{country}") or country
        PROFILE.change(data_folder(), {"country": place})


@require_POST
def turn_to(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Say that it is a service on file after all, or what the company is called."""
    check, called = open_check(case_id), request.POST.get("called", "")
    if called:
        check = checks.call_it(check, called)
    else:
        check = checks.turn_to(check, request.POST.get("service", ""))
    return redirect("facts", case_id=check.id)


@require_POST
def read_back(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what stands in the fields, and say how a day or a fee is read."""
    check = _keep(request, open_check(case_id))
    name = request.headers.get("HX-Trigger-Name", "").rpartition(".")[2]
    context = {"read": "", "wrong": ""}
    reads = _day if _is_day(name) else _fee if name == FEE else None
    if reads is not None and check.typed.get(name):
        try:
            context["read"] = reads(check, name)
        except BadInput as error:
            context["wrong"] = message_on_page(error)
    return render(request, "rescind/_read_back.html", context)


def _is_day(name: str) -> bool:
    return name in FACTS and FACTS[name].kind in (FactKind.DAY, FactKind.MOMENT)


def _day(check: OpenCheck, name: str) -> str:
    facts = facts_typed(check.service, check.name, check.typed)
    country, today = standard_place(facts.get("country", "")), checks.today_at(facts)
    if name == BOUGHT:
        ask_for_the_day(check.typed[name], name)
    day = read_written_day(check.typed[name], name, today=today, country=country)
    if is_month_alone(check.typed[name], name, today=today):
        counts = day_in_words(month_read(name, day, today))
        read = Sentence.of("read_back", "month", month=month_in_words(day), day=counts)
        return say(read)
    return f"{day:%A} {day_in_words(day)}"


def _fee(check: OpenCheck, name: str) -> str:
    """Return the sum that a fee comes to, which may be told as a share."""
    typed = facts_typed(check.service, check.name, check.typed)
    fee = read_money(checks.standard_facts(typed)[name], name)
    return money_on_page(fee) if fee is not None else ""


def _keep(request: HttpRequest, check: OpenCheck) -> OpenCheck:
    typed = read_form(request.POST, request.POST.getlist("happened"))
    return checks.keep_typed(check, typed)


def open_check(case_id: UUID) -> OpenCheck:
    """Return a check; raises BadInput where there is none."""
    check = find(str(case_id))
    if check is None:
        raise BadInput("case", "there is no such check any more")
    return check
