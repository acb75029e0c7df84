"""Cases: the sender, the letter as it will be sent, sending, and the timeline."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters.input import attachments
from rescind.adapters.input.senders import DETAILS
from rescind.app.follow import cases, following, queries
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.model.message import Label
from rescind.web import forms, letter_form
from rescind.web.views.check import given_facts
from rescind.web.views.proof import of_case

MAX_TEXT = 2000


@require_GET
def list_cases(request: HttpRequest) -> HttpResponse:
    """List every case with where it stands, and the days that count."""
    context = {"cases": queries.list_cases(), "days": queries.due_days()}
    return render(request, "rescind/cases.html", context)


@require_GET
def due_calendar(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return every day that counts as a calendar, for programs that come again."""
    content = queries.due_calendar()
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="due.ics"'
    return response


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who writes; then open the case and show its letter."""
    source = request.POST if request.method == "POST" else request.GET
    facts = given_facts(source, slug)
    service = check.find_service(slug, facts)
    context = {"service": service, "facts": facts}
    if request.method != "POST":
        context |= _begun(request)
        return render(request, "rescind/case_new.html", context)
    typed = {f.name: request.POST.get(f.name, "")[:MAX_TEXT] for f in forms.SENDER}
    about = letter_form.typed(request.POST)
    try:
        case_id = _open(request, facts, typed, about)
    except BadInput as error:
        fault = (error.field, error.message)
        context |= letter_form.fields(about, fault)
        context |= {"fields": forms.sender_fields(typed, fault), "error": error}
        return render(request, "rescind/case_new.html", context, status=422)
    return redirect("letter", case_id=case_id)


def _begun(request: HttpRequest) -> dict[str, object]:
    """Return the form as it begins: empty, or with what an earlier case holds."""
    asked = {"letter": request.GET.get("letter", "cancel")}
    before = request.GET.get("after")
    if before is None:
        return letter_form.fields(asked) | {"fields": forms.sender_fields({})}
    known = queries.follow_up(before)
    shown = letter_form.fields(known["facts"] | known["details"] | asked)
    facts = {n: v for n, v in known["facts"].items() if n not in DETAILS}
    return shown | {"facts": facts, "fields": forms.sender_fields(known["sender"])}


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
    wanted = letter_form.wanted(about, signature)
    told = dict(facts) | letter_form.details(about)
    sender = dict(typed) | {"country": facts.get("country")}
    return cases.new_case(
        told, sender, wanted, own_language=about["own_language"] or None
    )


@require_POST
def drafts(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return everything that sends the letters not sent yet, as one archive."""
    waiting, archive = queries.drafts()
    for case_id in waiting:
        cases.hand_over(case_id, "archive")
    response = HttpResponse(archive, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="letters.zip"'
    return response


@require_GET
def show(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show where a case stands and everything that happened."""
    case = queries.show_case(str(case_id))
    answers = queries.answers(str(case_id))
    context = {
        "case": case,
        "answers": answers,
        "ends_on": _day_said(answers),
        "steps": following.steps(str(case_id)),
        "advice": following.advice(str(case_id)),
        "way_back": following.way_back(str(case_id)),
        "can_confirm": _can_confirm(case),
        **of_case(str(case_id)),
    }
    return render(request, "rescind/case.html", context)


def _can_confirm(case: Mapping[str, Any]) -> bool:
    """Return whether a confirmation is still to come."""
    was_confirmed = any(event["kind"] == "confirmed" for event in case["events"])
    if case["state"] == "charged":
        return not was_confirmed
    return case["state"] not in _UNCONFIRMABLE


_UNCONFIRMABLE = frozenset(
    {"draft", "ordered", "closed", "confirmed", "failed", "resumed"}
)


def _day_said(answers: Sequence[Mapping[str, Any]]) -> str:
    """Return the day that the newest confirmation names, to begin the form with."""
    for answer in reversed(answers):
        reading = answer["reading"]
        day = reading.effective_on or ""
        if reading.label is Label.CONFIRMED and day[:1].isdigit():
            return str(day)
    return ""


@require_GET
def letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the letter as it will be sent, what it lacks, and the ways to send it."""
    name = str(case_id)
    ways, at_the_counter = queries.ways(name)
    context = {
        "ways": ways,
        "at_the_counter": at_the_counter,
        "case": queries.show_case(name),
        "letter": queries.letter(name),
        "pdf": queries.letter_digest(name),
        "mailbox": cases.smtp_account(),
        "mailto": queries.mailto(name, None),
        "may_send": queries.may_send(name),
    }
    return render(request, "rescind/letter.html", context)


@require_GET
def picture(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the letter's page as a picture."""
    png = queries.letter(str(case_id)).picture
    return HttpResponse(png, content_type="image/png")


@require_POST
def draft(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the letter as a mail draft, and record that it was handed over."""
    cases.hand_over(str(case_id), "draft")
    content = queries.draft(str(case_id), None)
    response = HttpResponse(content, content_type="message/rfc822")
    response["Content-Disposition"] = 'attachment; filename="letter.eml"'
    return response


@require_GET
def file(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return a kept file, byte for byte; never shown as a page of ours."""
    kept = queries.kept_file(str(case_id), digest)
    response = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    shown = "inline" if kept.media_type == "application/pdf" else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{kept.name}"'
    return response


@require_POST
def send(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Send the letter, once; the ticked box is the person's yes."""
    name, way = str(case_id), request.POST.get("way", "")
    if request.POST.get("yes") != "on":
        raise BadInput("yes", "tick the box: nothing is sent without your yes")
    to = request.POST.get("to", "").strip() or None
    copy, at = request.POST.get("copy") == "on", request.POST.get("at", "").strip()
    if at:
        sent = cases.send_later(name, way=way, to=to, at=at, copy=copy)
    else:
        sent = cases.send(name, way=way, to=to, copy=copy)
    well = sent.outcome in ("dispatch_taken", "dispatch_ordered")
    level = messages.SUCCESS if well else messages.WARNING
    messages.add_message(request, level, f"{_OUTCOMES[sent.outcome]} {sent.said}")
    return redirect("case", case_id=case_id)


_OUTCOMES = {
    "dispatch_taken": "The letter was taken:",
    "dispatch_ordered": "The letter waits:",
    "dispatch_refused": "The letter was not taken:",
    "dispatch_unknown": "It may have been sent; look into your sent folder:",
}


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


@require_POST
def answer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a message that came back."""
    upload = request.FILES.get("message")
    if upload is None:
        raise BadInput("message", "choose the .eml file of the answer")
    cases.record_answer(str(case_id), upload.read())
    return redirect("case", case_id=case_id)


@require_POST
def keep(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep a picture or a paper that the person adds."""
    upload = request.FILES.get("file")
    if upload is None:
        raise BadInput("upload", "choose a picture, a PDF or a mail")
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
        raise BadInput("yes", "tick the box: erasing cannot be undone")
    cases.forget(str(case_id))
    messages.success(request, "The case was erased.")
    return redirect("cases")
