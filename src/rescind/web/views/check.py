"""The way to a verdict: who bills, what was bought, the facts, and what follows."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters import clock
from rescind.adapters.input.written import in_standard_form, is_written
from rescind.adapters.public.calendar import calendar_file
from rescind.app.act.plan import Planned, RawWishes, plan
from rescind.app.know.check import OTHER, find_service
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.verdict import Verdict
from rescind.labels import say
from rescind.web import forms
from rescind.web.page_errors import page_error

MAX_LENGTH = 200


def given_facts(query: Mapping[str, str], slug: str) -> dict[str, str]:
    """Return the facts a form carries, without the empty ones."""
    facts = {
        name: query[name].strip()[:MAX_LENGTH]
        for name in FACTS
        if query.get(name, "").strip()
    }
    return facts | {"service": slug}


def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, one page at a time, what is not known; then show what follows."""
    given = given_facts(request.GET, slug)
    if slug == OTHER and not {"merchant", "kind"} <= given.keys():
        fields = [forms.filled(field, given, None) for field in forms.MERCHANT]
        return render(request, "rescind/check_other.html", {"fields": fields})
    standard, error = _in_standard_form(given)
    service = find_service(slug, standard)
    if slug == OTHER:
        given["offer"] = standard["offer"] = OTHER
    context = {"service": service, "given": given}
    if given.get("channel") not in service.channels:
        return render(request, "rescind/check_channel.html", context)
    context["channel"] = service.channels[given["channel"]]
    if given.get("offer") not in service.offers:
        return render(request, "rescind/check_offer.html", context)
    offer = service.offers[given["offer"]]
    context["offer"] = offer
    if "facts" not in request.GET:
        context |= _asking(forms.fact_fields(service, offer, given), given)
        return render(request, "rescind/check_facts.html", context)
    try:
        if error is not None:
            raise error
        planned = plan(standard, _wishes(request.GET))
    except BadInput as refused:
        fault = (refused.field, say(refused.message))
        fields = forms.fact_fields(service, offer, given, fault)
        context |= {**_asking(fields, given), "error": page_error(refused)}
        return render(request, "rescind/check_facts.html", context, status=422)
    return render(
        request,
        "rescind/verdict.html",
        context | _shown(planned, standard, request.GET),
    )


def _in_standard_form(
    given: Mapping[str, str],
) -> tuple[dict[str, str], BadInput | None]:
    """Return what was typed as facts are written, and what of it cannot be read.

    With such an error only what needs no reading is returned.
    """
    try:
        return in_standard_form(given, today=clock.now().date()), None
    except BadInput as error:
        plain = {name: text for name, text in given.items() if not is_written(name)}
        return plain, error


def _asking(
    fields: Sequence[forms.Field], given: Mapping[str, str]
) -> dict[str, object]:
    """Return the fields of a page, and what else is known and has to be carried on."""
    asked = {field.name for field in fields} | {"service"}
    carried = {name: value for name, value in given.items() if name not in asked}
    return {"fields": fields, "carried": carried}


def _shown(
    planned: Planned, given: Mapping[str, str], query: Mapping[str, str]
) -> dict[str, object]:
    verdict, facts = planned.checked.verdict, planned.checked.facts
    wishes = {name: query[name] for name in forms.WISH_NAMES if query.get(name)}
    located = {**given, "country": facts.country or ""}
    asked = {*verdict.asks, "service"}
    main = dict.fromkeys(("cancel", *verdict.money_back, "refund", "withdrawal"))
    return {
        "given": given,
        "verdict": verdict,
        "zones": facts.zones,
        "plan": planned.plan,
        "decision": planned.decision,
        "first_letter": next(
            (a.letter for a in planned.decision.actions if a.letter), None
        ),
        "main": [(name, verdict.topics[name]) for name in main],
        "rest": [(n, t) for n, t in verdict.topics.items() if n not in _MAIN],
        "renewal": verdict.topics["renewal"],
        "access": verdict.topics["access"],
        "questions": forms.asked_fields(verdict.asks, located),
        "more": forms.asked_fields(_asked_by_rights(verdict), located),
        "wishes": [forms.filled(field, wishes, None) for field in forms.WISHES],
        "carried": {n: v for n, v in given.items() if n not in asked},
        "query": urlencode(given),
        "calendar": urlencode({**given, **wishes}),
        "as_of": facts.as_of,
    }


def _asked_by_rights(verdict: Verdict) -> tuple[str, ...]:
    """Return what only rights turn on, each fact once."""
    asks = (fact for entitled in verdict.rights for fact in entitled.asks)
    return tuple(dict.fromkeys(fact for fact in asks if fact not in verdict.asks))


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the plan as a calendar file."""
    planned = plan(given_facts(request.GET, slug), _wishes(request.GET))
    content = calendar_file(planned.plan, planned.checked)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-plan.ics"'
    return response


def _wishes(query: Mapping[str, str]) -> RawWishes:
    return RawWishes(
        keep_access_until=query.get("keep_access_until", "")[:MAX_LENGTH] or None,
        want_certificate=query.get("want_certificate") == "true",
        money_back_first=query.get("money_back_first") == "true",
    )


_MAIN = frozenset({"cancel", "refund", "withdrawal", "renewal", "access"})
