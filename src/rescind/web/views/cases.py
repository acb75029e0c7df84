"""Cases: the sender, the letter as it will be sent, sending, and the timeline."""

from collections.abc import Sequence
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
from rescind.app.follow import cases, feed, queries, received
from rescind.app.follow.advising import advice
from rescind.app.follow.answers import Reply, answers
from rescind.app.follow.case_letters import archive
from rescind.app.follow.charges_left import asks_what_is_back
from rescind.app.follow.claims import waited_for
from rescind.app.follow.confirming import (
    may_have_come,
    say_money_came,
    say_nothing_comes,
)
from rescind.app.follow.days import country_of, day_in, zone_of
from rescind.app.follow.fees import price_of
from rescind.app.follow.steps import (
    ANY_TIME,
    STEPS,
    steps,
    unsent_kinds,
    way_back,
)
from rescind.app.follow.third_party import back_for_good
from rescind.app.follow.told_before import was_told_before
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.follow.letters_out import Do
from rescind.core.follow.recorded_end import is_by_money_alone, was_named
from rescind.core.follow.shortfall import ENDS
from rescind.core.follow.transitions import possible
from rescind.core.model.case import STEPS as NO_LETTER
from rescind.core.model.case import Case, EventKind, practice_of
from rescind.core.model.end_outcome import EndOutcome
from rescind.core.model.message import Label
from rescind.core.model.third_party_details import BANK
from rescind.labels import label
from rescind.store import checks, listing, selectors
from rescind.store.checks import find
from rescind.store.listing import Which
from rescind.web.bench_choices import name_of
from rescind.web.case_card import case_card
from rescind.web.case_facts import how_paid
from rescind.web.case_lines import case_lines, holder_of, shown_person
from rescind.web.case_state import is_practice
from rescind.web.paging import ListPage
from rescind.web.seen_charges import (
    known_after_end,
    may_be_after_end,
    taken_since_death,
)
from rescind.web.sheets import sheets_out
from rescind.web.their_words import words_of
from rescind.web.views.facts import open_check

MAX_TEXT = 2000
FEW = 10
"""Cases up to which one person needs no search."""


@require_GET
def list_cases(request: HttpRequest) -> HttpResponse:
    """List cases with where they stand, and the days that count, a page of each."""
    of_cases, of_days = ListPage.of(request, "page"), ListPage.of(request, "days")
    words, which = request.GET.get("q", "").strip()[:80], _which(request)
    now, everybody = clock.now(), listing.people()
    if words or which or len(everybody) > 1:
        rows = listing.sought_cases(now, of_cases.span, which=which, words=words)
    else:
        # by their days costs 65 ms among 10,000 cases, and a page is sorted by them
        rows = listing.listed_cases(now, of_cases.span)
    lines = case_lines(of_cases.rows(rows), queries.due_days_of(rows), everybody)
    count = listing.count_cases()
    context = {
        "lines": lines,
        # one person with few cases has nothing to look for
        "can_seek": len(everybody) > 1 or count > FEW,
        "which": which.value,
        "words": words,
        "choices": [
            (each.value, label(each.value or "all", "which")) for each in Which
        ],
        "is_sought": bool(words or which),
        "checks": checks.waiting(),
        "days": of_days.rows(queries.page_of_due_days(of_days.span)),
        "count": "" if words or which else count,
        "of_cases": of_cases,
        "of_days": of_days,
    }
    return render(request, "rescind/cases.html", context)


def _which(request: HttpRequest) -> Which:
    text = request.GET.get("which", "")
    return Which(text) if text in set(Which) else Which.ALL


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
    shown = case_card(case, came_back, ladder, whole["to_write"])
    context = {
        "case": whole,
        "country": country_of(case),
        "real": practice_of(case.events),
        "copies": [
            (copy, day_in(case, at)) for copy, at in listing.practice_copies(case.id)
        ],
        "real_letter": request.GET.get("letter", ""),
        "card": shown,
        "taken": taken_since_death(case),
        "doubts": [*known_after_end(case), *may_be_after_end(case)],
        "holder": holder_of(begun) if (begun := find(case.id)) else "",
        "person": shown_person(str(case.sender.get("name") or "")),
        "corrections": [each for each in shown.story if each.can_be_set_aside],
        "readings": READINGS,
        "letters_out": sheets_out(case),
        # the day that a letter here names is not that of the one that went out
        "own_letters": [each.number for each in sheets_out(case) if each.note],
        "further": _further(case, may_follow),
        "possible": may_follow,
        "happened": may_follow & _HAPPENED,
        "asks_call": "call" in request.GET,
        "sum_example": _sum_example(case),
        "how_paid": how_paid(case),
        "is_money_awaited": waited_for(case) is not None,
        "money_may_come": may_have_come(case, came_back),
        "was_confirmed": was_named(case.events),
        "is_money_alone": is_by_money_alone(case.events),
        "words": words_of(case, came_back),
        "ends_on": _day_of_end(came_back),
        "steps": ladder,
        "advice": advice(case, came_back),
        "way_back": way_back(case),
        "has_steps": case.kind == NO_LETTER and not was_told_before(case),
        "proof": proof.status(case),
        "languages": LANGUAGES,
        "zone": zone_of(case),
    }
    return render(request, "rescind/case.html", context)


def _further(
    case: Case, may_follow: frozenset[EventKind]
) -> tuple[tuple[str, str], ...]:
    """Return the letters that can be written now, with what each is called."""
    if EventKind.LETTER_WRITTEN not in may_follow or is_practice(case):
        return ()
    is_before = was_told_before(case)
    later = (*STEPS, *ANY_TIME) if sheets_out(case) or is_before else ()
    kinds = (*unsent_kinds(case), *later)
    if is_before and case.facts.get("withdrawn_at"):
        # the money is asked for by its own letter, and no letter before it is known
        kinds = tuple(kind for kind in kinds if kind != Do.SECOND_NOTICE)
    left = (k for k in dict.fromkeys(kinds) if not asks_what_is_back(case, k))
    return tuple((kind, name_of(kind)) for kind in left)


def _sum_example(case: Case) -> str:
    """Return a sum as it may be typed, in the currency of the case where it has one."""
    price = price_of(case)
    return f"{_EXAMPLE} {price.currency}" if price else _EXAMPLE


_EXAMPLE = "59.00"
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


READINGS = tuple(
    each.value
    for each in Label
    if each not in {Label.READ, Label.DELIVERED, Label.DELAYED}
    and not each.value.startswith("bounce")
)
"""What a person may say that an answer is; what servers report is told otherwise."""


def _day_of_end(came_back: Sequence[Reply]) -> str:
    """Return the day that the newest end names, to begin the form with; else nothing.

    A day of ours would be recorded as theirs.
    """
    for answer in reversed(came_back):
        if answer.reading.label in ENDS and answer.ends_on is not None:
            return answer.ends_on.isoformat()
    return ""


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
def said(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record the person's word that they sent it."""
    way = request.POST.get("way") or "by the person"
    cases.say_sent(str(case_id), way[:40], request.POST.get("on") or None)
    return redirect("case", case_id=case_id)


@require_POST
def unsent(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Record that a doubtful letter did not go out."""
    cases.say_not_sent(str(case_id))
    return redirect("letters", case_id=case_id)


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
    """Record the merchant's confirmation, by the person's reading, or its money."""
    money = request.POST.get("money")
    if money == "came":
        say_money_came(str(case_id), request.POST.get("sum", "").strip())
    elif money == "none":
        say_nothing_comes(str(case_id))
    if money in ("came", "none"):
        return redirect("case", case_id=case_id)
    ends_on, note = request.POST.get("ends_on", ""), request.POST.get("note", "")
    told = request.POST.get("outcome", EndOutcome.CONFIRMED.value)
    if told not in set(EndOutcome):
        raise BadInput.unknown_value("outcome", told[:20], list(EndOutcome))
    cases.confirm(
        str(case_id),
        ends_on=ends_on,
        note=note,
        outcome=EndOutcome(told),
        # a day that was typed was not asked about yet, as a button asks
        is_taken="typed" not in request.POST,
    )
    return redirect("case", case_id=case_id)


@require_POST
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the person is done, or that the bank gave the money for good."""
    if request.POST.get("back") == BANK:
        back_for_good(str(case_id))
    else:
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
