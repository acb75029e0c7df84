"""Filters: days and moments as a person reads them, and codes in words."""

import re
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rescind import labels
from rescind.adapters import clock
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.cldr import sum_on_page
from rescind.adapters.data.questions import question
from rescind.adapters.data.yaml import read_yaml
from rescind.core.model.sentence import Sentence

register = template.Library()

register.filter("say", labels.say)
register.filter("label", labels.label)
register.filter("event_name", labels.event_name)
register.filter("detail_value", labels.detail_value)
register.filter("check_name", labels.check_name)
register.filter("period_name", labels.period_name)


@register.filter
def moment(value: date | datetime | None, zones: tuple[tzinfo, ...] = ()) -> str:
    """Return a day or a moment, in the consumer's zone where it is known."""
    if not isinstance(value, datetime):
        return labels.day_in_words(value) if value else ""
    return stamp(value, zones[0] if len(zones) == 1 else None)


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in itself."""
    return str(read_yaml(SHIPPED / "languages" / f"{code}.yaml")["name"])


@register.filter
def host(link: str) -> str:
    """Return the host a link leads to, so that it can be checked before a click."""
    return urlsplit(link).netloc


_ADDRESS = re.compile(
    r"(?<![\w@./-])(https://[^\s<>\"]+|[a-z0-9-]+(?:\.[a-z0-9-]+)*"
    r"\.(?:com|org|net|gov|edu|int)(?![\w@-])(?:/[^\s<>\"]*)?)"
)
"""An address of the web in a text; what a bank's line prints in capitals is none."""


@register.filter
def linked(text: str) -> SafeString:
    """Return a text in which addresses of the web are links, over TLS alone."""
    parts = _ADDRESS.split(text)
    return format_html_join("", "{}", ((_link(n, p),) for n, p in enumerate(parts)))


def _link(number: int, part: str) -> str:
    if not number % 2:
        return part
    address = part.rstrip(".,;:!?)")
    whole = address if address.startswith("https://") else f"https://{address}"
    link = format_html(
        '<a href="{}" rel="noreferrer noopener external">{}</a>', whole, address
    )
    return format_html("{}{}", link, part[len(address) :])


@register.filter
def stamp(at: str | datetime, zone: tzinfo | None = None) -> str:
    """Return a recorded moment to the minute, where the person is; no zone is named."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = moment.astimezone(zone or clock.local_zone())
    return f"{labels.day_in_words(local.date())}, {local:%H:%M}"


@register.filter
def in_words(value: object, country: str | None = None) -> str:
    """Return text with its days and sums as they stand everywhere on our pages.

    A day is written in the order of a country, where one is given.
    """
    text = (
        ""
        if value is None
        else labels.say(value, country)
        if isinstance(value, Sentence)
        else str(value)
    )
    return labels.sums_in_words(labels.days_in_words(text, country))


@register.filter
def place(locator: str) -> str:
    """Return where something stands, with no name that code gives to a fact."""
    return labels.place(locator)


@register.filter
def is_digest(value: str) -> bool:
    """Return whether a detail names a kept file."""
    return value.startswith("sha256:")


@register.filter
def listed(names: frozenset[str]) -> str:
    """Return names in order, with commas."""
    return ", ".join(sorted(names))


@register.filter
def kinds_in_words(names: frozenset[str]) -> str:
    """Return kinds of contracts as people call them, in order, with commas."""
    called = question("kind").choices
    return ", ".join(sorted(called.get(name, name) for name in names))


@register.filter
def question_words(fact: str) -> str:
    """Return the question that asks for a fact."""
    return question(fact).text


@register.filter
def percent(share: float) -> str:
    """Return a share from 0 to 1 as hundredths."""
    return f"{round(share * 100)} %"


@register.filter
def newest_first(places: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return charges with the latest first."""
    return places[::-1]


@register.filter
def money(stated: Mapping[str, str]) -> str:
    """Return a sum in the public form as pages write it."""
    return sum_on_page(stated["amount"], stated["currency"])


@register.filter
def entry_money(entry: Mapping[str, str]) -> str:
    """Return what an entry took or brought, in words: no sign has to be read."""
    size = sum_on_page(entry["amount"].removeprefix("-"), entry["currency"])
    code = "paid" if entry["amount"].startswith("-") else "came_in"
    return labels.say(Sentence.of("import_question", code, sum=size))


@register.filter
def get(values: Mapping[str, str], name: str) -> str:
    """Return the value of a name; empty where there is none."""
    return values.get(name, "")
