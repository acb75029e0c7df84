"""Days of which only the month is known: letters say the month, and no day of it."""

from collections.abc import Mapping
from datetime import date

from rescind.core.act.matter import Matter
from rescind.core.model.facts import When, day_of
from rescind.core.model.letter import LetterText, LocaleFormat

_VALUES: Mapping[str, tuple[str, ...]] = {
    "cancelled_at": ("cancelled_on", "first_sent_on", "given_on"),
    "withdrawn_at": ("withdrawn_on", "first_sent_on", "given_on"),
    "paid_at": ("paid_on",),
    "delivered_at": ("delivered_on",),
    "died_at": ("died_on",),
    "price_raised_at": ("price_raised_on", "change_on"),
    "terms_changed_at": ("terms_changed_on", "change_on"),
    "change_told_at": ("told_on",),
    "ill_at": ("ill_on",),
    "moved_at": ("moved_on",),
    "unemployed_at": ("unemployed_on",),
}
"""The values of letters that may be the day of a fact."""


def months_known(matter: Matter, days: Mapping[str, When | None]) -> dict[str, date]:
    """Return the values of which only the month is known, each with a day of it."""
    facts, found = matter.checked.facts, {}
    for fact in facts.by_month:
        told: When = getattr(facts, fact)
        day = day_of(told, facts.zones)
        for name in _VALUES.get(fact, ()):
            value = days.get(name)
            if value is not None and day_of(value, facts.zones) == day:
                found[name] = day
    return found


def in_months(
    template: str,
    months: Mapping[str, date],
    *,
    text: LetterText,
    locale: LocaleFormat,
) -> str:
    """Return a clause that says the month where only that is known."""
    for name, day in months.items():
        template = _say(template, f"{{{name}}}", day, text=text, locale=locale)
    return template


def _say(
    template: str, value: str, day: date, *, text: LetterText, locale: LocaleFormat
) -> str:
    words = text.months
    forms = {"month": locale.month(day), "year": str(day.year)}
    for form, names in (("in", words.inside), ("of", words.of)):
        forms |= {form: names[day.month - 1]} if names else {}
    is_first, said = template.startswith(value), template
    for around, instead in words.around:
        old, new = around.replace("{day}", value), instead.format_map(forms)
        said = said.replace(old, new)
        if not around.startswith("{"):
            said = said.replace(_raised(old), _raised(new))
    said = said.replace(value, forms["month"])
    return _raised(said) if is_first else said


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]
