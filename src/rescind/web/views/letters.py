"""The workbench of letters: corrected beside their preview, then sent or done."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from rescind.adapters import clock
from rescind.adapters.data.words import ENGLISH, why_not
from rescind.adapters.settings.profile import PROFILE, is_of_another, keep_own
from rescind.app.act import letters as writing
from rescind.app.act.routes import at_the_counter, posted_from
from rescind.app.act.workbench import (
    BY,
    BenchLetter,
    Sending,
    goes_to_bank,
    lacks_address,
    sendings,
)
from rescind.app.follow import acting, cases
from rescind.app.follow.at_store import store_of
from rescind.app.follow.sent_on import goes_to_company
from rescind.core.errors import BadInput
from rescind.core.model.route import By
from rescind.core.model.sentence import Sentence
from rescind.labels import day_in_words, label, say
from rescind.settings import data_folder
from rescind.store import listing, selectors
from rescind.store.checks import adopt, change
from rescind.web import bench_form
from rescind.web.answer_card import card
from rescind.web.before_letters import lacks
from rescind.web.bench import Bench, bench, is_to_be_read, office_hint
from rescind.web.bench_choices import name_of
from rescind.web.bench_picture import keep_picture
from rescind.web.bench_ways import (
    day_for,
    email_field,
    keep_way,
    share_address,
    with_given,
)
from rescind.web.page_errors import page_error
from rescind.web.page_field import PageField
from rescind.web.pressed import pressed
from rescind.web.sheets import sheets_out


def letters(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the letters of the plan beside their fields; redraw, send, or record.

    Of a running case it is the letter that was chosen, else what is still to be sent.
    """
    given = request.POST if request.method == "POST" else request.GET
    chosen = given.get("letter", "")[:40]
    try:
        laid = bench(str(case_id), chosen)
    except BadInput as error:
        if request.method == "POST" or not is_to_be_read(str(case_id), chosen):
            raise
        messages.warning(request, page_error(error).message)
        return redirect("case", case_id=case_id)
    question = lacks(laid)
    if question:
        return redirect(f"{reverse('facts', args=[case_id])}?{question}=1")
    if request.method == "POST":
        return _worked_on(request, laid)
    if laid.store and not laid.letters:
        return redirect("steps", case_id=case_id)
    return _page(request, laid)


def _worked_on(request: HttpRequest, laid: Bench) -> HttpResponse:
    """Keep what was typed, and do what was pressed."""
    laid = _keep(request, laid)
    act = pressed(request)
    try:
        laid = keep_picture(request, laid)
        if act:
            return _carry_out(request, laid, act)
    except BadInput as error:
        return _page(request, laid, error)
    return _page(request, laid)


@require_GET
def pdf(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Return a letter of the workbench as a page to print."""
    written = _one(bench(str(case_id), request.GET.get("letter", "")), kind)
    content = writing.renderer().pdf(written.letter)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}.pdf"'
    return response


@require_GET
def draft(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Return a letter of the workbench as a mail draft."""
    laid = bench(str(case_id), request.GET.get("letter", ""))
    final = writing.printed(_one(laid, kind))
    response = HttpResponse(writing.draft(final), content_type="message/rfc822")
    response["Content-Disposition"] = f'attachment; filename="{kind}.eml"'
    return response


def _one(laid: Bench, kind: str) -> writing.Written:
    if lacks(laid):
        raise BadInput("letter", why_not("no_such_letter"))
    for letter in laid.letters:
        if letter.kind == kind and letter.written is not None:
            return letter.written
        if letter.kind == kind and letter.error is not None:
            raise letter.error
    raise BadInput("letter", why_not("no_such_letter"))


def _keep(request: HttpRequest, laid: Bench) -> Bench:
    """Keep what was typed, and return the workbench with it."""
    check = laid.check
    sender, typed = bench_form.read_form(with_given(request.POST))
    for number, sending in enumerate(sendings(laid.letters), start=1):
        kinds = [letter.kind for letter in sending.letters]
        share_address(typed, kinds)
        keep_way(typed, kinds, request.POST, number)
    none = request.POST.get("none", "")
    if none in bench_form.SENDER:
        before = check.letters.get(bench_form.ALL, {}).get("none", "").split()
        lacked = " ".join(dict.fromkeys([*before, none]))
        typed.setdefault(bench_form.ALL, {})["none"] = lacked
    kept = {group: {**check.letters.get(group, {}), **typed[group]} for group in typed}
    for kind in kept.keys() & laid.facts.keys():
        kept[kind] = bench_form.changed(kept[kind], laid.known(kind))
    if _is_other_writer(laid, sender):
        # who writes now lives elsewhere: that address stood there from another letter
        sender["address"] = ""
    sender = {**check.sender, **sender}
    keep_own(data_folder(), sender, is_own="own" in request.POST)
    if laid.case is not None:
        adopt(check, now=clock.now())
    letters = {**check.letters, **kept}
    change(check.id, now=clock.now(), sender=sender, letters=letters)
    return bench(check.id, laid.chosen)


def _is_other_writer(laid: Bench, sender: Mapping[str, str]) -> bool:
    """Return whether a letter has just got another's name above the address of one."""
    before, name = laid.sender.get("name", ""), sender.get("name", "")
    address = laid.sender.get("address", "").splitlines()
    is_same_address = sender.get("address", "").splitlines() in ([], address)
    is_other = bool(before) and name != before and is_of_another(data_folder(), name)
    return is_other and is_same_address


def _carry_out(request: HttpRequest, laid: Bench, act: str) -> HttpResponse:
    """Do what a button says: its way, and the letters that go by it."""
    way, _, names = act.partition(":")
    kinds = [kind for kind in names.split(",") if kind in laid.typed]
    if not kinds:
        raise BadInput("letter", why_not("no_such_letter"))
    if not laid.sender.get("name"):
        raise BadInput("name", label("name_missing", "bench"))
    order = laid.order(kinds)
    if way == "practise":
        return _practised(request, laid, order)
    _require_addresses(laid, way, kinds[0])
    if way == "smtp":
        at = request.POST.get("at", "").strip()
        to = _one(laid, kinds[0]).letter.recipient.email or ""
        for each in acting.send(order, to, at if len(kinds) == 1 else None):
            messages.info(request, f"{label(each.outcome, 'outcome')} {each.said}")
    else:
        sent_on = request.POST.get("sent_on", "").strip()
        acting.say_done(order, label(way, "route"), sent_on)
    # what was typed was for these letters, and not for the next ones of their kind
    rest = {
        group: told for group, told in laid.check.letters.items() if group not in kinds
    }
    change(laid.check.id, now=clock.now(), letters=rest)
    return redirect("case", case_id=laid.check.id)


_WHERE_TO = {
    By.POST.value: ("merchant_address", "office_missing"),
    By.EMAIL.value: ("to", "email_missing"),
}
"""What is asked for before letters go a way: the field, and why."""


def _require_addresses(laid: Bench, way: str, kind: str) -> None:
    """Raise BadInput for letters that would go to, or from, nobody knows where.

    It names every address that is missing.
    """
    way = By.EMAIL.value if way == "smtp" else way
    missing = {}
    if way == By.POST and not laid.sender.get("address"):
        missing["address"] = label("address_for_post", "bench")
    going = (s for s in sendings(laid.letters) if kind in (x.kind for x in s.letters))
    if any(lacks_address(each, way) for each in going):
        field, why = _WHERE_TO[way]
        missing[field] = label(why, "bench").format(who=laid.service_name)
    if missing:
        raise BadInput(next(iter(missing)), " ".join(missing.values()))


def _practised(
    request: HttpRequest, laid: Bench, order: acting.LettersToSend
) -> HttpResponse:
    copy = acting.practise(order)
    messages.success(request, label("practised", "bench"))
    query = urlencode({"real": laid.check.id, "letter": laid.chosen})
    return redirect(f"{reverse('case', args=[copy])}?{query}")


def _page(
    request: HttpRequest, laid: Bench, error: BadInput | None = None
) -> HttpResponse:
    check, typed = laid.check, laid.check.letters
    none = typed.get(bench_form.ALL, {}).get("none", "").split()
    ways = sendings(laid.letters)
    sendable = " ".join(letter.kind for each in ways for letter in each.letters)
    context = {
        "check": check,
        "case": laid.case,
        "chosen": laid.chosen,
        **_head(laid),
        "sender": bench_form.sender_fields(
            laid.sender,
            laid.letters,
            none,
            is_name_before=laid.case is None
            and not check.sender.get("name")
            and bool(laid.sender.get("name")),
        ),
        "address": laid.sender.get("address", ""),
        "shared": bench_form.shared_fields(
            typed, is_posted=_office_of(laid) is not None
        ),
        "bank": bench_form.bank_fields(typed, laid.letters),
        "printing": bench_form.print_fields(typed),
        "has_picture": bool(typed.get(bench_form.ALL, {}).get("signature")),
        "sheets": [_sheet(laid, letter) for letter in laid.letters],
        "sendings": [_sending(laid, each) for each in ways],
        "store": laid.store,
        "mailbox": cases.smtp_account(),
        "error": page_error(error) if error else None,
        "all_kinds": ",".join(laid.typed),
        "sendable": sendable,
        "own_name": _other_own_name(laid),
        "out": sheets_out(laid.case) if laid.case else (),
        "copies": [(copy, at.date()) for copy, at in listing.practice_copies(check.id)],
    }
    status = 422 if error else 200
    page = "rescind/letters.html"
    if request.headers.get("HX-Request") and not error:
        page = "rescind/_redrawn.html"
        # what is being typed there is not taken away while the same letters can go
        posted = request.POST.get("sender.address", "").strip()
        is_other = bool(posted) and not laid.sender.get("address")
        context["is_redrawn"] = is_other or request.POST.get("shown") != sendable
    return render(request, page, context, status=status)


def _sheet(laid: Bench, letter: BenchLetter) -> bench_form.Sheet:
    """Return a letter as the page shows it; its e-mail address stands at the way."""
    shown = bench_form.sheet(letter, laid.check.letters, laid.known(letter.kind))
    mailed = any(
        letter in each.letters and any(way.by is By.EMAIL for way in each.ways)
        for each in sendings(laid.letters)
    )
    if not mailed:
        return shown
    fields = tuple(f for f in shown.fields if not f.name.endswith(".to"))
    return replace(shown, fields=fields)


def _other_own_name(laid: Bench) -> str:
    """Return the name that letters begin with, where this one has another."""
    if not is_of_another(data_folder(), laid.sender.get("name", "")):
        return ""
    return str(PROFILE.entries(data_folder())["name"])


def _head(laid: Bench) -> Mapping[str, object]:
    """Return what stands above the letters: what about, the title, and by when."""
    if laid.case is None and laid.planned is not None:
        shown = card(laid.planned)
        by = [row for row in shown.rows if row.left]
        title = shown.title if not laid.letters else ""
        return {"about": shown.about, "by": by, "title": title or _title(laid)}
    return {"about": laid.service_name, "by": (), "title": _title(laid)}


def _reader(laid: Bench) -> str:
    """Return who the letter goes to: a store that bills, else the company."""
    case = laid.case
    if case is None or case.has_letter or goes_to_company(case, laid.chosen):
        return laid.service_name
    return store_of(case)


def _title(laid: Bench) -> str:
    titles = ENGLISH.table("bench_title")
    count = len(laid.letters)
    if laid.chosen in titles and count:
        return label(laid.chosen, "bench_title").format(who=_reader(laid))
    if not count:
        return label("out", "bench_title")
    code = {1: "one", _BOTH: "two"}.get(count, "more")
    return label(code, "bench_title").format(count=count)


def _at_the_counter(sending: Sending) -> str:
    """Return what to ask for at the post office of the country it is posted in."""
    written = sending.letters[0].written
    return at_the_counter(posted_from(written)) if written is not None else ""


def _sending(laid: Bench, sending: Sending) -> Mapping[str, object]:
    """Return how letters go out; the way that was chosen stays so, else the surest."""
    email, ways = email_field(laid, sending), sending.ways
    came_back = selectors.failed_at(email.value) if email.value else None
    if came_back is not None:
        # an address that failed is the last that is tried
        ways = tuple(sorted(ways, key=lambda way: way.by is By.EMAIL))
        day = day_in_words(came_back.astimezone(clock.local_zone()).date())
        email = replace(email, hint=label("email_failed", "bench").format(day=day))
    names = [way.by.value for way in ways]
    chosen = laid.typed[sending.letters[0].kind].get(BY, "")
    by = next((way for way in (chosen, laid.sent_by, *names) if way in names), "")
    who = sending.to or laid.service_name
    kinds = ",".join(letter.kind for letter in sending.letters)
    count, is_bank = len(sending.letters), goes_to_bank(sending)
    return {
        "to": label("bank", "who") if is_bank else who,
        "until": day_for(laid, kinds.split(",")) if is_bank else None,
        "kinds": kinds,
        "names": [name_of(letter.kind) for letter in sending.letters],
        "email": email,
        "office": _office(laid, sending),
        "ways": [
            {
                "by": way.by.value,
                "is_chosen": way.by.value == by,
                "name": label("bank" if is_bank else way.by.value, "way").format(
                    who=who
                ),
                "steps": [say(step) for step in way.steps],
                "link": way.link,
                "keep": [say(item) for item in way.keep],
                "counter": _at_the_counter(sending) if way.by is By.POST else "",
                "button": label("bank", "done") if is_bank else _done(way.by, count),
            }
            for way in ways
        ],
    }


def _office_of(laid: Bench) -> Sending | None:
    """Return the first letters that can be posted to the company."""
    every = (each for each in sendings(laid.letters) if not goes_to_bank(each))
    return next((e for e in every if any(w.by is By.POST for w in e.ways)), None)


def _office(laid: Bench, sending: Sending) -> PageField | None:
    """Return the field for where the company is, once on the page."""
    first = _office_of(laid)
    if first is None or first.letters != sending.letters:
        return None
    written = sending.letters[0].written
    return PageField(
        name=f"{bench_form.ALL}.merchant_address",
        label=label("office", "bench").format(who=laid.service_name),
        hint=office_hint(written.letter.recipient if written else None),
        kind="lines",
        value=laid.check.letters.get(bench_form.ALL, {}).get("merchant_address", ""),
    )


_BOTH = 2


def _done(by: By, count: int) -> str:
    posted = "posted" if count == 1 else "posted_several"
    if by is By.POST:
        return label(posted, "done")
    code = {1: "one", _BOTH: "both"}.get(count, "several")
    return say(Sentence.of("done", code, count=count))
