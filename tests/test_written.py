"""What people write for days, lengths and sums, in the ways they write it."""

from datetime import date

import pytest

from rescind.adapters.input.days import read_written_day
from rescind.adapters.input.facts import parse_json
from rescind.adapters.input.lengths import read_written_length
from rescind.adapters.input.sums import read_written_money
from rescind.adapters.input.written import days_to_confirm, in_standard_form
from rescind.core.errors import BadInput

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("01.03.2025", "2025-03-01"),
        ("1.3.25", "2025-03-01"),
        ("1. 3. 2025", "2025-03-01"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025", "2025-12-25"),
        ("5/5/2026", "2026-05-05"),
        ("March 3, 2025", "2025-03-03"),
        ("3 mars 2025", "2025-03-03"),
        ("3. März 2025", "2025-03-03"),
        ("12 de marzo de 2025", "2025-03-12"),
        ("1st of August 2026", "2026-08-01"),
        ("yesterday", "2026-11-27"),
        ("5 days ago", "2026-11-23"),
        ("March 2025", "2025-03-01"),
        ("1st of March", "2026-03-01"),
        ("December 24", "2025-12-24"),
        ("last Monday", "2026-11-23"),
        ("letzten Montag", "2026-11-23"),
        ("lundi dernier", "2026-11-23"),
        ("a year ago", "2025-11-28"),
        ("half a year ago", "2026-05-28"),
        ("vor zwei Wochen", "2026-11-14"),
        ("hace dos semanas", "2026-11-14"),
        ("20250301", "2025-03-01"),
        ("25-03-01", "2025-03-01"),
        ("26/3/1", "2026-03-01"),
        ("2026. 3. 1.", "2026-03-01"),
        ("1/3-2026", "2026-03-01"),
        ("03.IX.2025", "2025-09-03"),
        ("3 IX 2025", "2025-09-03"),
        ("2025. IX. 3.", "2025-09-03"),
        ("20.XII.25", "2025-12-20"),
        ("20.xii.", "2025-12-20"),
        ("14.8.", "2026-08-14"),
        ("24.12.", "2025-12-24"),
    ],
)
def test_a_day_is_read(text: str, day: str) -> None:
    assert read_written_day(text, "paid_at", today=TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 March", "2027-03-03"),
        ("1.3.", "2027-03-01"),
        ("31 December", "2026-12-31"),
        ("in two weeks", "2026-12-12"),
        ("in einer Woche", "2026-12-05"),
        ("tomorrow", "2026-11-29"),
    ],
)
def test_a_day_to_come_is_read_ahead(text: str, day: str) -> None:
    assert read_written_day(text, "renews_at", today=TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("1 January", "2027-01-01"), ("1 November", "2026-11-01"), ("3.1.", "2027-01-03")],
)
def test_a_day_on_either_side_is_the_nearer_one(text: str, day: str) -> None:
    read = read_written_day(text, "price_raised_at", today=TODAY)

    assert read.isoformat() == day


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("US", "2025-03-01"),
        ("US-CA", "2025-03-01"),
        ("FR", "2025-01-03"),
        ("GB", "2025-01-03"),
        ("IN", "2025-01-03"),
    ],
)
def test_the_country_decides_which_number_is_the_month(country: str, day: str) -> None:
    read = read_written_day("3/1/2025", "paid_at", today=TODAY, country=country)

    assert read.isoformat() == day


@pytest.mark.parametrize("country", [None, "CA", "DE", "SE", "XX"])
def test_a_day_that_can_be_two_is_asked_for(country: str | None) -> None:
    with pytest.raises(BadInput, match=r"3 January 2025|1 March 2025") as error:
        read_written_day("3/1/2025", "paid_at", today=TODAY, country=country)

    assert set(error.value.suggestions) == {"2025-01-03", "2025-03-01"}


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("31.2.2026", "2026-02-28"),
        ("31.2.26", "2026-02-28"),
        ("2/30/2026", "2026-02-28"),
        ("30 February 2026", "2026-02-28"),
        ("31.4.", "2026-04-30"),
        ("1.13.2026", "2026-01-13"),
    ],
)
def test_a_day_that_no_calendar_has_gets_the_nearest(text: str, near: str) -> None:
    with pytest.raises(BadInput) as error:
        read_written_day(text, "paid_at", today=TODAY)

    assert list(error.value.suggestions) == [near]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("3/1/2025", "US"),
        ("3/1/2025", "GB"),
        ("3.1.2025", "US"),
        ("yesterday", "DE"),
        ("3 March", "DE"),
        ("March 2025", "DE"),
        ("03/2025", "US"),
    ],
)
def test_how_a_day_was_read_is_said_where_it_could_be_another(
    text: str, country: str
) -> None:
    facts = {"country": country, "purchased_at": text}

    assert days_to_confirm(facts, today=TODAY) == ("purchased_at",)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("3.1.2025", "DE"),
        ("25/12/2025", "GB"),
        ("3 March 2025", "US"),
        ("2025-03-01", "US"),
        ("1.3.25", "DE"),
    ],
)
def test_a_day_that_can_be_no_other_is_not_said_again(text: str, country: str) -> None:
    facts = {"country": country, "purchased_at": text}

    assert days_to_confirm(facts, today=TODAY) == ()


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "no",
        "May",
        "12 months",
        "a year",
        "not sure",
        "31.02.2025",
        "13/13/2025",
        "12",
        "13/25/2026",
        "1772000000",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no day"):
        read_written_day(text, "paid_at", today=TODAY)


@pytest.mark.parametrize("text", ["last month", "this year"])
def test_of_a_whole_month_a_day_is_asked_for(text: str) -> None:
    with pytest.raises(BadInput, match="which one of them"):
        read_written_day(text, "paid_at", today=TODAY)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("12 months", "P12M"),
        ("1 year", "P1Y"),
        ("a year", "P1Y"),
        ("two weeks", "P2W"),
        ("14 Tage", "P14D"),
        ("12 Monate", "P12M"),
        ("24 mois", "P24M"),
        ("p1m", "P1M"),
        ("3-month", "P3M"),
        ("yearly", "P1Y"),
        ("half a year", "P6M"),
        ("ein halbes Jahr", "P6M"),
        ("½ year", "P6M"),
        ("1.5 years", "P18M"),
        ("1,5 Jahre", "P18M"),
        ("1½ years", "P18M"),
        ("a year and a half", "P18M"),
        ("one and a half years", "P18M"),
        ("un an et demi", "P18M"),
        ("un año y medio", "P18M"),
        ("anderthalb Jahre", "P18M"),
        ("1 year and 6 months", "P18M"),
        ("one year, six months", "P18M"),
        ("18 mths", "P18M"),
        ("a month", "P1M"),
        ("month", "P1M"),
        ("monthly", "P1M"),
        ("every month", "P1M"),
        ("/mo", "P1M"),
        ("every 3 months", "P3M"),
        ("a quarter", "P3M"),
        ("fortnight", "P2W"),
        ("every two weeks", "P2W"),
        ("ein Jahr", "P1Y"),
        ("un an", "P1Y"),
        ("un año", "P1Y"),
        ("1 rok", "P1Y"),
        ("ett år", "P1Y"),
        ("12 miesięcy", "P12M"),
        ("12か月", "P12M"),
        ("monatlich", "P1M"),
        ("mensuel", "P1M"),
        ("thirty days", "P30D"),
        ("24 hours", "P1D"),
        ("12 month term", "P12M"),
        ("one month’s notice", "P1M"),
        ("at least 12 months", "P12M"),
    ],
)
def test_a_length_is_read(text: str, length: str) -> None:
    assert read_written_length(text, "term").iso() == length


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("long", "12 months"),
        ("12", "12 days"),
        ("0 months", "12 months"),
        ("12 parsecs", "12 months"),
        ("biweekly", "2 weeks"),
        ("1.5 months", "12 months"),
        ("1 month 2 days", "1 month"),
        ("12 3 months", "3 months"),
        ("1 and 6 months", "6 months"),
        ("30 hours", "12 months"),
        ("3 months to the end of a quarter", "3 months"),
        ("99999 days", "12 months"),
    ],
)
def test_what_is_no_length_is_refused_with_the_nearest(text: str, near: str) -> None:
    with pytest.raises(BadInput, match="no length") as error:
        read_written_length(text, "term")

    assert error.value.suggestions[0] == near


@pytest.mark.parametrize(
    ("text", "country", "money"),
    [
        ("399", "DE", "399 EUR"),
        ("€399", "US", "399 EUR"),
        ("399,00 EUR", None, "399.00 EUR"),
        ("1.299 €", "DE", "1299 EUR"),
        ("$1,299.50", "US", "1299.50 USD"),
        ("$20", "CA-QC", "20 CAD"),
        ("$20", None, "20 USD"),
        ("399 kr", "SE", "399 SEK"),
        ("kr 399", "NO", "399 NOK"),
        ("CHF 12.50", None, "12.50 CHF"),
        ("12 pounds", None, "12 GBP"),
        ("R$ 49,90", "BR", "49.90 BRL"),
        ("USD 59", "DE", "59 USD"),
        ("C$ 20", "DE", "20 CAD"),
        ("$9.99/mo", "US", "9.99 USD"),
        ("£9.99 a month", "GB", "9.99 GBP"),
        ("9,99 EUR/Monat", "DE", "9.99 EUR"),
        ("$30 every 3 months", "US", "30 USD"),
        ("9,99 €", "DE", "9.99 EUR"),
        ("Rs. 2,399", "IN", "2399 INR"),
        ("₹1,20,000", "IN", "120000 INR"),
        ("kr 99,-", "NO", "99 NOK"),
        ("1.299,00", "DE", "1299.00 EUR"),
        ("1 299,00 €", "FR", "1299.00 EUR"),
        ("CHF 12.-", "CH", "12 CHF"),
        ("1’299.00 CHF", "CH", "1299.00 CHF"),
        ("12€99", "FR", "12.99 EUR"),
        ("99 cents", "US", "0.99 USD"),
        ("99p", "GB", "0.99 GBP"),
        ("R199", "ZA", "199 ZAR"),
        ("$9.990", "CL", "9990 CLP"),
        ("$199 MXN", "MX", "199 MXN"),
        ("$199", "MX", "199 MXN"),
        ("49 lei", "RO", "49 RON"),
        ("₪49", "DE", "49 ILS"),
    ],
)
def test_a_sum_is_read(text: str, country: str | None, money: str) -> None:
    assert str(read_written_money(text, "price", country=country)) == money


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("much", "DE"),
        ("-5 EUR", "DE"),
        ("399", None),
        ("9 kr", None),
        ("R199", "DE"),
        ("99 dosh", "GB"),
        ("12 dollars 5 pounds", "US"),
        ("10-15 €", "DE"),
        ("12 x 9,99 €", "DE"),
    ],
)
def test_what_is_no_sum_is_refused(text: str, country: str | None) -> None:
    with pytest.raises(BadInput):
        read_written_money(text, "price", country=country)


def test_each_kind_of_fact_is_read_as_it_is_written() -> None:
    typed = {
        "country": "California",
        "purchased_at": "3/1/2026",
        "price": "$9.99/mo",
        "period": "monthly",
        "renewal_term": "ongoing",
        "merchant": "12 months",
        "kind": "magazine",
        "payment_method": "visa",
    }

    written = in_standard_form(typed, today=TODAY)

    assert written == {
        "country": "US-CA",
        "purchased_at": "2026-03-01",
        "price": "9.99 USD",
        "period": "P1M",
        "renewal_term": "open",
        "merchant": "12 months",
        "kind": "newspaper",
        "payment_method": "visa",
    }


@pytest.mark.parametrize(
    "text",
    ["50% of the remaining fees", "50 %", "die Hälfte, also 50 Prozent", "30 per cent"],
)
def test_a_share_is_asked_for_as_a_sum(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_written_money(text, "early_termination_fee", country="DE")

    assert caught.value.field == "early_termination_fee"
    assert "share" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("50 %", "199.35 EUR"),
        ("50%", "199.35 EUR"),
        ("50 Prozent", "199.35 EUR"),
        ("25 % of the rest", "99.68 EUR"),
        ("half of what is left", "199.35 EUR"),
        ("half", "199.35 EUR"),
        ("la mitad", "199.35 EUR"),
        ("die Hälfte des Rests", "199.35 EUR"),
        ("die Hälfte des Gesamtpreises", "398.70 EUR"),
        ("half of all payments", "398.70 EUR"),
        ("la moitié", "199.35 EUR"),
        ("a third", "132.90 EUR"),
        ("232,58", "232.58 EUR"),
    ],
)
def test_a_fee_told_as_a_share_is_worked_out(text: str, sum_: str) -> None:
    facts = {"country": "DE", "price": "66,45", "period": "P1M", "term": "12 months"}
    facts |= {"purchased_at": "1.6.2026", "early_termination_fee": text}

    assert in_standard_form(facts, today=TODAY)["early_termination_fee"] == sum_


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, "half of what?"),
        ({"purchased_at": "1.6.2024"}, "no payment of the first term is left"),
    ],
)
def test_a_share_of_what_is_not_known_is_asked_for(
    facts: dict[str, str], why: str
) -> None:
    known = {"country": "DE", "price": "66,45", "period": "P1M", "term": "P12M"}
    given = {**known, **facts, "early_termination_fee": "50 %"}

    with pytest.raises(BadInput, match="early_termination_fee") as refused:
        in_standard_form(given, today=TODAY)

    assert why in str(refused.value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("posted yesterday", "2026-11-27"),
        ("sent 27.11.", "2026-11-27"),
        ("cancelled on 12 August", "2026-08-12"),
        ("am 12. August gekündigt", "2026-08-12"),
    ],
)
def test_what_is_told_beside_a_day_is_passed_over(text: str, day: str) -> None:
    assert read_written_day(text, "on", today=TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("field", ["end_on", "renews_at", "term_ends_at"])
def test_a_day_of_an_end_without_its_year_is_the_next_one(field: str) -> None:
    assert read_written_day("30 November", field, today=TODAY) == date(2026, 11, 30)
    assert read_written_day("in 11 months", field, today=TODAY) == date(2027, 10, 28)
    for passed in ("25 November", "25.11.", "November 25"):
        with pytest.raises(BadInput, match="two days") as asked:
            read_written_day(passed, field, today=TODAY)
        assert list(asked.value.suggestions) == ["2026-11-25", "2027-11-25"]


def test_a_day_of_a_purchase_without_its_year_is_the_last_one() -> None:
    day = read_written_day("30 November", "purchased_at", today=TODAY)

    assert day == date(2025, 11, 30)


def test_no_term_and_no_notice_are_the_shortest_there_are() -> None:
    told = {"term": "none", "notice": "None", "period": "1 month"}

    read = in_standard_form(told, today=TODAY)

    assert (read["term"], read["notice"]) == ("P1M", "P1D")
    assert read["renewal_term"] == "open"
    with pytest.raises(BadInput) as refused:
        in_standard_form({"term": "none"}, today=TODAY)
    assert refused.value.field == "period"
    assert "how often do you pay" in str(refused.value)


@pytest.mark.parametrize("month", ["August 2026", "2026-08", "08/2026", "in Aug 2026"])
def test_a_month_is_a_day_only_where_one_is_enough(month: str) -> None:
    moved = in_standard_form({"moved_at": month}, today=TODAY)
    with pytest.raises(BadInput) as refused:
        in_standard_form({"purchased_at": month}, today=TODAY)

    assert moved["moved_at"] == "2026-08-01"
    assert refused.value.suggestions == ("2026-08-01", "2026-08-31")


def test_a_year_is_no_day_and_has_none_that_is_near() -> None:
    with pytest.raises(BadInput) as refused:
        in_standard_form({"purchased_at": "2019"}, today=TODAY)

    assert "leave it out" in str(refused.value)
    assert refused.value.suggestions == ()


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("-20 EUR", ("20 EUR",)),
        ("1e400 EUR", ("399.00 EUR", "€399", "13.50 USD")),
        ("20 EUR 30", ("20 EUR", "30 EUR")),
        ("99999999999999999 EUR", ("13.50 EUR", "59.00 USD")),
        ("20.50 JPY", ("20 JPY",)),
        ("20.5 KWD", ()),
        ("20.125 KWD", ()),
        ("20.1255 KWD", ("20.13 KWD",)),
    ],
)
def test_a_sum_that_no_price_can_be_is_refused(
    text: str, near: tuple[str, ...]
) -> None:
    if not near:
        assert read_written_money(text, "price", country=None).currency == "KWD"
        return
    with pytest.raises(BadInput) as refused:
        read_written_money(text, "price", country=None)

    assert refused.value.suggestions == near


@pytest.mark.parametrize(
    ("text", "near"), [("9999-12-31", "2026-12-31"), ("1.1.1850", "2026-01-01")]
)
def test_a_year_out_of_reach_is_this_one(text: str, near: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_written_day(text, "end_on", today=TODAY)

    assert refused.value.suggestions == (near,)


def test_a_country_that_a_state_is_called_like_is_asked_about() -> None:
    with pytest.raises(BadInput) as refused:
        in_standard_form({"country": "Georgia"}, today=TODAY)

    assert refused.value.suggestions == ("GE", "US-GA")


def test_a_name_stands_once_in_a_file() -> None:
    with pytest.raises(BadInput) as refused:
        parse_json('{"price": "1 EUR", "price": "2 EUR"}')

    assert refused.value.field == "price"
