"""What every page passes through: the content policy, and errors with names."""

import errno
from collections.abc import Callable
from typing import TypeAlias

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rescind.adapters import clock
from rescind.core.errors import BadInput, OutsideError, Refused, TransientError
from rescind.core.model.sentence import Sentence
from rescind.labels import say
from rescind.settings import data_folder
from rescind.store.faults import outside_error
from rescind.store.integrity import damage_behind
from rescind.web.page_errors import page_error

Respond: TypeAlias = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""No request to another origin, no inline script or style (CSP Level 3)."""


def content_security_policy(respond: Respond) -> Respond:
    """Add the policy, and keep pages with personal facts out of caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        return response

    return answer


def own_zone(respond: Respond) -> Respond:
    """Have templates write moments as the person's clock shows them."""

    def answer(request: HttpRequest) -> HttpResponse:
        with timezone.override(clock.local_zone()):
            return respond(request)

    return answer


class named_errors:  # noqa: N801 - a middleware, named as the function it is
    """Show what was wrong, by field and with a way out, instead of a bare error."""

    def __init__(self, respond: Respond) -> None:
        """Keep the next step."""
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._respond(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Return a page for errors that a person can do something about."""
        if isinstance(exception, BadInput):
            is_missing = exception.field in ("case", "service", "file")
            is_missing &= not isinstance(exception, Refused)
            status = 404 if is_missing else 422
            wrong = {"error": page_error(exception), "is_missing": is_missing}
            return render(request, "rescind/error.html", wrong, status=status)
        outside = _from_outside(exception)
        if outside is None:
            return None
        status = 503 if outside is not exception else 502
        named = {"outside": outside}
        return render(request, "rescind/error.html", named, status=status)


def _from_outside(exception: Exception) -> OutsideError | None:
    """Return what failed outside of the program; ``None`` for a fault of ours."""
    if isinstance(exception, OutsideError):
        return exception
    if isinstance(exception, Error):
        return outside_error(exception)
    if isinstance(exception, OSError) and exception.errno in _NO_PLACE:
        return TransientError(str(exception.filename or data_folder()), _why(exception))
    return damage_behind(exception)


def _why(error: OSError) -> str:
    code = "full" if error.errno in _FULL else "read_only"
    return say(Sentence.of("damage", code, folder=str(data_folder())))


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_PLACE = _FULL | {errno.EROFS, errno.EACCES, errno.EPERM}
"""Why a file of settings or a key cannot be written."""
