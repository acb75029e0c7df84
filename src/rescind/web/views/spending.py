"""What do I pay for? What comes back each month, what is said of it, and its end."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rescind.adapters import clock
from rescind.adapters.data.countries import country_names
from rescind.adapters.settings.profile import PROFILE
from rescind.app.find import by_hand, spending, statements
from rescind.app.find.categories import CATEGORIES
from rescind.app.know import checks
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import label, say
from rescind.settings import data_folder
from rescind.store import listing
from rescind.web import charts
from rescind.web.fact_typed import with_facts
from rescind.web.hand_form import TYPED, hand_fields, typed_of
from rescind.web.page_errors import page_error
from rescind.web.paid_cases import cases_of
from rescind.web.refused import ask_again, refusal
from rescind.web.several import DIED, MOST, begin_each
from rescind.web.spending_cards import paid_cards
from rescind.web.views.several import address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SEVERAL = "several"
CHANGES = ("merchant", "kind", "period", "service")


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show what is paid for, and ask for statements where there are none."""
    paid, country = spending.spending(), _country()
    category, aside = request.GET.get("category", ""), request.GET.get("aside", "")
    cards = paid_cards(
        paid,
        today=clock.now().date(),
        country=country,
        category=category,
        cases=listing.running_cases(),
    )
    context = {
        "paid": paid,
        "cards": cards,
        "charts": charts.year(paid),
        "ticks": SEVERAL in request.GET,
        "has_died": is_of_a_death(request),
        "aside": next((e for e in paid["dismissed"] if e["id"] == aside), None),
        "countries": () if country else _countries(),
    }
    return render(request, "rescind/spending.html", context)


def is_of_a_death(request: HttpRequest) -> bool:
    """Return whether it is about what somebody left who died."""
    return DIED in request.GET or DIED in request.POST


def is_to_tick(request: HttpRequest) -> bool:
    """Return whether somebody came to tick what is to end."""
    return SEVERAL in request.GET or SEVERAL in request.POST or is_of_a_death(request)


def ticks_address(*, has_died: bool) -> str:
    """Return the address where what is to end is ticked."""
    return f"{reverse('spending')}?several=1{'&died=1' if has_died else ''}"


def _country() -> str | None:
    return (PROFILE.read(data_folder()) or {}).get("country")


def _countries() -> list[tuple[str, str]]:
    return sorted(country_names().items(), key=lambda item: item[1])


@require_GET
def as_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the same for another program; account numbers are masked."""
    return JsonResponse(spending.spending(), json_dumps_params={"ensure_ascii": False})


@require_GET
def one(request: HttpRequest, finding_id: str) -> HttpResponse:
    """Show a finding: its charges, prices, why, and what can be done."""
    paid = spending.spending()
    every = [*paid["findings"], *paid["dismissed"]]
    finding = next((each for each in every if each["id"] == finding_id), None)
    if finding is None:
        return _gone(request)
    others = [each for each in paid["findings"] if each["id"] != finding_id]
    running = listing.running_cases()
    cards = paid_cards(
        {**paid, "findings": [finding], "by_hand": [], "ends": []},
        today=clock.now().date(),
        country=_country(),
        cases=running,
    )
    context = {
        "each": finding,
        "card": next(iter([*cards.first, *cards.bills, *cards.in_cases]), None),
        "others": others,
        "case_id": cases_of(paid["findings"], running).get(finding_id, ""),
        "kinds": statements.KINDS,
        "categories": [(code, label(code, "category")) for code in CATEGORIES],
    }
    return render(request, "rescind/finding.html", context)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, _say("gone"))
    return redirect("spending")


@require_POST
def end(request: HttpRequest, finding_id: str) -> HttpResponse:
    """Go from a line of a statement to its answer, with all that the line tells."""
    told = spending.to_end(finding_id)
    if told is None:
        return _gone(request)
    facts = {**(PROFILE.read(data_folder()) or {}), **told}
    check = checks.begin(facts["name"])
    checks.keep_origin(check, told)
    kept = {*FACTS, checks.FROM_LINE}
    known = {name: text for name, text in facts.items() if name in kept and text}
    checks.keep_typed(check, with_facts(check.typed, known))
    return redirect("answer-page", case_id=check.id)


@require_POST
def end_several(request: HttpRequest) -> HttpResponse:
    """Go from the lines that were ticked to what is asked about all of them."""
    told = [spending.to_end(each) for each in request.POST.getlist("finding")[:MOST]]
    has_died = is_of_a_death(request)
    # heirs withdraw from nothing: a first charge is no day that their letter may state
    left_out = {"purchased_at"} if has_died else set[str]()
    known = [facts for facts in told if facts is not None]
    try:
        ids = begin_each(
            {name: text for name, text in facts.items() if name not in left_out}
            for facts in known
        )
    except BadInput as error:
        messages.error(request, page_error(error).message)
        return redirect(ticks_address(has_died=has_died))
    return redirect(address("several-facts", ids, has_died=has_died))


@require_POST
def decide(request: HttpRequest, finding_id: str, act: str) -> HttpResponse:
    """Keep what the person says of a finding."""
    acts: dict[str, Callable[[], str]] = {
        "confirm": lambda: statements.confirm(finding_id),
        "dismiss": lambda: statements.dismiss(finding_id),
        "restore": lambda: statements.restore(finding_id),
        "sort": lambda: statements.sort(finding_id, request.POST.get("category", "")),
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
        wrong = page_error(error)
        messages.error(request, f"{wrong.field}: {wrong.message}")
        return redirect("finding", finding_id=finding_id)
    if act == "dismiss":
        return redirect(f"/spending/?aside={finding_id}")
    messages.success(request, _say("back" if act == "restore" else "kept", name=name))
    return redirect("spending")


def write(request: HttpRequest, key: str = "") -> HttpResponse:
    """Write down something that no statement shows, or change what was written."""
    if request.method == "POST":
        told = {n: request.POST.get(n, "").strip()[:100] for n in TYPED}
        try:
            paid = by_hand.keep(told, str(key))
        except BadInput as error:
            return ask_again(request, told, error)
        messages.success(request, _say("kept", name=paid.name))
        return redirect("spending")
    typed: Mapping[str, str] = typed_of(by_hand.one(str(key))) if key else {}
    context: dict[str, object] = {"key": key, "fields": hand_fields(typed, None)}
    refused = refusal(request)
    if refused is not None:
        asked = label(refused.error.field, "by_hand")
        context["error"] = replace(page_error(refused.error), field=asked)
        context["fields"] = hand_fields(refused.typed, refused.error)
    status = 422 if refused else 200
    return render(request, "rescind/by_hand.html", context, status=status)


@require_POST
def strike(request: HttpRequest, key: str) -> HttpResponse:
    """Take away what was written down."""
    messages.success(request, _say("struck", name=by_hand.forget(str(key))))
    return redirect("spending")


def _say(code: str, /, **values: Value) -> str:
    return say(Sentence.of("spending", code, **values))
