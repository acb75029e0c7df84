"""Pages for what went wrong before a view was reached."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput
from rescind.web.page_errors import page_error


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say that there is no such page."""
    error = BadInput("page", why_not("no_page"))
    context = {"error": page_error(error), "is_missing": True}
    return render(request, "rescind/error.html", context, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say that the form came from somewhere else, or from too old a page."""
    error = BadInput("form", why_not("old_page"))
    return render(
        request, "rescind/error.html", {"error": page_error(error)}, status=403
    )
