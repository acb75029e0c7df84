"""The button that a person pressed on a page that also sends itself."""

from django.http import HttpRequest


def pressed(request: HttpRequest) -> str:
    """Return the value of the pressed button; empty where nobody pressed one.

    A form that htmx sends by itself carries the button pressed last, so that a tick
    sent late would press it a second time.
    """
    is_sent_by_itself = bool(request.headers.get("HX-Request"))
    return "" if is_sent_by_itself else request.POST.get("act", "")
