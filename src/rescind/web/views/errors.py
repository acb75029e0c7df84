"""Pages for what went wrong before a view was reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters.public.error import error_json
from rescind.core.errors import BadInput


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say that there is no such page."""
    error = BadInput("page", "there is no page at this address", ["the start page"])
    return render(
        request, "rescind/error.html", {"error": error_json(error)}, status=404
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say that the form came from somewhere else, or from too old a page."""
    error = BadInput("form", "came from another site or an old page: open it again")
    return render(
        request, "rescind/error.html", {"error": error_json(error)}, status=403
    )
