"""What statements show of a contract: since a death, and what may be after its end.

A slim installation reads no statements: nothing is known of charges then.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rescind.adapters.data.cldr import money_on_page, sum_on_page
from rescind.app.follow import wrong_charges
from rescind.app.know import check
from rescind.core.errors import BadInput
from rescind.core.follow.recorded_end import paid_after
from rescind.core.model.case import Case
from rescind.core.model.facts import Facts, day_of
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence, Value
from rescind.extras import import_part
from rescind.labels import day_in_words, say

if TYPE_CHECKING:
    from rescind.app.find.watch import CaseAlarm

Taken: TypeAlias = Mapping[str, tuple[tuple[date, Money], ...]]
"""What was taken, by the service's slug or the company's name."""


def charged_since(day: date) -> Taken:
    """Return what statements show after a day; nothing where none can be read here."""
    try:
        part = import_part("rescind.app.find.since_death")
    except BadInput:
        return {}
    taken: Taken = part.charged_since(day)
    return taken


def day_of_death(facts: Facts | None) -> date | None:
    """Return the day on which the holder died, if it was told."""
    if facts is None or facts.died_at is None:
        return None
    return day_of(facts.died_at, facts.zones)


def taken_in_words(since: Taken, *, service: str, name: str) -> str:
    """Return what was taken for a contract since the death; empty for nothing."""
    taken = since.get(service) or since.get(name, ())
    if not taken:
        return ""
    texts = [f"{money_on_page(sum_)} on {day_in_words(on)}" for on, sum_ in taken]
    return say(Sentence.of("several", "taken", what=", ".join(texts)))


def taken_since_death(case: Case) -> str:
    """Return what was taken since the holder of a running case died; empty: nothing."""
    if not case.facts.get("died_at"):
        return ""
    try:
        told = {name: fact for name, fact in case.facts.items() if fact is not None}
        died_on = day_of_death(check.check(told).facts)
    except BadInput:
        return ""
    if died_on is None:
        return ""
    since = charged_since(died_on)
    name = str(case.facts.get("merchant") or case.service_name)
    return taken_in_words(since, service=case.service, name=name)


def may_be_after_end(case: Case) -> Iterator[SafeString]:
    """Yield a question for each charge of a store that may be of an ended case."""
    try:
        watch = import_part("rescind.app.find.watch")
    except BadInput:
        return
    for each in watch.doubts(case):
        yield asked_about(each)


def known_after_end(case: Case) -> Iterator[SafeString]:
    """Yield a charge on file that came after the end, with what asks for it back."""
    charge = wrong_charges.known_after_end(case)
    is_next = charge is not None and paid_after(case.events) == charge.on
    if charge is None or charge.sum is None or is_next:
        return
    sum_, day = money_on_page(charge.sum), day_in_words(charge.on)
    values = {"payee": case.service_name, "sum": sum_, "day": day}
    text = say(Sentence.of("spending", "on_file_after_end", **values))
    yield _with_link(case, text, "ask_for_it", day=day, amount=str(charge.sum))


def _with_link(
    case: Case, text: str, code: str, *, day: str, amount: str
) -> SafeString:
    told = urlencode({"on": day, "amount": amount})
    address = f"{reverse('charged', args=[case.id])}?{told}"
    link = say(Sentence.of("spending", code))
    return format_html('{} <a href="{}">{}</a>', text, address, link)


def asked_about(each: "CaseAlarm") -> SafeString:
    """Return the question whether a charge was a case's, with a link to say so."""
    amount, day = each.amount, day_in_words(each.alarm.on)
    text = say(Sentence.of("spending", "may_be_after_end", **values_of(each)))
    return _with_link(each.case, text, "look_at_it", day=day, amount=amount)


def values_of(each: "CaseAlarm") -> dict[str, Value]:
    """Return what a sentence on a charge after an end says of it."""
    return {
        "payee": each.payee,
        "service": each.case.service_name,
        "sum": sum_on_page(each.amount.split(" ")[0], each.alarm.currency or None),
        "day": day_in_words(each.alarm.on),
    }
