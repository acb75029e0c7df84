"""The worker: what is due, who does it, what failed; notices; metrics."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rescind.adapters import clock
from rescind.adapters.settings.limits import read_limits
from rescind.app.follow import metrics as monitoring
from rescind.settings import data_folder
from rescind.store import workers

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""How Prometheus names its text format."""


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the last run, what is due, and what failed and why."""
    work, limits = workers.overview(clock.now()), read_limits(data_folder())
    return render(request, "rescind/worker.html", {"work": work, "limits": limits})


@require_GET
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say whether work is done in time: 200, or 503."""
    health = monitoring.health()
    return JsonResponse(health, status=200 if health["ok"] else 503)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the metrics in the text format of Prometheus."""
    return HttpResponse(monitoring.metrics(), content_type=TEXT)
