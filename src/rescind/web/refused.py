"""What was refused of a form: kept while the page asks again, at an address of its own.

A page that answers a sent form cannot be gone back to: the browser has no copy of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from rescind.core.errors import BadInput
from rescind.web.page_errors import message_on_page

WRONG = "wrong"
"""What an address says of a form that was refused."""
_KEY = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was typed, and why it cannot be used."""

    typed: Mapping[str, str]
    error: BadInput


def ask_again(
    request: HttpRequest, typed: Mapping[str, str], error: BadInput
) -> HttpResponse:
    """Keep what was typed, and go to the page that asks for it once more."""
    request.session[_KEY] = {
        "page": request.path,
        "typed": dict(typed),
        "field": error.field,
        "message": message_on_page(error),
        "suggestions": list(error.suggestions),
    }
    query = request.GET.copy()
    query[WRONG] = "1"
    return redirect(f"{request.path}?{query.urlencode()}")


def query_of(request: HttpRequest) -> str:
    """Return the query of a page's address, without what says of a refusal."""
    query = request.GET.copy()
    query.pop(WRONG, None)
    return query.urlencode()


def refusal(request: HttpRequest) -> Refusal | None:
    """Return what was refused on this page last, where its address says so."""
    kept = request.session.get(_KEY)
    if WRONG not in request.GET or not kept or kept["page"] != request.path:
        return None
    error = BadInput(kept["field"], kept["message"], kept["suggestions"])
    return Refusal(typed=kept["typed"], error=error)
