"""Each service on file is found on statements, and the printed command opens it."""

import json
import shlex
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from rescind.adapters.data.catalogue import Catalogue
from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.data.service_names import ServiceName
from rescind.adapters.settings.profile import PROFILE
from rescind.app.find.finding import find, read_statements
from rescind.app.know.check import check
from rescind.cli.find import next_command
from rescind.core.find.clean import cleaned
from rescind.core.model.descriptor import Descriptors
from rescind.core.model.recurring_charge import RecurringCharge
from tests.test_cli import run

NAMES = {each.slug: each for each in Catalogue().all_names}
TODAY = date(2026, 11, 29)
APP_STORE = {"apple-media", "icloud-plus"}
"""What Apple bills under its own name only: whose it is, a receipt says."""

SHARED_NAMES = {"match-uk", "sky-uk"}
"""Called like services of other countries: whose it is, the person's own tells."""


def shown(name: ServiceName) -> str:
    """Return a service's name as a bank prints it."""
    return f"{name.name.partition(' (')[0].upper()} 4Z8QK"


def statement(folder: Path, text: str) -> Path:
    rows = [f"2026-{month:02}-06,{text},-11.47,EUR" for month in range(5, 12)]
    path = folder / "a.csv"
    path.write_text("\n".join(["Date,Description,Amount,Currency", *rows]))
    return path


def found(folder: Path, text: str) -> RecurringCharge:
    (charge,) = find(read_statements([str(statement(folder, text))]))
    return charge


def facts_of(command: list[str]) -> dict[str, str]:
    """Return the facts that a printed command gives."""
    program, verb, service, *flags = shlex.split(" ".join(command))
    assert (program, verb) == ("rescind", "check")
    names = (name.removeprefix("--").replace("-", "_") for name in flags[::2])
    return {"service": service, **dict(zip(names, flags[1::2], strict=True))}


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("RESCIND_HOME", str(folder))
    return folder


@pytest.mark.parametrize("slug", sorted(set(NAMES) - APP_STORE))
@pytest.mark.parametrize("lives_there", [True, False])
def test_the_printed_command_opens_the_service(
    slug: str, home: Path, tmp_path: Path, *, lives_there: bool
) -> None:
    name = NAMES[slug]
    if lives_there and len(name.countries) == 1:
        PROFILE.change(home, {"country": name.countries[0]})

    charge = found(tmp_path, shown(name))

    facts = facts_of(next_command(charge, TODAY))

    if not lives_there and slug in SHARED_NAMES:
        assert (facts["service"], facts["merchant"]) == ("other", charge.merchant)
        slug = "other"
    assert facts["service"] == slug
    assert check(facts).service.slug == slug


def test_the_printed_command_runs_as_it_stands(tmp_path: Path) -> None:
    done = run("find", str(statement(tmp_path, "PLANET FIT CLUB FEES 8")))
    command = done.stdout.split("To see how one of them is ended:\n")[1]

    answer = run(*shlex.split(command.replace("\\\n", " "))[1:], "--json")

    assert json.loads(answer.stdout)["service"] == "planet-fitness"


def test_who_lives_elsewhere_is_led_to_no_other_countrys_service(
    home: Path, tmp_path: Path
) -> None:
    PROFILE.change(home, {"country": "DE"})

    facts = facts_of(next_command(found(tmp_path, "PLANET FITNESS 12"), TODAY))

    assert (facts["service"], facts["merchant"]) == ("other", "Planet Fitness")
    assert check(facts).service.name == "Planet Fitness"


def test_a_name_near_a_service_goes_on_as_the_other_merchant(tmp_path: Path) -> None:
    facts = facts_of(next_command(found(tmp_path, "SKY ITALIA SRL"), TODAY))

    assert (facts["service"], facts["merchant"]) == ("other", "Sky")
    assert check(facts).service.name == "Sky"


def test_what_nobody_on_file_is_called_like_goes_on_by_its_name(tmp_path: Path) -> None:
    facts = facts_of(next_command(found(tmp_path, "MOLOTOV TV 4"), TODAY))

    assert facts["service"] == "Molotov"
    assert check(facts).service.name == "Molotov"


def known_to(name: ServiceName) -> Descriptors:
    return descriptors(None, name.countries[0] if len(name.countries) == 1 else None)


def descriptors_on_file() -> Iterator[tuple[str, str]]:
    """Yield each service with each name that its entry has from statements."""
    for slug in sorted(set(NAMES) - APP_STORE):
        for text in NAMES[slug].on_statements:
            yield slug, text


AS_SEEN = [
    ("adobe-creative-cloud", "DRI*ADOBE CREATIVE CLOUD"),
    ("adobe-creative-cloud", "DRI*ADOBE SYSTEMS"),
    ("audible", "AUDIBLE.COM"),
    ("audible", "AUDIBLE*8J2KQ"),
    ("disney-plus", "DISNEY *SUBSCRIPTION"),
    ("netflix", "PAYPAL *NETFLIX"),
    ("amazon-prime", "AMAZONPRIME"),
    ("amazon-music-unlimited", "AMAZON MUSIC"),
    ("x-premium", "X PREMIUM"),
    ("x-premium", "TWITTER BLUE"),
    ("x-premium", "X.COM"),
    ("x-premium", "X CORP"),
    ("jiohotstar", "DISNEY PLUS HOTSTAR"),
    ("google-one", "GOOGLE *Google One"),
    ("planet-fitness", "PLANETFITNESS.COM"),
    ("virgin-media", "VIRGINMEDIA.COM"),
]
"""Seen on statements, by pages that collect them and by people's own rules."""


@pytest.mark.parametrize(("slug", "text"), [*descriptors_on_file(), *AS_SEEN])
def test_a_descriptor_names_its_service(slug: str, text: str) -> None:
    known = known_to(NAMES[slug])

    _, texts = cleaned(pl.Series([f"{text} 8812"]), known)

    number = texts.row(0, named=True)["merchant"]
    assert number is not None
    assert known.merchants[number].service == slug


def test_one_price_of_a_service_is_no_new_merchant(tmp_path: Path) -> None:
    charge = found(tmp_path, "NETFLIX.COM 866-579-7172")

    assert charge.amount.amount == Decimal("11.47")
    assert len(charge.transactions) == 7
