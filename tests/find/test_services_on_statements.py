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
from tests.program import run

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


def a_year_apart(folder: Path, text: str, amount: str, currency: str) -> Path:
    rows = [f"{year}-03-12,{text},-{amount},{currency}" for year in (2025, 2026)]
    around = [f"2026-{m:02}-0{m % 8 + 1},CORNER SHOP,-3.1{m},EUR" for m in range(1, 11)]
    path = folder / "year.csv"
    path.write_text("\n".join(["Date,Description,Amount,Currency", *rows, *around]))
    return path


def test_a_yearly_charge_names_the_plan_and_its_day(home: Path, tmp_path: Path) -> None:
    PROFILE.change(home, {"country": "DE"})
    path = a_year_apart(tmp_path, "DISNEY PLUS", "89.90", "EUR")
    charges = find(read_statements([str(path)]))
    (charge,) = (each for each in charges if each.service == "disney-plus")

    facts = facts_of(next_command(charge, TODAY))

    assert facts == {
        "service": "disney-plus",
        "channel": "web",
        "price": "89.90 EUR",
        "paid_at": "2026-03-12",
        "renews_at": "2027-03-12",
        "charged_since": "2025-03-12",
        "offer": "annual",
    }
    answer = check(facts | {"country": "DE"}).verdict
    assert answer.offer == "annual"
    assert str(answer.topics["cancel"].ends_on) == "2027-03-11"


@pytest.mark.usefixtures("home")
def test_one_service_in_two_currencies_is_two_contracts(tmp_path: Path) -> None:
    text = "DROPBOX*8J2KQ4 DB.TT/CCHELP"
    rows = [
        f"2026-{month:02}-{day},{text},-11.99,{currency}"
        for month in range(3, 12)
        for day, currency in (("04", "EUR"), ("17", "USD"))
    ]
    path = tmp_path / "two.csv"
    path.write_text("\n".join(["Date,Description,Amount,Currency", *rows]))

    charges = find(read_statements([str(path)]))

    told = [facts_of(next_command(each, TODAY)) for each in charges]
    assert sorted((f["price"], f["renews_at"], f["offer"]) for f in told) == [
        ("11.99 EUR", "2026-12-04", "monthly"),
        ("11.99 USD", "2026-12-17", "monthly"),
    ]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("text", "offer", "period"),
    [
        # four plans are paid by the month
        ("NETFLIX.COM", None, "P1M"),
        # a box of wine or other goods may be paid at any length
        ("GOUSTO.CO.UK", None, "P1M"),
        ("STRAVA INC", "monthly", None),
    ],
)
def test_a_rhythm_names_the_plan_only_where_one_has_it(
    text: str, offer: str | None, period: str | None, tmp_path: Path
) -> None:
    facts = facts_of(next_command(found(tmp_path, text), TODAY))

    assert (facts.get("offer"), facts.get("period")) == (offer, period)


def test_a_rhythm_leaves_the_offers_that_are_paid_for_so_often() -> None:
    told = {"service": "coursera", "channel": "web", "country": "US"}

    yearly = check({**told, "period": "P12M"})
    weekly = check({**told, "period": "P1W"})

    assert set(yearly.service.offers) == {"plus-annual", "teams"}
    assert len(weekly.service.offers) > len(yearly.service.offers)
    assert "fact_not_used" not in {w.code for w in yearly.verdict.warnings}
    assert "fact_not_used" in {w.code for w in weekly.verdict.warnings}


@pytest.mark.parametrize(("period", "is_told"), [("P1Y", False), ("P1M", True)])
def test_a_rhythm_beside_an_offer_is_told_of_where_it_does_not_fit(
    period: str, *, is_told: bool
) -> None:
    told = {"service": "disney-plus", "offer": "annual", "period": period}

    codes = {each.code for each in check(told).verdict.warnings}

    assert ("fact_not_used" in codes) is is_told


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
