"""The way to a verdict: who bills, what was bought, the facts, and what follows."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters.public.calendar import calendar_file
from rescind.adapters.public.error import error_json
from rescind.app.act.plan import Planned, RawWishes, plan
from rescind.app.know.check import find_service
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.verdict import Verdict
from rescind.labels import say
from rescind.web import forms

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
    if slug == OTHER and "merchant" not in given:
        fields = [forms.filled(field, given, None) for field in forms.MERCHANT]
        return render(request, "rescind/check_other.html", {"fields": fields})
    service = find_service(slug, given)
    if slug == OTHER:
        given["offer"] = OTHER
    context = {"service": service, "given": given}
    if given.get("channel") not in service.channels:
        return render(request, "rescind/check_channel.html", context)
    context["channel"] = service.channels[given["channel"]]
    if given.get("offer") not in service.offers:
        return render(request, "rescind/check_offer.html", context)
    offer = service.offers[given["offer"]]
    context["offer"] = offer
    if "facts" not in request.GET:
        context["fields"] = forms.fact_fields(service, offer, given)
        return render(request, "rescind/check_facts.html", context)
    try:
        planned = plan(given, _wishes(request.GET))
    except BadInput as error:
        fault = (error.field, say(error.message))
        context |= {
            "fields": forms.fact_fields(service, offer, given, fault),
            "error": error_json(error),
        }
        return render(request, "rescind/check_facts.html", context, status=422)
    return render(
        request, "rescind/verdict.html", context | _shown(planned, request.GET)
    )


def _shown(planned: Planned, query: Mapping[str, str]) -> dict[str, object]:
    verdict, facts = planned.checked.verdict, planned.checked.facts
    given = given_facts(query, planned.checked.service.slug)
    wishes = {name: query[name] for name in forms.WISH_NAMES if query.get(name)}
    main = dict.fromkeys(("cancel", *verdict.money_back, "refund", "withdrawal"))
    return {
        "given": given,
        "verdict": verdict,
        "zones": facts.zones,
        "plan": planned.plan,
        "main": [(name, verdict.topics[name]) for name in main],
        "rest": [(n, t) for n, t in verdict.topics.items() if n not in _MAIN],
        "renewal": verdict.topics["renewal"],
        "access": verdict.topics["access"],
        "questions": forms.asked_fields(verdict.asks, given),
        "more": forms.asked_fields(_asked_by_rights(verdict), given),
        "wishes": [forms.filled(field, wishes, None) for field in forms.WISHES],
        "query": urlencode(given),
        "calendar": urlencode(given | wishes),
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


OTHER = "other"
"""The service that no entry of the catalogue describes."""
_MAIN = frozenset({"cancel", "refund", "withdrawal", "renewal", "access"})
