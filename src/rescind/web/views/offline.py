"""What stands in where Rescind cannot be reached: one's cases, as they were last."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rescind.adapters import clock
from rescind.app.follow import queries
from rescind.store import listing
from rescind.web.case_lines import case_lines

MOST = 50
"""Cases and days in the copy, the newest and the nearest first."""
_WORKER = Path(__file__).parents[1] / "static" / "rescind" / "offline.worker.js"


@require_GET
def copy(request: HttpRequest) -> HttpResponse:
    """Return the page that a browser keeps; nothing on it can be pressed."""
    now = clock.now()
    rows = listing.listed_cases(now, slice(MOST))
    context = {
        "now": now,
        "lines": case_lines(rows),
        "days": queries.page_of_due_days(slice(0, MOST)),
    }
    return render(request, "rescind/offline.html", context)


@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the script that keeps the copy: at the root, so that it may."""
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript")
