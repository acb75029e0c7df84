"""Addresses of earlier releases: each leads to where its page is now."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET


@require_GET
def to_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the box of the start page, with all that the address tells."""
    told = request.GET.copy()
    told["service"] = slug
    return redirect(f"{reverse('begin')}?{told.urlencode()}", permanent=True)


@require_GET
def to_home(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Lead to the start page."""
    return redirect("home", permanent=True)


@require_GET
def to_help(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Lead to the page of help."""
    return redirect("help", permanent=True)


@require_GET
def to_service(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Lead to the page of a service on file."""
    return redirect("service", slug=slug, permanent=True)


@require_GET
def to_letters(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Lead to the letters of a case."""
    return redirect("letters", case_id=case_id, permanent=True)
