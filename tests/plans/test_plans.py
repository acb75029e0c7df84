"""Plans for purchases and wishes, and the calendar they can be put in."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import icalendar
import pytest
from click.testing import CliRunner

from rescind.adapters.data.words import ENGLISH
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.public.calendar import calendar_file
from rescind.adapters.public.plan import PlanJson, plan_json
from rescind.app.act.plan import RawWishes, plan
from rescind.app.know import check
from rescind.cli.plan import plan as plan_command
from rescind.core.act.choose import Wishes, decisive_days, simulate_course
from rescind.core.act.courses import last_safe_day, losses, name_of
from rescind.core.act.plan import plan as make_plan
from rescind.core.act.simulate import Course
from rescind.core.errors import BadInput
from rescind.core.model.contract import Contract, ContractExit, ContractReading
from rescind.core.model.period import Period
from rescind.core.model.sentence import Sentence
from tests.verdict_cases import look_up

CASES = read_yaml(Path(__file__).with_name("cases.yaml"))
FACTS = {
    "service": "coursera",
    "offer": "plus-annual",
    "channel": "web",
    "country": "DE",
    "purchased_at": "2026-09-09",
    "as_of": "2026-09-12",
    "price": "399.00 EUR",
}


def planned(facts: dict[str, Any], **wishes: Any) -> PlanJson:
    raw = {"service": "coursera", "channel": "web"} | facts
    made = plan(raw, RawWishes(**wishes))
    return plan_json(made.plan, made.decision, made.checked)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_plan(case: dict[str, Any]) -> None:
    wishes = {
        name: str(wish) if not isinstance(wish, bool) else wish
        for name, wish in case.get("wishes", {}).items()
    }

    answer = planned(case["facts"], **wishes)

    course = answer["chosen"] or {"do": None, "cost": None, "cost_at_best": None}
    found = answer | {
        "chosen": course["do"],
        "cost": course["cost"] and course["cost"]["amount"],
        "cost_at_best": course["cost_at_best"] and course["cost_at_best"]["amount"],
        "access_until": course.get("access_until"),
        "granted": answer["wishes_granted"],
        "do": [action["do"] for action in answer["actions"]],
        "alternatives": [other["do"] for other in answer["alternatives"]],
    }
    expected = {
        path: value.isoformat() if isinstance(value, date) else value
        for path, value in case["expect"].items()
    }
    assert {path: look_up(found, path) for path in expected} == expected


def test_no_course_that_is_shown_beats_the_one_chosen() -> None:
    for case in CASES:
        wishes = {name: str(wish) for name, wish in case.get("wishes", {}).items()}
        if "want_certificate" in wishes or "money_back_first" in wishes:
            continue
        answer = planned(case["facts"], **wishes)
        if not (answer["chosen"] and answer["chosen"]["cost"]):
            continue
        for other in answer["alternatives"]:
            if other["fits"] and other["cost"] and answer["wishes_granted"]:
                cost = Decimal(other["cost"]["amount"])
                assert cost >= Decimal(answer["chosen"]["cost"]["amount"]), case["name"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("keep_access_until", "2026-09-01"),
        ("keep_access_until", "soon"),
        ("certificate_by", "2050-01-01"),
    ],
)
def test_a_wish_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(BadInput) as caught:
        planned(FACTS, **{name: value})

    assert caught.value.field == name
    assert caught.value.suggestions


def test_a_plan_can_be_put_in_a_calendar() -> None:
    made = plan(FACTS)
    content = calendar_file(made.plan, made.checked)

    events = icalendar.Calendar.from_ical(content).walk("VEVENT")

    assert [str(event["SUMMARY"]) for event in events] == [
        "Coursera: Ask Coursera for the refund.",
        "Coursera: Cancel with Coursera.",
        f"Coursera: {ENGLISH.say(made.plan.actions[-1].says)}",
    ]
    ends: Any = events[0]["DTEND"]
    ends = ends.dt
    assert ends.isoformat() == "2026-09-22T09:59:59+00:00"
    assert len({str(event["UID"]) for event in events}) == 3
    assert all(event.walk("VALARM") for event in events)
    assert content == calendar_file(made.plan, made.checked)


def test_an_action_without_a_deadline_is_a_whole_day() -> None:
    raw = FACTS | {"as_of": "2026-09-12T10:00:00+02:00"}
    made = plan(raw, RawWishes(certificate_by="2026-09-20"))
    content = calendar_file(made.plan, made.checked)

    events: Any = icalendar.Calendar.from_ical(content).walk("VEVENT")
    days = [event["DTSTART"].dt for event in events]

    assert date(2026, 9, 20) in days


def command(tmp_path: Path, facts: dict[str, Any], *words: str) -> Any:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts))
    return CliRunner().invoke(plan_command, ["--facts", str(path), *words])


def test_the_command_shows_the_best_and_the_others(tmp_path: Path) -> None:
    shown = command(tmp_path, FACTS, "--ics", str(tmp_path / "plan.ics")).output

    assert "All in all: Ask for the refund, then cancel." in shown
    assert "gives back 399.00 EUR" in shown
    assert "costs 399.00 EUR" in shown
    assert "costs nothing more" in shown
    assert "Or: Withdraw by law." in shown
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_command_says_what_no_course_grants(tmp_path: Path) -> None:
    facts = FACTS | {
        "offer": "plus-prepaid-3m",
        "country": "IN",
        "purchased_at": "2026-01-09",
        "as_of": "2026-03-12",
    }

    shown = command(tmp_path, facts, "--keep-access-until", "2026-06-01").output

    assert "No course grants all wishes" in shown
    assert "it does not do all that you want" in shown


def test_a_course_with_two_costs_shows_both(tmp_path: Path) -> None:
    facts = FACTS | {"offer": "plus-monthly", "had_trial": "false"}

    shown = command(tmp_path, facts).output

    assert re.search(r"gives back [0-9.]+ EUR at worst, gives back 399.00 EUR", shown)


AS_READ = Sentence.of("assumption", "counted_strictly")
SMALL = Contract(
    today=date(2026, 3, 1),
    price=Decimal(10),
    paid_on=date(2026, 2, 10),
    paid_until=date(2026, 3, 10),
    charges=(date(2026, 3, 10),),
    paid_on_to=date(2026, 4, 10),
    horizon=date(2026, 3, 10),
    readings=(
        ContractReading(
            name=AS_READ,
            exits=(ContractExit(until=date(2026, 3, 8), ends=date(2026, 3, 9)),),
        ),
    ),
)


def test_courses_have_the_names_people_use() -> None:
    day = date(2026, 3, 5)
    named = {
        name_of(Course(cancel=SMALL.today), SMALL),
        name_of(Course(cancel=date(2026, 3, 8)), SMALL),
        name_of(Course(cancel=day), SMALL),
        name_of(Course(cancel=day), replace(SMALL, opens_on=day)),
        name_of(Course(refund=day), SMALL),
        name_of(Course(refund=day, cancel=day), SMALL),
        name_of(Course(withdraw=day), SMALL),
        name_of(Course(withdraw=day, cancel=day), SMALL),
        name_of(Course(cancel=day, certificate=day), SMALL),
        name_of(Course(), SMALL),
        name_of(Course(certificate=day), replace(SMALL, charges=())),
    }

    by_rules = {"do_nothing_until", "do_nothing_to", "cancel_only", "in_this_order"}
    by_rules |= {code for code in ENGLISH.table("course") if code.endswith("_unbound")}
    assert named == {*ENGLISH.table("course")} - by_rules - {
        "upgrade_and_back_out",
        "leave_free",
        "leave_at_term",
        "leave_for_fee",
        "leave_for_less",
    }


def test_the_last_safe_day_is_the_strictest() -> None:
    assert last_safe_day(SMALL, SMALL.today) == date(2026, 3, 8)
    assert last_safe_day(SMALL, date(2026, 3, 9)) is None


def test_leaving_a_trial_at_once_loses_its_rest() -> None:
    trial = replace(
        SMALL, in_trial=True, paid_on=None, cancel_ends_access=True,
        gives_certificate=True,
    )  # fmt: skip

    lost = ENGLISH.say(
        losses(simulate_course(trial, Course(cancel=SMALL.today)), trial)
    )

    assert "access, at once; the rest of the trial" in lost
    assert "a certificate that is not earned before 1 March 2026" in lost


def test_losing_nothing_is_said() -> None:
    once = replace(SMALL, charges=(), paid_until=None, readings=(
        replace(SMALL.readings[0], exits=()),))  # fmt: skip

    assert ENGLISH.say(losses(simulate_course(once, Course()), once)) == "nothing"


def test_a_deal_without_any_way_out_follows_the_rules() -> None:
    checked = check.check(FACTS)
    stuck = replace(SMALL, readings=(ContractReading(name=AS_READ, exits=()),))

    made = make_plan(checked, stuck, Wishes())

    assert made.best is None
    assert made.actions[0].do == "refund"


def test_the_last_notice_before_a_charge_is_among_the_days_that_are_tried() -> None:
    reading = ContractReading(
        name=Sentence.of("assumption", "strict"), exits=(), notice=Period.parse("P10D")
    )
    contract = Contract(
        today=date(2026, 3, 1),
        horizon=date(2026, 5, 1),
        price=Decimal(20),
        paid_on=date(2026, 2, 28),
        paid_until=date(2026, 3, 31),
        paid_on_to=date(2026, 5, 31),
        charges=(date(2026, 3, 31), date(2026, 4, 30)),
        readings=(reading,),
    )

    days = decisive_days(contract, Wishes()).cancel

    # ten days from 20 March end on 30 March, the day before the charge
    assert date(2026, 3, 20) in days
    assert date(2026, 4, 19) in days
