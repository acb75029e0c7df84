"""The rules of finding, where whole statements do not reach each of them."""

import random
import time
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from rescind.adapters.data.descriptors import descriptors
from rescind.adapters.public.finding import sentences_json
from rescind.adapters.statements.reader import read_content
from rescind.core.find.accounts import together
from rescind.core.find.clean import FLAGS, cleaned, fold
from rescind.core.find.joining import follows
from rescind.core.find.payee import series_of
from rescind.core.find.rhythm import rhythm
from rescind.core.find.same_payee import alike
from rescind.core.find.series import Charge
from tests.find.test_find import find, monthly, only
from tests.find.test_watch import HALF_YEAR, watch

KNOWN = descriptors()


def told(text: str) -> tuple[str, str | None, str, set[str]]:
    """Return words, merchant, channel and flags of a text."""
    numbers, read = cleaned(pl.Series([text]), KNOWN)
    row = read.row(numbers[0], named=True)
    merchant = (
        None if row["merchant"] is None else KNOWN.merchants[row["merchant"]].name
    )
    flags = {name for place, name in enumerate(FLAGS) if row["flags"] >> place & 1}
    return row["words"], merchant, row["channel"], flags


@pytest.mark.parametrize(
    ("text", "words", "merchant", "channel"),
    [
        ("NETFLIX.COM 866-579-7172 CA", "NETFLIX", "Netflix", "direct"),
        ("PAYPAL *SPOTIFY 402-935-7733", "SPOTIFY", "Spotify", "paypal"),
        ("APPLE.COM/BILL 866-712-7753 CA", "", None, "apple"),
        ("GOOGLE *TextNow", "TEXTNOW", None, "google"),
        ("FS *fabley", "FABLEY", None, "reseller"),
        ("PADDLE.NET* SETAPP", "SETAPP", "Setapp", "reseller"),
        ("SQ *LUMEN STUDIO", "LUMEN STUDIO", None, "direct"),
        ("PAG*NETFLIX", "NETFLIX", "Netflix", "direct"),
        ("1&1 Telecom GmbH", "ONE&ONE TELECOM", "1&1", "direct"),
        ("H & M BERLIN", "BERLIN", "H&M", "direct"),
        # a company beside the name of what it sells
        ("MICROSOFT*XBOX GAME PASS", "MICROSOFT XBOX GAME PASS", "Xbox", "direct"),
        ("Microsoft MICROSOFT*XBOX", "MICROSOFT XBOX", "Xbox", "direct"),
        ("MICROSOFT*PC GAME PASS", "MICROSOFT PC GAME PASS", "Xbox", "direct"),
        ("MICROSOFT*SKYPE", "MICROSOFT SKYPE", "Skype", "direct"),
        ("MICROSOFT*MICROSOFT 365", "MICROSOFT", "Microsoft 365", "direct"),
        ("Amazon Prime*1A2B3", "AMAZON PRIME", "Amazon Prime", "direct"),
        ("AMZN Mktp DE*2K4AB1", "AMZN MKTP", "Amazon", "direct"),
        ("ネットフリックス", "ネットフリックス", "Netflix", "direct"),
        ("EREF+123 SVWZ+Lumen Größe", "LUMEN GROSSE", None, "direct"),
    ],
)
def test_a_text_is_told_who_is_paid_and_through_whom(
    text: str, words: str, merchant: str | None, channel: str
) -> None:
    assert told(text)[:3] == (words, merchant, channel)


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("STROMABSCHLAG NORDHEIM", "bill"),
        ("LEBENSVERSICHERUNG XY", "bill"),
        ("CAFE MIRABEAU", "habit"),
        ("RATENKREDIT 7", "instalment"),
        ("PRLV SEPA LUMEN", "recurring"),
        ("JAHRESABO LUMEN", "subscription"),
        ("FOREIGN TRANSACTION FEE", "fee"),
        ("REFUND LUMEN", "refund"),
        ("PROBEMONAT LUMEN", "trial"),
    ],
)
def test_words_tell_what_is_paid_for(text: str, flag: str) -> None:
    assert flag in told(text)[3]


def test_no_stem_is_so_short_that_it_is_in_other_names() -> None:
    stems = [stem for merchant in KNOWN.merchants for stem in merchant.stems]

    assert len(KNOWN.merchants) >= 400
    assert sum(bool(m.source) for m in KNOWN.merchants) >= 400
    assert all(len(stem) > 1 for stem in stems)
    assert fold("") == ""


def test_names_of_nothing_are_not_alike() -> None:
    assert not alike("", "LUMEN")
    assert alike("LUMEN", "LUMEN")
    assert alike("LUMEN READS", "SP LUMEN")
    assert alike("SP LUMEN", "LUMEN READS")


def test_a_single_day_has_no_rhythm() -> None:
    assert rhythm([1]) is None


def charges(cost: int, *days: date) -> list[Charge]:
    return [Charge(day.toordinal(), cost, place) for place, day in enumerate(days)]


def test_series_of_other_rhythms_do_not_follow_each_other() -> None:
    year = charges(50_000, date(2023, 1, 5), date(2024, 1, 5), date(2025, 1, 5))
    month = charges(50_000, *(date(2025, m, 20) for m in range(2, 9)))
    (before,), _ = series_of(year)
    (after,), _ = series_of(month)

    assert follows(before, after, pauses=4.5, ratio=2.2) is None
    assert follows(after, before, pauses=4.5, ratio=2.2) is None


def test_two_charges_that_are_a_month_and_little_apart_do_not_lead_a_long_series() -> (
    None
):
    quarter = charges(50_000, date(2025, 1, 5), date(2025, 4, 5))
    month = charges(50_000, date(2025, 5, 5), date(2025, 6, 5))
    (before,), _ = series_of(quarter)
    (after,), _ = series_of(month)

    assert follows(before, after, pauses=4.5, ratio=2.2) is None


def test_three_purchases_at_apple_of_one_price_are_a_contract_only_when_even() -> None:
    text = "APPLE.COM/BILL CORK"
    uneven = [
        (date(2025, 1, 3), 4.49, text),
        (date(2025, 2, 8), 4.49, text),
        (date(2025, 3, 3), 4.49, text),
    ]

    assert find(*uneven) == []
    assert only(find(*monthly(3, 4.49, text))).period == "P1M"


def test_a_variable_sum_collected_by_order_is_a_bill() -> None:
    lines = [
        (on, 30 + n * 17.31 % 25, "LASTSCHRIFT ORBITAL WERKE")
        for n, (on, _, _) in enumerate(monthly(10, 0, ""))
    ]

    found = only(find(*lines))

    assert found.kind == "bill"
    assert (
        "its amounts change, or are large, and it is collected by order"
        in sentences_json(found.because)
    )


@pytest.mark.parametrize(
    ("costs", "kind"),
    [
        ((17.4, 18.1, 17.4, 21.05, 17.4, 18.1), "bill"),
        # a price that rises and falls back once, and what foreign money does to one
        ((17.4, 17.4, 17.4, 21.05, 17.4, 17.4), "subscription"),
        ((17.4, 17.9, 17.5, 18.1, 17.6, 17.8), "subscription"),
    ],
)
def test_small_sums_that_go_up_and_down_by_order_are_a_bill(
    costs: tuple[float, ...], kind: str
) -> None:
    days = [date(2025, 1 + n, 20) for n in range(len(costs))]
    lines = [
        (day, cost, "TIESIOGINIS DEBETAS VEJORYSYS")
        for day, cost in zip(days, costs, strict=True)
    ]

    found = only(find(*lines))

    assert found.kind == kind
    assert found.merchant == "Vejorysys"


@pytest.mark.parametrize(
    ("text", "merchant"),
    [("CEDAR ELECTRIC COOP", None), ("COOP ZUERICH", "Coop"), ("LIDL 12", "Lidl")],
)
def test_a_cooperative_is_no_shop(text: str, merchant: str | None) -> None:
    assert told(text)[1] == merchant


def test_a_rent_is_told_by_its_size() -> None:
    assert only(find(*monthly(8, 950.0, "KRAMER WHG"))).kind == "bill"


def test_days_that_spread_make_a_finding_less_sure() -> None:
    even = only(find(*monthly(8, 9.0, "LASTSCHRIFT QUILLON FITNESS")))
    spread = [
        (date(2025, m, 5 + (m * 5) % 7), 9.0, "LASTSCHRIFT QUILLON FITNESS")
        for m in range(1, 9)
    ]

    assert only(find(*spread)).sureness < even.sureness


def test_a_dearer_charge_by_another_way_is_not_the_ended_contract() -> None:
    after = [(date(2025, 7, 6), 12.99, "PAYPAL *DEEZER")]

    assert watch(HALF_YEAR, after, effective_on=date(2025, 6, 20)) == []


def test_a_single_charge_and_a_dearer_one_are_not_enough() -> None:
    after = [(date(2025, 7, 6), 12.99, "DEEZER")]

    assert watch(HALF_YEAR[:1], after, effective_on=date(2025, 6, 20)) == []


def test_of_very_many_files_only_those_named_alike_are_compared() -> None:
    head, end = b"Date,Description,Amount\n", b"2025-01-14,B,-1.00"
    files = [
        read_content(
            f"{n:03}-2025.csv",
            head + b"2025-01-13,P%d A,-%d.50\n" % (n, n) + end,
        )
        for n in range(1, 100)
    ]
    later = read_content(
        "007-2026.csv", head + b"2025-02-13,P7 A,-7.50\n2025-02-14,C,-2.00\n"
    )

    both = together([*files, later])

    assert both["account"].n_unique() == 99


def test_services_of_a_catalogue_of_ones_own_are_known(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue" / "l"
    folder.mkdir(parents=True)
    (folder / "lumen.yaml").write_text(
        "service: lumen\nname: Lumen Reads\naliases: [lmn books]\n", encoding="utf-8"
    )

    own = descriptors(tmp_path)
    _, told = cleaned(pl.Series(["CARD LMN BOOKS 4411"]), own)

    assert own.merchants[told["merchant"][0]].service == "lumen"


APPLE = "APPLE.COM/BILL CORK"


def test_a_charge_for_two_contracts_at_apple_is_of_both() -> None:
    one = [line for line in monthly(12, 2.99, APPLE, day=5) if line[0].month != 6]
    two = [line for line in monthly(12, 9.99, APPLE, day=6) if line[0].month != 6]

    found = find(*one, *two, (date(2025, 6, 6), 12.98, APPLE))

    assert [len(f.transactions) for f in found] == [12, 12]
    assert {p.amount for f in found for p in f.transactions} == {2990, 9990}


def test_a_purchase_of_another_sum_at_apple_is_of_neither() -> None:
    one, two = monthly(12, 2.99, APPLE, day=5), monthly(12, 9.99, APPLE, day=6)

    found = find(
        *one, *two, (date(2025, 6, 9), 12.98, APPLE), (date(2025, 7, 6), 5.49, APPLE)
    )

    assert [len(f.transactions) for f in found] == [12, 12]


def test_a_first_price_leads_to_the_usual_one() -> None:
    found = only(
        find(
            *monthly(3, 1.99, "VERDANT PRESS"),
            *monthly(9, 9.99, "VERDANT PRESS", start=4),
        )
    )

    assert len(found.transactions) == 12
    assert [place.on for place in found.price_rises] == [date(2025, 4, 5)]


@pytest.mark.parametrize(
    ("text", "cost", "kind"),
    [
        ("DAUERAUFTRAG MAX KRAMER", 50.0, "other"),
        ("DAUERAUFTRAG MAX KRAMER", 900.0, "other"),
        ("DAUERAUFTRAG TURNVEREIN MITGLIEDSBEITRAG", 12.0, "subscription"),
        ("PRZELEW WYCHODZĄCY JAN KOWALSKI", 90.0, "other"),
        ("PRZELEW ZEWNĘTRZNY JAN KOWALSKI CZYNSZ", 90.0, "bill"),
        ("PRZELEW NA TELEFON JAN KOWALSKI", 90.0, "other"),
        ("PRZELEW WYCHODZĄCY SIŁOWNIA KARNET", 90.0, "subscription"),
        ("ODCHOZÍ ÚHRADA NOVÁK JAN", 90.0, "other"),
        ("OKAMŽITÁ PLATBA NOVÁK JAN", 90.0, "other"),
        ("SEPA prevod Ján Novák", 90.0, "other"),
        ("ODCHOZÍ ÚHRADA LUMEN PŘEDPLATNÉ", 90.0, "subscription"),
        ("ПЕРЕВОД ИВАН ПЕТРОВ", 90.0, "other"),
    ],
)
def test_what_is_ordered_by_the_holder_is_no_subscription(
    text: str, cost: float, kind: str
) -> None:
    assert only(find(*monthly(8, cost, text))).kind == kind


def test_one_price_every_week_with_gaps_is_a_habit_whatever_its_name() -> None:
    weeks = [n for n in range(40) if n % 8]
    days = [date(2025, 1, 6) + timedelta(days=7 * n) for n in weeks]

    assert find(*((day, 3.4, "BLUE DOOR 7") for day in days)) == []


def test_a_way_of_booking_that_is_on_no_list_is_learnt_from_the_account() -> None:
    names = ("LUMEN", "VERDANT", "ORBITAL", "KINDRED", "MOSAIC", "HELIX", "NIMBUS")
    once = [
        (date(2025, 3, n + 1), 5.0 + n, f"XYLOPHON {name} READS")
        for n, name in enumerate((*names, "TRELLA", "SONANT"))
    ]
    lines = monthly(12, 9.0, "")
    first = [(on, cost, "XYLOPHON QUILLON STUDIO") for on, cost, _ in lines[:6]]
    later = [(on, cost, "CARD QUILLON STUDIO") for on, cost, _ in lines[6:]]

    found = only(find(*once, *first, *later))

    assert (found.merchant, len(found.transactions)) == ("Quillon Studio", 12)


def test_what_comes_back_after_a_long_silence_is_a_series_of_its_own() -> None:
    old = (date(2024, 1, 5), 9.99, "NETFLIX.COM")

    found = only(find(old, *monthly(6, 9.99, "NETFLIX.COM")))

    assert (found.period, found.state) == ("P1M", "active")
    assert len(found.transactions) == 6


def test_two_stretches_at_one_price_are_two_series() -> None:
    before = [(date(2023, m, 5), 9.99, "NETFLIX.COM") for m in range(1, 5)]

    found = find(*before, *monthly(6, 9.99, "NETFLIX.COM"))

    assert sorted((f.state, len(f.transactions)) for f in found) == [
        ("active", 6),
        ("ended", 4),
    ]


def test_a_silence_between_prices_of_two_plans_parts_each() -> None:
    old = [(date(2024, 1, d), p, "NETFLIX.COM") for d, p in ((5, 4.99), (9, 9.99))]
    dear = monthly(6, 9.99, "NETFLIX.COM", day=9)

    found = find(*old, *monthly(6, 4.99, "NETFLIX.COM"), *dear)

    assert sorted(len(f.transactions) for f in found) == [6, 6]


@pytest.mark.parametrize("count", [12, 24])
def test_every_thirty_days_is_no_month(count: int) -> None:
    days = [date(2024, 1, 3) + timedelta(days=30 * n) for n in range(count)]

    found = only(find(*((day, 78.5, "GRANITE WALL") for day in days)))

    assert (found.period, len(found.transactions)) == ("P30D", count)
    assert found.next_on == days[-1] + timedelta(days=30)


def test_few_charges_thirty_days_apart_are_a_months() -> None:
    days = [date(2024, 1, 3) + timedelta(days=30 * n) for n in range(5)]

    assert only(find(*((day, 8.5, "GRANITE WALL") for day in days))).period == "P1M"


@pytest.mark.parametrize("text", ["NORDVPN.COM", "GRANITE WALL"])
def test_yearly_charges_that_rise_are_one_contract(text: str) -> None:
    prices = enumerate((59.88, 79.88, 99.48))

    found = only(find(*((date(2023 + n, 3, 4), cost, text) for n, cost in prices)))

    assert (found.kind, found.period) == ("subscription", "P1Y")
    assert len(found.transactions) == 3


def test_a_payee_with_very_many_charges_takes_no_square_of_time() -> None:
    chance = random.Random(5)
    start = date(2024, 1, 1)
    days = [start + timedelta(days=chance.randrange(700)) for _ in range(20_000)]
    lines = [(day, chance.randrange(500, 90_000) / 100, "AMAZON") for day in days]
    plan = [(start + timedelta(days=30 * n), 8.99, "AMAZON") for n in range(23)]

    began = time.process_time()
    found = find(*lines, *plan)

    assert time.process_time() - began < 5, "it took 106 s when pairs were compared"
    assert all(len(each.transactions) > 5 for each in found)


def test_drift_of_foreign_money_is_no_rise_of_a_price() -> None:
    costs = (10.0, 10.31, 10.12, 10.44, 10.2, 10.52, 10.33, 10.61)
    lines = [(date(2025, n, 5), c, "NETFLIX.COM") for n, c in enumerate(costs, 1)]

    assert only(find(*lines)).price_rises == ()


@pytest.mark.parametrize("cost", [1.5, 44.0])
def test_a_charge_that_is_no_sum_of_two_plans_is_none_of_them(cost: float) -> None:
    plans = [*monthly(9, 2.99, "APPLE.COM/BILL"), *monthly(9, 9.99, "APPLE.COM/BILL")]
    gone = [line for line in plans if line[0].month != 5]

    found = find(*gone, (date(2025, 5, 5), cost, "APPLE.COM/BILL"))

    assert sorted(len(each.transactions) for each in found) == [8, 8]


@pytest.mark.parametrize(("sums", "charges"), [((12.98,), 9), ((12.98, 12.98), 9)])
def test_one_charge_for_two_plans_is_of_both_and_only_once(
    sums: tuple[float, ...], charges: int
) -> None:
    plans = [*monthly(9, 2.99, "APPLE.COM/BILL"), *monthly(9, 9.99, "APPLE.COM/BILL")]
    gone = [line for line in plans if line[0].month != 5]

    found = find(*gone, *((date(2025, 5, 5), cost, "APPLE.COM/BILL") for cost in sums))

    assert sorted(len(each.transactions) for each in found) == [charges, charges]


def merchant_of(text: str, country: str | None = None) -> tuple[str, str]:
    """Return the service and the kind of the merchant that a descriptor names."""
    known = descriptors(None, country)
    _, told = cleaned(pl.Series([text]), known)
    merchant = known.merchants[told["merchant"][0]]
    return merchant.service, merchant.kind


@pytest.mark.parametrize(
    ("text", "service", "kind"),
    [
        ("NETFLIX.COM AMSTERDAM", "netflix", "subscription"),
        ("PAYPAL *SPOTIFY", "spotify", "subscription"),
        ("CB XANDRIE SA PARIS", "qobuz", "mixed"),
        ("COURSRA*8J2K", "coursera", "subscription"),
    ],
)
def test_services_of_the_catalogue_are_merchants(
    text: str, service: str, kind: str
) -> None:
    assert merchant_of(text) == (service, kind)


def test_a_company_that_bills_for_two_services_names_neither() -> None:
    services = [m.service for m in KNOWN.merchants if "PE DIGITAL GMBH" in m.stems]

    assert services == []


def test_a_habit_is_no_service() -> None:
    assert merchant_of("DELIVEROO LONDON") == ("", "habit")


def test_a_service_of_one_country_is_meant_by_who_lives_there() -> None:
    def services(country: str | None) -> set[str]:
        return {merchant.service for merchant in descriptors(None, country).merchants}

    assert "eharmony-uk" in services("GB")
    assert "eharmony-uk" not in services("US")
    assert "eharmony-uk" not in services(None)
