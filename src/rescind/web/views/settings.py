"""The settings: nine folds on one page, each kept by its own button."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters import clock
from rescind.adapters.data.countries import country_names
from rescind.adapters.data.mailboxes import app_passwords, provider_of
from rescind.adapters.input.senders import read_address
from rescind.adapters.mail.trial import Trial
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.adapters.settings.profile import PROFILE, change_own
from rescind.adapters.settings.proof import providers
from rescind.app.follow import mailbox as mailboxes
from rescind.app.follow import reminders as wired
from rescind.app.keep import everything
from rescind.app.prove import proof as proofs
from rescind.core.errors import BadInput, OutsideError
from rescind.core.model.sentence import Sentence
from rescind.core.model.work import PlannedWork, WorkOverview
from rescind.labels import say
from rescind.settings import data_folder, private_folder
from rescind.store import everything as everything_kept
from rescind.store import workers
from rescind.web.page_errors import page_error
from rescind.web.settings_page import FOLDS, folds, letter_languages, zone_groups

_YOU = ("name", "address", "country", "email", "phone")


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """Show the folds, each with its present value."""
    return _page(request, request.GET.get("open", ""))


@require_GET
def turn_to(request: HttpRequest, fold: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Lead from an address of before to its fold."""
    return _back(fold)


@require_POST
def you(request: HttpRequest) -> HttpResponse:
    """Keep who writes."""
    typed = {name: request.POST.get(name, "").strip() for name in _YOU}
    kept = PROFILE.entries(private_folder()).get("country", "")
    if typed["country"] == kept[:2]:
        # the state, which the page does not ask for, stays known
        typed["country"] = kept
    try:
        if typed["email"]:
            typed["email"] = read_address(typed["email"], "email")
        change_own(private_folder(), typed)
    except BadInput as error:
        return _page(request, "you", typed, error)
    return _done(request, "you", Sentence.of("setting_done", "you"))


@require_POST
def mailbox(request: HttpRequest) -> HttpResponse:
    """Keep the mailbox, and sign in to it to see whether it works; or send a test."""
    if "test" in request.POST:
        return _test_mailbox(request)
    typed = {name: request.POST.get(name, "").strip() for name in mailboxes.FIELDS}
    try:
        tried = mailboxes.keep_and_try(typed, request.POST.get("password", "").strip())
    except BadInput as error:
        return _page(request, "mailbox", typed, error)
    for sentence in _tried(tried):
        messages.add_message(
            request,
            messages.SUCCESS if tried.works and tried.is_kept else messages.ERROR,
            say(sentence),
        )
    return _back("mailbox")


def _test_mailbox(request: HttpRequest) -> HttpResponse:
    """Send one mail from the mailbox to itself; say where it stopped."""
    try:
        to = mailboxes.send_test()
    except BadInput as error:
        messages.error(request, say(error.message))
    except OutsideError as error:
        values = {"host": error.who, "what": error.what}
        messages.error(
            request, say(Sentence.of("setting_done", "mail_failed", **values))
        )
    else:
        messages.success(request, say(Sentence.of("setting_done", "mail_went", to=to)))
    return _back("mailbox")


def _tried(tried: mailboxes.Tried) -> list[Sentence]:
    """Return what came of a trial, a sentence for each thing to mend."""
    said = [
        Sentence.of("setting_done", way, trouble=_trouble(trial))
        for way, trial in (("to_send", tried.send), ("to_read", tried.read))
        if trial is not None and trial.trouble is not None
    ]
    if tried.works:
        code = "works" if tried.read else "works_to_send"
        said.append(Sentence.of("setting_done", code))
    if not tried.is_kept:
        said.append(Sentence.of("setting_done", "not_kept"))
    return said


def _trouble(trial: Trial) -> Sentence:
    values = {"host": trial.host, "port": str(trial.port), "folder": trial.folder}
    return Sentence.of("mailbox_trouble", str(trial.trouble), **values)


@require_POST
def reminders(request: HttpRequest) -> HttpResponse:
    """Keep how the person wants to be told what is due; or tell something now."""
    if "test" in request.POST:
        return _test_reminders(request)
    keeps = wired.settings().urls if request.POST.get("keep") == "on" else ()
    choices = {
        "email": request.POST.get("email", "").strip(),
        "desktop": request.POST.get("desktop") == "on",
        "details": request.POST.get("details") == "on",
        # those of before are not shown: they may hold secrets
        "urls": [*keeps, *request.POST.get("urls", "").split()],
        "page": f"{request.scheme}://{request.get_host()}",
    }
    try:
        wired.change_settings(choices)
    except BadInput as error:
        typed = {name: str(choices[name] or "") for name in ("email",)}
        return _page(request, "reminders", typed, error)
    return _done(request, "reminders", Sentence.of("setting_done", "reminders"))


def _test_reminders(request: HttpRequest) -> HttpResponse:
    try:
        ways = ", ".join(wired.test())
    except (BadInput, OutsideError) as error:
        what = page_error(error).message if isinstance(error, BadInput) else str(error)
        said = Sentence.of("setting_done", "test_failed", what=what)
        messages.error(request, say(said))
        return _back("reminders")
    return _done(
        request, "reminders", Sentence.of("setting_done", "test_went", ways=ways)
    )


@require_POST
def preference(request: HttpRequest, fold: str) -> HttpResponse:
    """Keep the language of letters, or the time zone."""
    name = {"language": "letter_language", "zone": "time_zone"}[fold]
    try:
        PREFERENCES.change(private_folder(), {name: request.POST.get(name, "").strip()})
    except BadInput as error:
        return _page(request, fold, error=error)
    return _done(request, fold, Sentence.of("setting_done", fold))


@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """Keep whom to ask for proof, of those on file."""
    proofs.choose(
        stamp_by=request.POST.getlist("stamp_by"),
        anchor_by=request.POST.getlist("anchor_by"),
        asks_dns=bool(request.POST.get("dns")),
    )
    return _done(request, "proof", Sentence.of("setting_done", "proof"))


@require_POST
def backup(request: HttpRequest) -> HttpResponse:
    """Return everything as one file, to put back; or written out, to read."""
    if "read" in request.POST:
        name = f"rescind-{clock.today()}.zip"
        return _file(everything.exported(), name, "application/zip")
    try:
        content = everything.backup(request.POST.get("passphrase", ""))
    except BadInput as error:
        return _page(request, "backup", error=error)
    name = f"rescind-backup-{clock.today()}.zip"
    return _file(content, name, "application/zip")


def _file(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Erase everything, once the word was typed."""
    if request.POST.get("word", "").strip() != "DELETE":
        messages.error(request, say(Sentence.of("setting_done", "not_deleted")))
        return _back("delete")
    everything.erase()
    response = _done(request, "delete", Sentence.of("setting_done", "deleted"))
    # what this browser kept to show offline (W3C, Clear Site Data)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _next(work: WorkOverview) -> list[tuple[PlannedWork, datetime]]:
    """Return what comes next, each with its moment on this computer's clock."""
    return [(row, row.at.astimezone(clock.local_zone())) for row in work.next]


def _done(request: HttpRequest, fold: str, said: Sentence) -> HttpResponse:
    messages.success(request, say(said))
    return _back(fold)


def _back(fold: str) -> HttpResponse:
    """Lead back to the page, to the fold, which is open."""
    return redirect(f"{reverse('settings')}?open={fold}#{fold}")


def _page(
    request: HttpRequest,
    fold: str,
    typed: Mapping[str, str] | None = None,
    error: BadInput | None = None,
) -> HttpResponse:
    """Return the page; what was typed into a fold stays where it cannot be used."""
    box = mailboxes.fields()
    work = workers.overview(clock.now())
    context = {
        "section": "settings",
        "folds": folds(work),
        "work": work,
        "next": _next(work) if fold == "runs" else (),
        "proof": proofs.chosen(),
        "on_file": providers(),
        "now": clock.now().astimezone(clock.local_zone()),
        "kept": everything_kept.counts(),
        "open": fold if fold in FOLDS else "",
        "wrong": page_error(error) if error else None,
        "wrong_field": error.field if error else "",
        "countries": sorted(country_names().items(), key=lambda item: item[1]),
        "you": _you_shown(),
        "prefers": PREFERENCES.entries(data_folder()),
        "letter_languages": letter_languages(),
        "zones": zone_groups() if fold == "zone" else (),
        "mailbox": box,
        "is_set": bool(box["address"]),
        # of the address just typed, so that its page of help stands beside the error
        "provider": provider_of((typed or box).get("address", box["address"])),
        "app_passwords": app_passwords(),
        "told_by": _reminders(),
    }
    if typed is not None:
        context[{"reminders": "typed"}.get(fold, fold)] = typed
    return render(
        request, "rescind/settings.html", context, status=422 if error else 200
    )


def _you_shown() -> Mapping[str, str]:
    """Return who writes; of a place within a country the country is shown."""
    kept = PROFILE.entries(data_folder())
    return {**kept, "country": kept.get("country", "")[:2]}


def _reminders() -> object:
    try:
        return wired.settings()
    except BadInput:
        return None
