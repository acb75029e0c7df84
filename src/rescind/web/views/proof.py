"""Proof: a page to drop a pack on, what is proved and what not, a case as a pack."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rescind.adapters.data.words import why_not
from rescind.adapters.evidence.summary import words
from rescind.adapters.evidence.trust import Role
from rescind.adapters.evidence.zip import zip_of
from rescind.adapters.public.checks import checks_json
from rescind.adapters.settings.proof import providers
from rescind.app.prove import packs, proof
from rescind.app.prove.sealing import Sealing, seal_case
from rescind.core.errors import BadInput
from rescind.store import selectors
from rescind.web.page_errors import page_error

MOST_BYTES = 200_000_000
MOST_ROOTS = 20
"""Files of certificates that are read at a time, for each role."""
ROLES = (packs.ANY_ROLE, *Role)


def verify(request: HttpRequest) -> HttpResponse:
    """Check a pack that is dropped on the page; nothing of it is kept."""
    if request.method != "POST":
        return render(request, "rescind/verify.html")
    try:
        context = _checked(request)
    except BadInput as error:
        context = {"error": page_error(error)}
        return render(request, "rescind/verify.html", context, status=422)
    return render(request, "rescind/verify.html", context)


def _checked(request: HttpRequest) -> dict[str, object]:
    upload = request.FILES.get("pack")
    if upload is None:
        raise BadInput("pack", why_not("choose_pack"))
    if (upload.size or 0) > MOST_BYTES:
        message = why_not("file_too_large", name=str(upload.name), most=MOST_BYTES)
        raise BadInput("pack", message)
    trusted = {role: request.FILES.getlist(role)[:MOST_ROOTS] for role in ROLES}
    contents = {role: [file.read() for file in trusted[role]] for role in ROLES}
    given = packs.TrustedFiles(contents=contents)
    checks = packs.verify_upload(upload.read(), given)
    return {
        "name": upload.name,
        "checks": checks,
        "shown": checks_json(checks),
        "trusted": [file.name for role in ROLES for file in trusted[role]],
    }


def about(request: HttpRequest) -> HttpResponse:
    """Say what is proved and what not, whom is asked, and what waits."""
    if request.method == "POST":
        proof.choose(
            stamp_by=request.POST.getlist("stamp_by"),
            anchor_by=request.POST.getlist("anchor_by"),
            asks_dns=bool(request.POST.get("dns")),
        )
        messages.success(request, "Kept: from now on these are asked.")
        return redirect("proof")
    context = {
        "offers": words("en")["offers"].values(),
        "not_proved": words("en")["not_proved"],
        "settings": proof.chosen(),
        "waiting": proof.count_waiting(),
        "on_file": providers(),
    }
    return render(request, "rescind/proof.html", context)


@require_POST
def seal(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Return a case as a sealed pack, with the certificate that checks it."""
    language = request.POST.get("lang", "en")
    order = Sealing(language=language, with_copy=request.POST.get("pades") == "on")
    sealed = seal_case(str(case_id), order)
    files = {"case.asice": sealed.pack, "case.pem": sealed.certificate}
    files |= {name.rpartition("/")[2]: copy for name, copy in sealed.copies.items()}
    response = HttpResponse(zip_of(files), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="evidence.zip"'
    return response


@require_POST
def retry(request: HttpRequest, case_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Try now to prove what of a case waits."""
    proof.settle(selectors.find_case(str(case_id)), is_urgent=True)
    return redirect("case", case_id=case_id)
