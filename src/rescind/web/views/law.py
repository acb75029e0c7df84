"""The law on file by place, and whom to complain to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters.data import countries
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.labels import say
from rescind.web import forms


def law(request: HttpRequest) -> HttpResponse:
    """Show the rights of a place, those not in force marked, and its bodies."""
    given = {"country": request.GET.get("country", "").strip()[:60]}
    context: dict[str, object] = {}
    error, status = None, 200
    if given["country"]:
        try:
            place = countries.place(given["country"])
            context = {"place": place, "law": check.law_of(place)}
        except BadInput as refused:
            error, status = (refused.field, say(refused.message)), 422
    context["field"] = forms.filled(forms.PLACE, given, error)
    return render(request, "rescind/law.html", context, status=status)
