"""What do I pay for? Statements in, findings decided about, and what they cost."""

from typing import TYPE_CHECKING, NoReturn

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters.data.words import why_not
from rescind.adapters.settings.profile import PROFILE
from rescind.app.find import receipts, spending, statements, watch
from rescind.app.know import checks
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.settings import data_folder
from rescind.web import charts
from rescind.web.fact_typed import with_facts
from rescind.web.page_errors import page_error
from rescind.web.spending_cards import paid_cards

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.uploadedfile import UploadedFile

    from rescind.store.statements import Import

CORRECTIONS = (
    "dates",
    "spending",
    "booked",
    "amount",
    "debit",
    "credit",
    "text",
    "payee",
    "currency",
)
CHANGES = ("merchant", "kind", "period", "service")


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show what is paid for, and ask for statements where there are none."""
    return render(request, "rescind/spending.html", _context())


def _context() -> dict[str, object]:
    paid = spending.spending()
    return {
        "paid": paid,
        "cards": paid_cards(paid),
        "chart": charts.months(paid["months"], paid["totals"]),
        "year": charts.year(paid),
    }


@require_GET
def as_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the same for another program; account numbers are masked."""
    return JsonResponse(spending.spending(), json_dumps_params={"ensure_ascii": False})


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Take statements in; each waits until it is said to be understood."""
    files = request.FILES.getlist("files")
    try:
        imports = [_keep(file) for file in files] or _nothing()
    except BadInput as error:
        context = _context() | {"error": page_error(error)}
        return render(request, "rescind/spending.html", context, status=422)
    if len(imports) > 1 or imports[0].is_confirmed:
        return redirect("spending")
    return redirect("import", import_id=imports[0].id)


def _keep(file: "UploadedFile[bytes]") -> "Import":
    if file.size is None or file.size > statements.MOST_UPLOADED:
        raise BadInput("file", f"{file.name} is over 50 MB", ["rescind find"])
    name, content = str(file.name), file.read()
    if receipts.is_mail(content):
        return receipts.keep_content(name, content)
    return statements.keep(name, content, is_confirmed=False)


def _nothing() -> NoReturn:
    raise BadInput("file", why_not("choose_statement"), ["csv", "ofx", "camt.053"])


def read(request: HttpRequest, import_id: str) -> HttpResponse:
    """Show how a file is understood; keep that it is, corrected or not."""
    context: dict[str, object] = {}
    if request.method == "POST":
        corrections = {
            name: request.POST.get(name, "").strip()[:100] for name in CORRECTIONS
        }
        try:
            name = statements.confirm_import(str(import_id), corrections)
        except BadInput as error:
            context["error"] = page_error(error)
        else:
            _watch(request)
            messages.success(request, f"{name} is read.")
            return redirect("spending")
    context |= {
        "read": statements.pending_import(str(import_id)),
        "corrections": CORRECTIONS,
    }
    return render(
        request,
        "rescind/import.html",
        context,
        status=422 if "error" in context else 200,
    )


def _watch(request: HttpRequest) -> None:
    for each in watch.watch_cases():
        text = (
            f"{each.case.service_name} took money on {each.alarm.on} although it had "
            "ended: the case is open again."
        )
        messages.error(request, text)


@require_POST
def forget(request: HttpRequest, import_id: str) -> HttpResponse:
    """Erase an import whole."""
    name = statements.forget(str(import_id))
    messages.success(request, f"{name} is forgotten.")
    return redirect("spending")


@require_GET
def one(request: HttpRequest, finding_id: str) -> HttpResponse:
    """Show a finding: its charges, prices, why, and what can be done."""
    paid = spending.spending()
    every = [*paid["findings"], *paid["dismissed"]]
    finding = next((each for each in every if each["id"] == finding_id), None)
    if finding is None:
        messages.error(request, "That finding is not there any more.")
        return redirect("spending")
    others = [each for each in paid["findings"] if each["id"] != finding_id]
    context = {"each": finding, "others": others, "kinds": statements.KINDS}
    return render(request, "rescind/finding.html", context)


@require_POST
def end(request: HttpRequest, finding_id: str) -> HttpResponse:
    """Go from a line of a statement to its answer, with all that the line tells."""
    told = spending.to_end(finding_id)
    if told is None:
        messages.error(request, "That finding is not there any more.")
        return redirect("spending")
    facts = {**(PROFILE.read(data_folder()) or {}), **told}
    check = checks.begin(facts["name"])
    known = {name: text for name, text in facts.items() if name in FACTS}
    checks.keep_typed(check, with_facts(check.typed, known))
    return redirect("answer-page", case_id=check.id)


@require_POST
def decide(request: HttpRequest, finding_id: str, act: str) -> HttpResponse:
    """Keep what the person says of a finding."""
    acts: dict[str, Callable[[], str]] = {
        "confirm": lambda: statements.confirm(finding_id),
        "dismiss": lambda: statements.dismiss(finding_id),
        "restore": lambda: statements.restore(finding_id),
        "correct": lambda: statements.correct(
            finding_id, {n: request.POST.get(n, "") for n in CHANGES}
        ),
        "join": lambda: statements.join(finding_id, request.POST.get("other", "")),
        "split": lambda: statements.split(finding_id, request.POST.getlist("on")),
    }
    try:
        if act not in acts:
            raise BadInput.unknown_value("act", act, list(acts))
        name = acts[act]()
    except BadInput as error:
        said = page_error(error)
        messages.error(request, f"{said.field}: {said.message}")
        return redirect("finding", finding_id=finding_id)
    messages.success(request, f"{name}: kept.")
    return redirect("spending")
