"""The start page, the page of a service on file, and the page of help."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rescind import __version__
from rescind.adapters import clock
from rescind.adapters.data.audit import grade
from rescind.adapters.public import service_summary
from rescind.app.follow import cases, queries
from rescind.app.know import check
from rescind.app.know.prices import every_price
from rescind.core.errors import BadInput
from rescind.settings import data_folder
from rescind.store import checks, listing
from rescind.web.case_lines import case_lines
from rescind.web.page_errors import page_error

MOST_READ = 50
"""Cases that the start page looks at, the newest first."""
MOST_SHOWN = 5
"""Cases on the start page; the others stand on a page of their own."""


def home(
    request: HttpRequest,
    name: str = "",
    told: Mapping[str, str] = MappingProxyType({}),
    error: BadInput | None = None,
) -> HttpResponse:
    """Ask what is to be ended, and show the cases that are open.

    ``name`` and ``told`` are what an address tells already of what is to be ended, and
    ``error`` says why a name cannot be used.
    """
    begun = checks.waiting()
    rows = listing.listed_cases(clock.now(), slice(MOST_READ))
    context = {
        "name": name,
        "told": told,
        "services": check.catalogue().search(""),
        "checks": begun[:MOST_SHOWN],
        "more_checks": len(begun) > MOST_SHOWN,
        "cases": case_lines(
            rows,
            queries.due_days_of(rows),
        ),
        "most": MOST_SHOWN,
        "error": page_error(error) if error else None,
    }
    status = 422 if error else 200
    return render(request, "rescind/home.html", context, status=status)


def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a service at a glance: each purchase, its exits, and the record behind."""
    record = check.catalogue().service(slug)
    context = {
        "service": record,
        "rows": service_summary.at_a_glance(record),
        "versions": service_summary.versions(record),
        "grade": grade(record),
        "prices": every_price(record, clock.today()),
    }
    return render(request, "rescind/service.html", context)


def help_page(request: HttpRequest) -> HttpResponse:
    """Say how it works, where everything is kept, and what this program is not."""
    context = {
        "services": check.catalogue().search(""),
        "folder": data_folder(),
        "mailbox": cases.smtp_account(),
        "version": __version__,
    }
    return render(request, "rescind/help.html", context)
