"""What was kept, told or read wrong: set aside, put back, and read anew."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from rescind.app.follow import received, setting_aside
from rescind.core.errors import BadInput
from rescind.labels import label


@require_POST
def put_aside(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Set aside what was kept or told by mistake."""
    setting_aside.put_aside(str(case_id), _number(request))
    messages.success(request, label("set_aside", "corrected"))
    return redirect("case", case_id=case_id)


@require_POST
def put_back(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Let what was set aside count again."""
    setting_aside.put_back(str(case_id), _number(request))
    messages.success(request, label("put_back", "corrected"))
    return redirect("case", case_id=case_id)


@require_POST
def reads_as(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:
    """Record what the person says that a message is."""
    received.accept(str(case_id), digest, request.POST.get("reads_as", ""))
    return redirect("case", case_id=case_id)


def _number(request: HttpRequest) -> int:
    text = request.POST.get("number", "")
    if not text.isdecimal():
        raise BadInput.unknown_value("number", text[:20], ["2"])
    return int(text[:9])
