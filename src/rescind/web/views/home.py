"""The start page, the catalogue's pages, and the page about this program."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rescind import __version__
from rescind.adapters import clock
from rescind.adapters.public import service_summary
from rescind.app.follow import cases, queries
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.settings import data_folder
from rescind.store import checks, listing
from rescind.web.case_lines import case_lines

MOST_TYPED = 200
MOST_READ = 50
"""Cases that the start page looks at, the newest first."""
MOST_SHOWN = 5
"""Cases on the start page; the others stand on a page of their own."""


def home(request: HttpRequest) -> HttpResponse:
    """Ask what is to be ended, and show the cases that are open."""
    context = {
        "services": check.catalogue().search(""),
        "checks": checks.waiting()[:MOST_SHOWN],
        "cases": case_lines(
            queries.list_cases(listing.listed_cases(clock.now(), slice(MOST_READ)))
        ),
        "most": MOST_SHOWN,
    }
    return render(request, "rescind/home.html", context)


def services(request: HttpRequest) -> HttpResponse:
    """List the services that match; a part of the page for HTMX."""
    words = " ".join(request.GET.get("q", "").split())[:MOST_TYPED]
    matching = check.catalogue().search(words)
    try:
        facts = check.named({"service": words})
    except BadInput as error:
        near = [slug for slug in error.suggestions if slug != check.OTHER]
        matching = matching or tuple(map(check.catalogue().service, near))
        facts = {}
    partial = bool(getattr(request, "htmx", False))
    if facts.get("merchant") and not matching and not partial:
        query = urlencode({"merchant": words})
        return redirect(f"{reverse('check', args=[check.OTHER])}?{query}")
    context = {"services": matching, "words": words}
    page = "rescind/_services.html" if partial else "rescind/services.html"
    return render(request, page, context)


def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a service at a glance: each purchase, its exits, and the record behind."""
    record = check.catalogue().service(slug)
    context = {
        "service": record,
        "rows": service_summary.at_a_glance(record),
        "versions": service_summary.versions(record),
    }
    return render(request, "rescind/service.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """Say where everything is kept, and what this program is not."""
    context = {
        "folder": data_folder(),
        "mailbox": cases.smtp_account(),
        "version": __version__,
    }
    return render(request, "rescind/about.html", context)
