"""Filters: days and moments as a person reads them, and codes in words."""

from datetime import UTC, date, datetime, tzinfo
from urllib.parse import urlsplit

from django import template

from rescind import labels
from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.questions import question
from rescind.adapters.data.yaml import read_yaml
from rescind.core.act.alternatives import Alternative
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
        return f"{value.day} {value:%B %Y}" if value else ""
    local = value.astimezone(zones[0]) if len(zones) == 1 else value
    return f"{local.day} {local:%B %Y, %H:%M} ({local:%Z})"


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in itself."""
    return str(read_yaml(SHIPPED / "languages" / f"{code}.yaml")["name"])


@register.filter
def host(link: str) -> str:
    """Return the host a link leads to, so that it can be checked before a click."""
    return urlsplit(link).netloc


@register.filter
def stamp(at: str | datetime, zone: tzinfo = UTC) -> str:
    """Return a recorded moment to the minute, where the person is."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M} {local:%Z}"


@register.filter
def in_words(value: object) -> str:
    """Return text with its days in words, as they stand everywhere on our pages."""
    text = (
        ""
        if value is None
        else labels.say(value)
        if isinstance(value, Sentence)
        else str(value)
    )
    return labels.days_in_words(text)


@register.filter
def is_digest(value: str) -> bool:
    """Return whether a detail names a kept file."""
    return value.startswith("sha256:")


@register.filter
def listed(names: frozenset[str]) -> str:
    """Return names in order, with commas."""
    return ", ".join(sorted(names))


@register.filter
def question_words(fact: str) -> str:
    """Return the question that asks for a fact."""
    return question(fact).text


@register.filter
def course_cost(course: Alternative) -> str:
    """Return what a course costs at worst and at best, as a sentence."""
    cost = labels.course_cost(course)
    return f"It {cost}." if cost else ""


@register.filter
def percent(share: float) -> str:
    """Return a share from 0 to 1 as hundredths."""
    return f"{round(share * 100)} %"


@register.filter
def last_day(places: list[dict[str, str]]) -> str:
    """Return the day of the last charge."""
    return places[-1]["on"]
