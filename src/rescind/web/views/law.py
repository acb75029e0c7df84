"""The law on file by place, and whom to complain to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters.data import countries
from rescind.adapters.data.questions import question
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.labels import say
from rescind.web.page_field import PageField


def law(request: HttpRequest) -> HttpResponse:
    """Show the rights of a place, those not in force marked, and its bodies."""
    given = {"country": request.GET.get("country", "").strip()[:60]}
    context: dict[str, object] = {}
    error, status = "", 200
    if given["country"]:
        try:
            place = countries.place(given["country"])
            context = {"place": place, "law": check.law_of(place)}
        except BadInput as refused:
            error, status = say(refused.message), 422
    asked = question("country")
    # typed, since parts of a country have law of their own: US-CA, CA-QC
    context["field"] = PageField(
        name="country",
        label=asked.text,
        hint=f"{asked.written}.",
        value=given["country"],
        error=error,
    )
    return render(request, "rescind/law.html", context, status=status)
