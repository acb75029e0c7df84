"""The worker, for programs that watch it: its health, and metrics."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from rescind.app.follow import metrics as monitoring

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""How Prometheus names its text format."""


@require_GET
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say whether work is done in time: 200, or 503."""
    health = monitoring.health()
    return JsonResponse(health, status=200 if health["ok"] else 503)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the metrics in the text format of Prometheus."""
    return HttpResponse(monitoring.metrics(), content_type=TEXT)
