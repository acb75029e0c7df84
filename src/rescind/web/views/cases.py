"""Cases: the sender, the letter as it will be sent, sending, and the timeline."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters import clock
from rescind.adapters.data.words import why_not
from rescind.adapters.evidence.names import canonical_name
from rescind.adapters.evidence.summary import LANGUAGES
from rescind.adapters.input import attachments
from rescind.adapters.input.details import DETAILS
from rescind.adapters.mail.compose import build_draft, mailto_link
from rescind.app.follow import cases, feed, queries, received
from rescind.app.follow.answers import Reply, advice, answers
from rescind.app.follow.case_letters import archive, follow_up, routes_for
from rescind.app.follow.days import zone_of
from rescind.app.follow.steps import steps, way_back
from rescind.app.know import check
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.transitions import possible
from rescind.core.model.case import EventKind
from rescind.core.model.event_details import LetterWrittenDetails
from rescind.core.model.message import Label
from rescind.labels import label, say
from rescind.store import listing, selectors
from rescind.web import forms, letter_form
from rescind.web.case_card import case_card, letters_out
from rescind.web.case_lines import case_lines
from rescind.web.page_errors import page_error
from rescind.web.paging import ListPage
from rescind.web.views.check import given_facts
from rescind.web.views.facts import open_check

MAX_TEXT = 2000


@require_GET
def list_cases(request: HttpRequest) -> HttpResponse:
    """List cases with where they stand, and the days that count, a page of each."""
    of_cases, of_days = ListPage.of(request, "page"), ListPage.of(request, "days")
    rows = listing.listed_cases(clock.now(), of_cases.span)
    context = {
        "lines": case_lines(queries.list_cases(of_cases.rows(rows))),
        "days": of_days.rows(queries.due_days(of_days.span)),
        "count": listing.count_cases(),
        "of_cases": of_cases,
        "of_days": of_days,
    }
    return render(request, "rescind/cases.html", context)


@require_GET
def due_calendar(request: HttpRequest) -> HttpResponse:
    """Return the days that count as a calendar, for programs that come again.

    To a program that has this very calendar no more is said than that.
    """
    calendar = feed.due_calendar()
    response = HttpResponse(
        calendar.content, content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="due.ics"'
    response["ETag"] = tag = quote_etag(calendar.tag)
    return get_conditional_response(request, etag=tag, response=response) or response


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who writes; then open the case and show its letter."""
    source = request.POST if request.method == "POST" else request.GET
    facts = given_facts(source, slug)
    service = check.find_service(slug, facts)
    context = {"service": service, "facts": facts}
    if request.method != "POST":
        context |= _first_page(request)
        return render(request, "rescind/case_new.html", context)
    typed = {f.name: request.POST.get(f.name, "")[:MAX_TEXT] for f in forms.SENDER}
    about = letter_form.typed(request.POST)
    try:
        case_id = _open(request, facts, typed, about)
    except BadInput as error:
        fault = (error.field, say(error.message))
        context |= {
            "letter": letter_form.letter_fields(about, fault),
            "fields": forms.sender_fields(typed, fault),
            "error": page_error(error),
        }
        return render(request, "rescind/case_new.html", context, status=422)
    return redirect("letter", case_id=case_id)


def _first_page(request: HttpRequest) -> dict[str, object]:
    """Return the form as it begins: empty, or with what an earlier case holds."""
    kind = {"letter": request.GET.get("letter", "cancel")}
    before = request.GET.get("after")
    if before is None:
        letter, fields = letter_form.letter_fields(kind), forms.sender_fields({})
        return {"letter": letter, "fields": fields}
    start = follow_up(selectors.read_case(before))
    about = {"first_kind": start.first_kind, "first_sent_on": start.first_sent_on}
    return {
        "letter": letter_form.letter_fields(start.facts | about | kind),
        "fields": forms.sender_fields(start.sender),
        "facts": {n: v for n, v in start.facts.items() if n not in DETAILS},
    }


def _open(
    request: HttpRequest,
    facts: Mapping[str, str],
    typed: Mapping[str, str],
    about: Mapping[str, str],
) -> str:
    upload = request.FILES.get("signature")
    signature = (
        upload.read(letter_form.MAX_DRAWN)
        if upload
        else letter_form.drawn(about["drawn"])
    )
    order = letter_form.wanted(about, signature)
    all_facts = dict(facts) | letter_form.details(about)
    sender = dict(typed) | {"country": facts.get("country")}
    return cases.new_case(
        all_facts, sender, order, own_language=about["own_language"] or None
    )


@require_POST
def drafts(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return everything that sends the letters not sent yet, as one archive."""
    unsent = selectors.unsent_cases()
    content = archive(unsent)
    for case in unsent:
        cases.hand_over(case.id, "archive")
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="letters.zip"'
    return response


@require_GET
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show where a case stands and everything that happened.

    Of what was only told so far it is the answer.
    """
    case = selectors.find_read_case(str(case_id))
    if case is None:
        return redirect("answer-page", case_id=open_check(case_id).id)
    came_back, may_follow = answers(case), possible(case.events)
    whole, ladder = queries.whole_case(case), steps(case)
    context = {
        "case": whole,
        "real": request.GET.get("real", ""),
        "card": case_card(case, came_back, ladder, whole["to_write"]),
        "letters_out": letters_out(case),
        "possible": may_follow,
        "happened": may_follow & _HAPPENED,
        "was_confirmed": case.newest(EventKind.CONFIRMED) is not None,
        "answers": came_back,
        "ends_on": _day_of_end(came_back) or str(case.ends_on or ""),
        "steps": ladder,
        "advice": advice(case, came_back),
        "way_back": way_back(case),
        "proof": proof.status(case),
        "languages": LANGUAGES,
        "zone": zone_of(case),
    }
    return render(request, "rescind/case.html", context)


_HAPPENED = frozenset(
    {
        EventKind.CHARGED,
        EventKind.BUTTON_USED,
        EventKind.CALLED,
        EventKind.BANK_BLOCKED,
        EventKind.RESUMED,
    }
)
"""What the person did otherwise, or saw; the page asks for it in one place."""


def _day_of_end(came_back: Sequence[Reply]) -> str:
    """Return the day that the newest confirmation names, to begin the form with."""
    for answer in reversed(came_back):
        day = answer.reading.effective_on or ""
        if answer.reading.label is Label.CONFIRMED and day[:1].isdigit():
            return day
    return ""


@require_GET
def letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the letter as it will be sent, what it lacks, and the ways to send it."""
    case = selectors.read_case(str(case_id))
    final = selectors.letter(case)
    written = case.last(LetterWrittenDetails)
    context = {
        "sending": routes_for(case, final),
        "case": queries.whole_case(case),
        "letter": final,
        "pdf": written.pdf if written else "",
        "mailbox": cases.smtp_account(),
        "mailto": mailto_link(final, None),
        "possible": possible(case.events),
    }
    return render(request, "rescind/letter.html", context)


@require_GET
def picture(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the letter's page as a picture."""
    png = selectors.letter(selectors.read_case(str(case_id))).picture
    return HttpResponse(png, content_type="image/png")


@require_POST
def draft(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the letter as a mail draft, and record that it was handed over."""
    cases.hand_over(str(case_id), "draft")
    final = selectors.letter(selectors.read_case(str(case_id)))
    content = build_draft(final, to=None, at=clock.now())
    response = HttpResponse(content, content_type="message/rfc822")
    response["Content-Disposition"] = 'attachment; filename="letter.eml"'
    return response


@require_GET
def file(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return a kept file, byte for byte; never shown as a page of ours."""
    record = selectors.file(selectors.find_case(str(case_id)), digest)
    response = HttpResponse(bytes(record.content), content_type=record.media_type)
    is_page = record.media_type == "application/pdf"
    disposition = content_disposition_header(not is_page, canonical_name(record.name))
    response["Content-Disposition"] = disposition or "attachment"
    return response


@require_POST
def send(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Send the letter, once; the ticked box is the person's yes."""
    name, way = str(case_id), request.POST.get("way", "")
    if request.POST.get("yes") != "on":
        raise BadInput("yes", why_not("tick_to_send"))
    to = request.POST.get("to", "").strip() or None
    copy, at = request.POST.get("copy") == "on", request.POST.get("at", "").strip()
    if at:
        sending = cases.send_later(name, way=way, to=to, at=at, copy=copy)
    else:
        sending = cases.send(name, way=way, to=to, copy=copy)
    well = sending.outcome in ("dispatch_taken", "dispatch_ordered")
    level = messages.SUCCESS if well else messages.WARNING
    messages.add_message(
        request, level, f"{label(sending.outcome, 'outcome')} {sending.said}"
    )
    return redirect("case", case_id=case_id)


@require_POST
def said(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record the person's word that they sent it."""
    way = request.POST.get("way") or "by the person"
    cases.say_sent(str(case_id), way[:40], request.POST.get("on") or None)
    return redirect("case", case_id=case_id)


@require_POST
def unsent(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Record that a doubtful letter did not go out."""
    cases.say_not_sent(str(case_id))
    return redirect("letter", case_id=case_id)


def reply(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take in what they answered: pasted words, or the mail as a file."""
    case, context = selectors.read_case(str(case_id)), {}
    if request.method == "POST":
        words = request.POST.get("words", "")
        try:
            received.take_in(case.id, _their_words(request))
        except BadInput as error:
            context = {"error": page_error(error), "words": words}
        else:
            return redirect("case", case_id=case_id)
    status = 422 if context else 200
    page = {"case": case, **context}
    return render(request, "rescind/reply.html", page, status=status)


def _their_words(request: HttpRequest) -> bytes:
    upload = request.FILES.get("message")
    words = request.POST.get("words", "").strip()
    if upload is None and not words:
        raise BadInput("message", why_not("choose_answer"))
    return words.encode() if upload is None else upload.read()


@require_POST
def theirs(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Record the person's word that a message is the merchant's."""
    received.accept(str(case_id), digest)
    return redirect("case", case_id=case_id)


@require_POST
def keep(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a picture or a paper that the person adds."""
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput("upload", why_not("choose_file"))
    content, name = upload.read(attachments.MAX_BYTES + 1), upload.name or "file"
    cases.keep_file(str(case_id), content, name=name, note=request.POST.get("note", ""))
    return redirect("case", case_id=case_id)


@require_POST
def confirm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record the merchant's confirmation, by the person's reading."""
    ends_on, note = request.POST.get("ends_on", ""), request.POST.get("note", "")
    cases.confirm(str(case_id), ends_on=ends_on, note=note)
    return redirect("case", case_id=case_id)


@require_POST
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the person is done."""
    cases.close(str(case_id), note=request.POST.get("note", ""))
    return redirect("case", case_id=case_id)


@require_POST
def forget(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Erase a case for good; the ticked box is the person's yes."""
    if request.POST.get("yes") != "on":
        raise BadInput("yes", why_not("tick_to_erase"))
    cases.forget(str(case_id))
    messages.success(request, "The case was erased.")
    return redirect("cases")
