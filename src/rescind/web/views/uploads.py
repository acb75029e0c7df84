"""Statements come in: read at once where they are clear, asked about where not."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from rescind.adapters.data.countries import country_names
from rescind.adapters.data.words import why_not
from rescind.adapters.settings.profile import PROFILE
from rescind.app.find import receipts, statements, watch
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import day_in_words, days_in_words, say
from rescind.settings import data_folder, private_folder
from rescind.store.statements import Import, KnownFile, read_ledger
from rescind.web.import_form import COLUMNS, CORRECTIONS, import_questions
from rescind.web.page_errors import page_error
from rescind.web.refused import ask_again, refusal
from rescind.web.seen_charges import asked_about, values_of
from rescind.web.views.spending import (
    is_of_a_death,
    is_to_tick,
    ticks_address,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.files.uploadedfile import UploadedFile

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"\x00\x00\x00")
"""How pictures begin, those of phones (HEIF, ISO/IEC 23008-12) among them."""


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take files in, each by itself: one that cannot be read keeps none of the others.

    What leaves something open waits for the person's word.
    """
    _keep_country(request.POST.get("country", ""))
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, why_not("choose_statement").capitalize() + ".")
    asks = request.POST.get("ask") == "on"
    imports = [each for file in files if (each := _keep(request, file, asks=asks))]
    if not imports:
        # never the page itself: a browser that goes back has no copy of it
        return redirect(_list_address(request))
    for each in imports:
        if each.is_confirmed:
            _tell_read(request, each)
    return _go_on(request, imports, imports)


def _keep_country(country: str) -> None:
    if country in country_names():
        PROFILE.change(private_folder(), {"country": country})


def _keep(
    request: HttpRequest, file: "UploadedFile[bytes]", *, asks: bool
) -> Import | None:
    """Return what was read of a file; tell the person where it cannot be."""
    name = str(file.name)
    if file.size is None or file.size > statements.MOST_UPLOADED:
        _refuse(request, name, "it is over 50 MB", "too_large")
        return None
    content = file.read()
    try:
        if receipts.is_mail(content):
            return receipts.keep_content(name, content)
        return statements.keep_upload(name, content, asks=asks)
    except KnownFile as error:
        text = f"{say(error.message)}. {_say('already')}"
        messages.error(request, text)
    except BadInput as error:
        why = say(error.message).removeprefix(f"{name}: ").rstrip(".")
        _refuse(request, name, days_in_words(why), _advice(content))
    return None


def _advice(content: bytes) -> str:
    if not content.strip():
        return "empty"
    if receipts.is_mail(content):
        return "other_mail"
    return "picture" if content.startswith(_PICTURES) else "other_file"


def _refuse(request: HttpRequest, name: str, why: str, advice: str) -> None:
    text = f"{_say('not_read', name=name, why=why)} {_say(advice)}"
    messages.error(request, text)


def _tell_read(request: HttpRequest, each: Import) -> None:
    """Say what was read, and what was left out: nothing goes in silence."""
    layout = each.layout
    entries = layout["entries"]
    if layout["format"] == receipts.FORMAT:
        text = _say("read_receipts", name=each.name, entries=entries)
    elif layout["format"] == statements.LIST:
        text = _say("read_list", name=each.name, entries=entries)
    else:
        first, last = (day_in_words(layout[end]) for end in ("from", "to"))
        text = _say("read", name=each.name, entries=entries, first=first, last=last)
    notes = [f"{note}." for note in layout.get("notes", ())]
    messages.success(request, days_in_words(" ".join([text, *notes])))


def _go_on(
    request: HttpRequest, imports: Iterable[Import], read_now: Iterable[Import]
) -> HttpResponse:
    """Go to a file that waits for a word, or look for charges after an end."""
    waiting = next((each for each in imports if not each.is_confirmed), None)
    address = _list_address(request)
    if waiting is not None:
        _, mark, query = address.partition("?")
        return redirect(f"{reverse('import', args=[waiting.id])}{mark}{query}")
    _watch(request, {each.id for each in read_now})
    return redirect(address)


def _list_address(request: HttpRequest) -> str:
    """Return where what was read is seen: with ticks for those who came to tick."""
    if is_to_tick(request):
        return ticks_address(has_died=is_of_a_death(request))
    return reverse("spending")


def read(request: HttpRequest, import_id: str) -> HttpResponse:
    """Ask what a file leaves open; keep that it is understood, corrected or not."""
    if request.method == "POST":
        told = {n: request.POST.get(n, "").strip()[:100] for n in CORRECTIONS}
        try:
            statements.confirm_import(str(import_id), told)
        except BadInput as error:
            return ask_again(request, told, error)
        kept = next(i for i in read_ledger().imports if i.id == str(import_id))
        _tell_read(request, kept)
        return _go_on(request, read_ledger().imports, [kept])
    pending, refused = statements.pending_import(str(import_id)), refusal(request)
    typed: Mapping[str, str] = refused.typed if refused else {}
    profile = PROFILE.read(data_folder()) or {}
    context = {
        "error": page_error(refused.error) if refused else None,
        "read": pending,
        "questions": import_questions(pending, typed, profile.get("country")),
        "columns": COLUMNS,
        "typed": typed,
    }
    status = 422 if refused else 200
    return render(request, "rescind/import.html", context, status=status)


def _watch(request: HttpRequest, files: Collection[str]) -> None:
    """Tell of charges after an end; ask about those in ``files`` that may be some."""
    for each in watch.watch_cases(files):
        if each.alarm.is_sure:
            messages.error(request, _say("took_after_end", **values_of(each)))
        else:
            messages.warning(request, asked_about(each))


@require_POST
def forget(request: HttpRequest, import_id: str) -> HttpResponse:
    """Erase an import whole."""
    name = statements.forget(str(import_id))
    messages.success(request, _say("taken_away", name=name))
    return redirect("spending")


def _say(code: str, /, **values: Value) -> str:
    return say(Sentence.of("spending", code, **values))
