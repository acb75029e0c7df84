"""The page of settings: its folds, and what each says of itself while closed."""

from dataclasses import dataclass

from rescind.adapters.data.countries import country_names
from rescind.adapters.settings.profile import PROFILE
from rescind.app.follow import mailbox, reminders
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.labels import label, say
from rescind.settings import data_folder

FOLDS = ("you", "mailbox", "reminders")
"""In the order of the page; the people who sign in will stand before the backup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """One fold."""

    name: str
    title: str
    value: str

    @property
    def template(self) -> str:
        """Return what stands in it."""
        return f"rescind/_setting_{self.name}.html"


def folds() -> tuple[Fold, ...]:
    """Return the folds with their present values."""
    values = {
        "you": _you(),
        "mailbox": _mailbox(),
        "reminders": _reminders(),
    }
    return tuple(
        Fold(name=name, title=label(name, "setting"), value=say(values[name]))
        for name in FOLDS
    )


def value(code: str, /, **values: str) -> Sentence:
    """Return what a fold says of itself."""
    return Sentence.of("setting_value", code, **values)


def _you() -> Sentence:
    profile = PROFILE.entries(data_folder())
    country = country_names().get(profile.get("country", "")[:2], "")
    parts = [part for part in (profile.get("name"), country) if part]
    return value("you", parts=", ".join(parts)) if parts else value("you_none")


def _mailbox() -> Sentence:
    address = mailbox.fields()["address"]
    return value("mailbox", address=address) if address else value("mailbox_none")


def _reminders() -> Sentence:
    try:
        wanted = reminders.settings()
    except BadInput:
        return value("reminders_none")
    ways = {
        "by_mail": wanted.email,
        "on_screen": wanted.desktop,
        "elsewhere": wanted.urls,
    }
    said = [label(way, "setting_value") for way, is_on in ways.items() if is_on]
    return value("reminders", ways=", ".join(said)) if said else value("reminders_none")
