"""Several contracts at once: those of somebody who died, or all that is too much."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rescind.adapters.data.words import why_not
from rescind.adapters.evidence.names import canonical_name
from rescind.adapters.evidence.zip import zip_of
from rescind.app.act.letters import renderer
from rescind.app.follow import cases
from rescind.app.know.checks import is_name_open
from rescind.app.know.debits import what_debits_give
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import label, say
from rescind.store.checks import OpenCheck
from rescind.web.bench import bench
from rescind.web.page_errors import page_error
from rescind.web.refused import ask_again, query_of, refusal
from rescind.web.several import (
    DIED,
    THEIRS,
    begin_each,
    capacities,
    checks_of,
    common,
    contract,
    first_wrong,
    keep_asked,
    keep_facts,
    keep_sender,
    unsent,
)
from rescind.web.several_bench import carry_out, groups, practise

MAX_NAMES = 3000
"""Characters of names that are taken at most."""


def begin(request: HttpRequest) -> HttpResponse:
    """Ask what is to end, one name a line; statements lead here by ticks."""
    has_died = DIED in request.GET
    if request.method == "POST":
        names = request.POST.get("names", "")[:MAX_NAMES]
        try:
            ids = begin_each(
                ({"name": line} for line in names.splitlines()), has_died=has_died
            )
        except BadInput as error:
            return ask_again(request, {"names": names}, error)
        return redirect(address("several-facts", ids, has_died=has_died))
    refused = refusal(request)
    page = {
        "names": refused.typed["names"] if refused else "",
        "has_died": has_died,
        "query": query_of(request),
        "error": page_error(refused.error) if refused else None,
    }
    status = 422 if refused else 200
    return render(request, "rescind/several_begin.html", page, status=status)


def address(page: str, ids: tuple[str, ...], *, has_died: bool = False) -> str:
    """Return the address of a page about some contracts."""
    query = [("of", each) for each in ids] + ([(DIED, "1")] if has_died else [])
    return f"{reverse(page)}?{urlencode(query)}"


def facts(request: HttpRequest) -> HttpResponse:
    """Ask once what is the same for all, and fold the rest under each name."""
    every = checks_of(request.GET.getlist("of"))
    open_ones, error = unsent(every), None
    ids = tuple(check.id for check in every)
    if not open_ones:
        return redirect(address("several-letters", ids))
    if request.method == "POST":
        form = request.POST.dict()
        open_ones = tuple(keep_facts(check, form) for check in open_ones)
        if form.get("whose") == DIED and not form.get("died_at", "").strip():
            error = BadInput("died_at", label("died_at_needed", "several"))
        if form.get("whose") == THEIRS and not form.get("all.holder", "").strip():
            error = BadInput("holder", label("holder_needed", "several"))
        error = error or first_wrong(open_ones)
        if error is None:
            return redirect(address("several-letters", ids))
        # what else was typed is kept with the contracts
        return ask_again(request, {"whose": form.get("whose", "")}, error)
    refused = refusal(request)
    error = refused.error if refused else None
    whose = refused.typed["whose"] if refused else ""
    has_died = DIED in request.GET or whose == DIED
    is_tried = refused is not None
    page = {
        "common": common(open_ones, wants_death=has_died),
        "capacities": capacities(),
        "contracts": [contract(check, is_tried=is_tried) for check in open_ones],
        "error": page_error(error) if error else None,
        "query": query_of(request),
        "day_error": _message_at("died_at", error),
        "holder_error": _message_at("holder", error),
    }
    status = 422 if error else 200
    return render(request, "rescind/several_facts.html", page, status=status)


def _message_at(field: str, error: BadInput | None) -> str:
    is_there = error is not None and error.field == field
    return page_error(error).message if error and is_there else ""


def letters(request: HttpRequest) -> HttpResponse:
    """Show every letter of every plan beside its fields; one button does all."""
    every = checks_of(request.GET.getlist("of"))
    if any(map(is_name_open, every)):
        return redirect(address("several-facts", tuple(each.id for each in every)))
    form = request.POST.dict()
    if request.method == "POST":
        every = tuple(keep_sender(keep_asked(c, form), form) for c in every)
        try:
            done = _act(request, form)
        except BadInput as wrong:
            ways = {name: way for name, way in form.items() if ".way." in name}
            return ask_again(request, ways, wrong)
        if done is not None:
            return done
    refused = refusal(request)
    error = refused.error if refused else None
    form = form or (dict(refused.typed) if refused else {})
    laid = groups(every, form)
    page = {
        "groups": laid,
        "common": common(every, wants_death=False),
        "count": sum(len(each.sheets) for each in laid),
        "has_taken": any(each.taken for each in laid),
        "debits": _debits(every),
        "contracts": sum(bool(each.sheets) for each in laid),
        "asks": any(each.ask for each in laid),
        "mailbox": cases.smtp_account(),
        "query": query_of(request),
        "error": page_error(error) if error else None,
    }
    status = 422 if error else 200
    return render(request, "rescind/several_letters.html", page, status=status)


def _debits(every: Sequence[OpenCheck]) -> str:
    """Return what the law gives on direct debits where the first of them runs."""
    return what_debits_give(every[0].typed.get("country", ""))


def _act(request: HttpRequest, form: dict[str, str]) -> HttpResponse | None:
    """Do what the button says; ``None`` where the page is only drawn anew."""
    every = checks_of(request.GET.getlist("of"))
    if form.get("act") == "practise":
        count = practise(every)
        messages.success(request, _say("practised", count=count))
        return redirect(f"{request.path}?{query_of(request)}")
    if form.get("act") != "all":
        return None
    done = carry_out(every, form)
    if done.letters:
        messages.success(
            request,
            _say(
                "done",
                count=done.letters,
                contracts=done.contracts,
                ways=done.ways,
            ),
        )
    for text in done.wrong:
        messages.error(request, text)
    # what is left stands on the page still
    here = f"{request.path}?{query_of(request)}"
    return redirect(here if done.wrong else reverse("cases"))


def _say(code: str, /, **values: Value) -> str:
    return say(Sentence.of("several", code, **values))


@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Return every letter as a page to print, in one archive."""
    files: dict[str, bytes] = {}
    for number, check in enumerate(checks_of(request.GET.getlist("of")), 1):
        for letter in bench(check.id).letters:
            if letter.written is not None:
                name = f"{number:02}-{_as_file(check.name)}-{letter.kind}.pdf"
                files[name] = renderer().pdf(letter.written.letter)
    if not files:
        raise BadInput("letter", why_not("no_such_letter"))
    response = HttpResponse(zip_of(files), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="letters.zip"'
    return response


def _as_file(name: str) -> str:
    """Return a company's name as part of a file's name."""
    return canonical_name(name).replace(" ", "-").lower()
