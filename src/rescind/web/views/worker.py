"""The worker: what is due, who does it, what failed; notices; metrics."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters import clock
from rescind.adapters.settings.limits import read_limits
from rescind.app.follow import metrics as monitoring
from rescind.app.follow import reminders as wired
from rescind.core.errors import BadInput
from rescind.settings import data_folder
from rescind.store import workers
from rescind.web.page_errors import page_error

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""How Prometheus names its text format."""


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show the last run, what is due, and what failed and why."""
    work, limits = workers.overview(clock.now()), read_limits(data_folder())
    return render(request, "rescind/worker.html", {"work": work, "limits": limits})


def notices(request: HttpRequest) -> HttpResponse:
    """Ask how the person wants to be told, and keep it."""
    if request.method != "POST":
        return render(request, "rescind/notices.html", _settings())
    choices = {
        "email": request.POST.get("email", "").strip(),
        "desktop": request.POST.get("desktop") == "on",
        "details": request.POST.get("details") == "on",
        "urls": [*_addresses_before(request), *request.POST.get("urls", "").split()],
        "page": f"{request.scheme}://{request.get_host()}",
    }
    try:
        wired.change_settings(choices)
    except BadInput as error:
        context = _settings() | {"error": page_error(error)}
        return render(request, "rescind/notices.html", context, status=422)
    messages.success(request, "Kept.")
    return redirect("notices")


def _addresses_before(request: HttpRequest) -> list[str]:
    """Return the addresses that were there before; their secrets are not shown."""
    if request.POST.get("keep") != "on":
        return []
    return list(wired.settings().urls)


def _settings() -> dict[str, object]:
    return {"settings": wired.settings()}


@require_POST
def test_notice(request: HttpRequest) -> HttpResponse:
    """Tell something by every way, now."""
    ways = wired.test()
    messages.success(request, f"Told: {', '.join(ways)}.")
    return redirect("notices")


@require_GET
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Say whether work is done in time: 200, or 503."""
    health = monitoring.health()
    return JsonResponse(health, status=200 if health["ok"] else 503)


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the metrics in the text format of Prometheus."""
    return HttpResponse(monitoring.metrics(), content_type=TEXT)
