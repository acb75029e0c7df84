"""The workbench of letters: corrected beside their preview, then sent or done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rescind.adapters import clock
from rescind.adapters.settings.profile import NAMES, PROFILE
from rescind.app.act import letters as writing
from rescind.app.act.plan import Planned, plan
from rescind.app.act.routes import at_the_counter
from rescind.app.act.workbench import (
    BenchLetter,
    Sending,
    kinds_of,
    lay_out,
    sendings,
    store_steps,
)
from rescind.app.follow import acting, cases
from rescind.core.errors import BadInput
from rescind.core.follow.letters import letters_of
from rescind.core.model.case import CaseState
from rescind.core.model.route import By
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.settings import data_folder
from rescind.store import selectors
from rescind.store.checks import OpenCheck, change, has_case
from rescind.web import bench_form
from rescind.web.answer_card import card
from rescind.web.page_errors import page_error
from rescind.web.views.facts import open_check, standard


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What lies on the workbench of one check."""

    check: OpenCheck
    facts: dict[str, str]
    planned: Planned
    sender: dict[str, str]
    letters: tuple[BenchLetter, ...]
    is_case: bool
    """Something was sent already: the facts stand, and what is left can still go."""

    @property
    def typed(self) -> dict[str, dict[str, str]]:
        """Return what was typed that counts for each kind of letter."""
        kinds = [letter.kind for letter in self.letters]
        return {kind: bench_form.of_kind(self.check.letters, kind) for kind in kinds}

    def act(self, kinds: Sequence[str]) -> acting.LettersToSend:
        """Return what is done with some of the letters."""
        return acting.LettersToSend(
            check=self.check.id,
            facts=self.facts,
            sender=self.sender,
            typed=self.typed,
            kinds=kinds,
        )


def letters(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the letters of the plan beside their fields; redraw, send, or record."""
    check = open_check(case_id)
    if request.method == "POST":
        check = _keep(request, check)
    bench = _bench(check)
    act = request.POST.get("act", "")
    if act:
        try:
            return _carry_out(request, bench, act)
        except BadInput as error:
            return _page(request, bench, error)
    return _page(request, bench)


@require_GET
def pdf(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return a letter of the workbench as a page to print."""
    written = _one(_bench(open_check(case_id)), kind)
    content = writing.renderer().pdf(written.letter)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}.pdf"'
    return response


@require_GET
def draft(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return a letter of the workbench as a mail draft."""
    final = writing.printed(_one(_bench(open_check(case_id)), kind))
    response = HttpResponse(writing.draft(final), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="{kind}.eml"'
    return response


def _one(bench: Bench, kind: str) -> writing.Written:
    for letter in bench.letters:
        if letter.kind == kind and letter.written is not None:
            return letter.written
        if letter.kind == kind and letter.error is not None:
            raise letter.error
    raise BadInput("letter", "there is no such letter here")


def _keep(request: HttpRequest, check: OpenCheck) -> OpenCheck:
    sender, typed = bench_form.read_form(request.POST)
    none = request.POST.get("none", "")
    if none in bench_form.SENDER:
        typed.setdefault(bench_form.ALL, {})["none"] = none
    kept = {group: {**check.letters.get(group, {}), **typed[group]} for group in typed}
    sender = {**check.sender, **sender}
    profile = {name: sender[name] for name in NAMES if sender.get(name)}
    PROFILE.change(data_folder(), profile)
    return change(
        check.id,
        now=clock.now(),
        sender=sender,
        letters={**check.letters, **kept},
    )


def _bench(check: OpenCheck) -> Bench:
    facts = standard(check)
    planned = plan(facts)
    sender = {**(PROFILE.read(data_folder()) or {}), **check.sender}
    sender["country"] = facts.get("country", "")
    is_case = has_case(check.id)
    kinds = kinds_of(planned.decision)
    kinds = _left(check, kinds) if is_case else kinds
    typed = {kind: bench_form.of_kind(check.letters, kind) for kind in kinds}
    laid = lay_out(kinds, facts, sender, typed)
    return Bench(
        check=check,
        facts=facts,
        planned=planned,
        sender=sender,
        letters=laid,
        is_case=is_case,
    )


def _left(check: OpenCheck, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of letters that did not go out yet."""
    case = selectors.read_case(check.id)
    out = {
        letter.kind
        for letter in letters_of(case.events, case.kind)
        if letter.state is not CaseState.DRAFT
    }
    return tuple(kind for kind in kinds if kind not in out)


def _carry_out(request: HttpRequest, bench: Bench, act: str) -> HttpResponse:
    """Do what a button says: its way, and the letters that go by it."""
    way, _, names = act.partition(":")
    kinds = [kind for kind in names.split(",") if kind in bench.typed]
    if not kinds:
        raise BadInput("letter", "there is no such letter here")
    if not bench.sender.get("name"):
        raise BadInput("name", label("name_missing", "bench"))
    order = bench.act(kinds)
    if way == "practise":
        copy = acting.practise(order)
        messages.success(request, label("practised", "bench"))
        address = reverse("case", args=[copy])
        return redirect(f"{address}?real={bench.check.id}")
    if way == By.POST and not bench.sender.get("address"):
        raise BadInput("address", label("address_for_post", "bench"))
    if way == "smtp":
        sent = acting.send(order, request.POST.get("to", ""))
        for each in sent:
            messages.info(request, f"{label(each.outcome, 'outcome')} {each.said}")
    else:
        acting.say_done(order, label(way, "route"))
    return redirect("case", case_id=bench.check.id)


def _page(
    request: HttpRequest, bench: Bench, error: BadInput | None = None
) -> HttpResponse:
    check, typed = bench.check, bench.check.letters
    none = typed.get(bench_form.ALL, {}).get("none", "").split()
    shown = card(bench.planned)
    context = {
        "check": check,
        "card": shown,
        "by": next((row for row in shown.rows if row.what == "By"), None),
        "sender": bench_form.sender_fields(bench.sender, bench.letters, none),
        "address": bench.sender.get("address", ""),
        "shared": bench_form.shared_fields(typed, bench.letters),
        "sheets": [bench_form.sheet(letter, typed) for letter in bench.letters],
        "sendings": [_sending(bench, each) for each in sendings(bench.letters)],
        "store": store_steps(bench.planned.decision),
        "mailbox": cases.smtp_account(),
        "error": page_error(error) if error else None,
        "is_case": bench.is_case,
        "all_kinds": ",".join(bench.typed),
    }
    status = 422 if error else 200
    page = "rescind/letters.html"
    if request.headers.get("HX-Request") and not error:
        page = "rescind/_sheets.html"
    return render(request, page, context, status=status)


def _sending(bench: Bench, sending: Sending) -> Mapping[str, object]:
    who = sending.to or bench.planned.checked.service.name
    kinds = ",".join(letter.kind for letter in sending.letters)
    count = len(sending.letters)
    first = sending.letters[0].written
    final = None if first is None else first.letter
    return {
        "to": who,
        "kinds": kinds,
        "names": [bench_form.name_of(letter.kind) for letter in sending.letters],
        "email": final.recipient.email if final else "",
        "ways": [
            {
                "by": way.by.value,
                "name": label(way.by.value, "way").format(who=who),
                "steps": [say(step) for step in way.steps],
                "link": way.link,
                "keep": [say(item) for item in way.keep],
                "counter": at_the_counter(bench.sender["country"])
                if way.by is By.POST
                else "",
                "button": _done(way.by, count),
            }
            for way in sending.ways
        ],
    }


_BOTH = 2


def _done(by: By, count: int) -> str:
    if by is By.POST:
        return label("posted" if count == 1 else "posted_several", "done")
    if by is By.ASK:
        return label("bank", "done")
    code = {1: "one", _BOTH: "both"}.get(count, "several")
    return say(Sentence.of("done", code, count=count))
