"""The page of settings: its folds, and what each says of itself while closed."""

from dataclasses import dataclass
from itertools import groupby

from rescind.adapters.data.countries import country_names, zone_choices, zones_of
from rescind.adapters.data.letters import language, languages
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.adapters.settings.profile import PROFILE
from rescind.adapters.settings.proof import providers
from rescind.app.follow import mailbox, reminders
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.core.model.sentence import Sentence
from rescind.core.model.work import WorkOverview
from rescind.labels import label, say
from rescind.settings import data_folder

FOLDS = (
    *("you", "mailbox", "reminders", "proof", "language", "zone"),
    *("backup", "runs", "delete"),
)
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


def folds(work: WorkOverview) -> tuple[Fold, ...]:
    """Return the folds with their present values."""
    values: dict[str, Sentence | str] = {
        "you": _you(),
        "mailbox": _mailbox(),
        "reminders": _reminders(),
        "proof": _proof(),
        "runs": _runs(work),
        "language": _language(),
        "zone": _zone(),
        "backup": value("backup"),
        # there is nothing to say of it while it is closed
        "delete": "",
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


def _language() -> Sentence:
    chosen = PREFERENCES.entries(data_folder()).get("letter_language")
    if not chosen:
        return value("language")
    return value("language_chosen", language=language(chosen)["name"])


def letter_languages() -> list[tuple[str, str]]:
    """Return the languages that letters are written in: code, and name in itself."""
    codes = sorted(languages("cancel"))
    return [(code, str(language(code)["name"])) for code in codes]


def _zone() -> Sentence:
    chosen = PREFERENCES.entries(data_folder()).get("time_zone")
    return value("zone_chosen", place=place_of(chosen)) if chosen else value("zone")


def place_of(zone: str) -> str:
    """Return the place that a time zone is named after.

    >>> place_of("America/Argentina/Buenos_Aires")
    'Buenos Aires'
    """
    return zone.rpartition("/")[2].replace("_", " ")


def zone_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the zones to choose from: those of the person's country, or all.

    Each group has the part of the world, and each zone its name and its place.
    """
    country = PROFILE.entries(data_folder()).get("country") or None
    names = set(zone_choices(country if len(zones_of(country)) > 1 else None))
    chosen = PREFERENCES.entries(data_folder()).get("time_zone")
    ordered = sorted(names | ({chosen} if chosen else set()))
    return [
        (part, [(name, place_of(name)) for name in inside])
        for part, inside in groupby(ordered, key=lambda name: name.partition("/")[0])
    ]


def _proof() -> Sentence:
    chosen = proof.chosen()
    on_file = {each["name"]: each["holder"] for each in providers()["authorities"]}
    holders = [on_file.get(name, name) for name in chosen["stamp_by"]]
    if holders:
        return value("proof", holders=", ".join(holders))
    return value("proof_anchored" if chosen["anchor_by"] else "proof_none")


def _runs(work: WorkOverview) -> Sentence:
    if not work.is_running:
        return value("runs_not")
    return value("runs_failed" if work.failed else "runs_well")
