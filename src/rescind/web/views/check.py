"""The way to a verdict: who bills, what was bought, the facts, and what follows."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters.facts import NAMES
from rescind.core.act.plan import plan
from rescind.core.errors import BadInput
from rescind.core.model.checked import Checked
from rescind.web import forms
from rescind.wiring import know

MAX_LENGTH = 200


def given_facts(query: Mapping[str, str], slug: str) -> dict[str, str]:
    """Return the facts a form carries, without the empty ones."""
    facts = {
        name: query[name].strip()[:MAX_LENGTH]
        for name in NAMES
        if query.get(name, "").strip()
    }
    return facts | {"service": slug}


def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, one page at a time, what is not known; then show what follows."""
    service = know.catalogue().service(slug)
    given = given_facts(request.GET, slug)
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
        checked = know.check(given)
    except BadInput as error:
        fault = (error.field, error.message)
        context |= {
            "fields": forms.fact_fields(service, offer, given, fault),
            "error": error,
        }
        return render(request, "rescind/check_facts.html", context, status=422)
    return render(request, "rescind/verdict.html", context | _shown(checked, given))


def _shown(checked: Checked, given: Mapping[str, str]) -> dict[str, object]:
    verdict = checked.verdict
    return {
        "verdict": verdict,
        "zones": checked.facts.zones,
        "plan": plan(verdict, checked.facts),
        "main": [(n, verdict.topics[n]) for n in ("cancel", "refund", "withdrawal")],
        "rest": [(n, t) for n, t in verdict.topics.items() if n not in _MAIN],
        "renewal": verdict.topics["renewal"],
        "access": verdict.topics["access"],
        "questions": forms.asked_fields(verdict.asks, given),
        "query": urlencode(given),
        "as_of": checked.facts.as_of,
    }


_MAIN = frozenset({"cancel", "refund", "withdrawal", "renewal", "access"})
