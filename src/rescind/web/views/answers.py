"""What came back, by whoever wrote it: the company, a store, the bank or a body."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rescind.adapters.data.words import why_not
from rescind.adapters.input import attachments
from rescind.app.follow import received, third_party
from rescind.app.follow.at_store import store_of
from rescind.app.follow.sent_on import is_company_told
from rescind.app.follow.steps import body_of
from rescind.core.errors import BadInput
from rescind.core.follow.transitions import possible
from rescind.core.model.case import Case, EventKind
from rescind.core.model.third_party_details import (
    BANK,
    BODY,
    MERCHANT,
    OF_BANK,
    OF_BODY,
    STORE,
)
from rescind.labels import label
from rescind.store import selectors
from rescind.web.page_errors import page_error


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who may have written, and what a bank or a body may say."""

    code: str
    name: str
    says: tuple[tuple[str, str], ...] = ()
    """Empty for the company and a store: what they wrote is read."""


def reply(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take in what was answered: pasted words, or the mail as a file.

    What the bank or a body wrote is kept, and is no answer of the company's.
    """
    case, context = selectors.read_case(str(case_id)), {}
    writers = tuple(_writers(case))
    if request.method == "POST":
        try:
            _take_in(request, case, writers)
        except BadInput as error:
            typed = {name: request.POST.get(name, "")[:40] for name in _TYPED}
            words = request.POST.get("words", "")
            shown = page_error(error)
            if error.field == "until":
                shown = replace(shown, field=label("their_day", "field"))
            context = {"error": shown, "words": words, **typed}
        else:
            return redirect("case", case_id=case_id)
    page = {
        "case": case,
        "may_call": EventKind.CALLED in possible(case.events),
        "writers": writers,
        **context,
    }
    status = 422 if context else 200
    return render(request, "rescind/reply.html", page, status=status)


_TYPED = (
    *("by", "says_bank", "says_body", "sum_bank", "sum_body"),
    *("until_bank", "until_body"),
)


def _writers(case: Case) -> Iterator[Writer]:
    """Yield who may have written, where that may be more than one."""
    others = third_party.may_have_written(case)
    is_told = is_company_told(case)
    if not others and not is_told:
        return
    if is_told or not case.has_letter:
        yield Writer(code=STORE, name=store_of(case))
    if is_told or case.has_letter:
        yield Writer(code=MERCHANT, name=case.service_name)
    if BANK in others:
        yield Writer(code=BANK, name=label("bank", "who_wrote"), says=_says(OF_BANK))
    if BODY in others:
        body = body_of(case)
        name = body.name if body is not None else label("body", "who_wrote")
        yield Writer(code=BODY, name=name, says=_says(OF_BODY))


def _says(codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((code, label(code, "third_says")) for code in codes)


def _take_in(request: HttpRequest, case: Case, writers: tuple[Writer, ...]) -> None:
    """Keep what was written; raises BadInput where it has to be said by whom."""
    by, known = request.POST.get("by", ""), [each.code for each in writers]
    content, name = _their_words(request)
    if known and by not in known:
        raise BadInput("by", why_not("choose_who_wrote"), known)
    if by not in (BANK, BODY):
        received.take_in(case.id, content, by=by or None)
        return
    says, money, until = (
        request.POST.get(f"{field}_{by}", "").strip()
        for field in ("says", "sum", "until")
    )
    told = third_party.WordTold(
        by=by, says=says, sum=money, until=until, content=content, name=name
    )
    third_party.record(case.id, told)


def _their_words(request: HttpRequest) -> tuple[bytes, str]:
    """Return what they wrote, and the name of the file that it came in."""
    upload = request.FILES.get("message")
    words = request.POST.get("words", "").strip()
    if upload is None and not words:
        raise BadInput("message", why_not("choose_answer"))
    if upload is None:
        return words.encode(), ""
    return upload.read(attachments.MAX_BYTES + 1), upload.name or ""


@require_POST
def answered(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record what the person did about a word of the bank's or a body's."""
    by, says = (request.POST.get(name, "")[:20] for name in ("by", "says"))
    money = request.POST.get("sum", "").strip()
    told = third_party.WordTold(by=by, says=says, sum=money)
    third_party.record(str(case_id), told)
    return redirect("case", case_id=case_id)
