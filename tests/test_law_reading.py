"""The law's files: what each field of a record becomes, and what is refused."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from rescind.adapters.data.law import read_law
from rescind.adapters.data.lint import validate_folder
from rescind.adapters.public.verdict import claim_json
from rescind.core.know.law import Law
from rescind.core.model.law import ExitEnds, ExitHow, RenewalEffect, Right
from rescind.core.model.period import Period, Unit

RIGHT = """
    jurisdiction: XA
    right: cancellation
    id: xa-exit
    name: "A way out"
    says: "It can be ended."
    checked_on: 2026-11-28
    in_force: [2020-01-01, null]
    places: [XA]
    sources: {act: {kind: law, title: "An act", verification: primary-seen}}
    claims: [{id: xa-exit, value: "it can be ended", source: act, at: "s 1"}]
    """
UNION = """
    jurisdiction: XU
    right: withdrawal
    checked_on: 2026-11-20
    covers: [XA, XB]
    answer: "yes"
    in_force: [2014-06-13, null]
    sold_by: [online, phone, door]
    period: P14D
    days_off: [sunday]
    formality: "a statement"
    sources: {act: {kind: law, title: "A directive", verification: primary-seen}}
    claims: [{id: xu-right, value: "14 days", source: act, at: "Art. 9"}]
    """


def right(folder: Path, more: str) -> Right:
    """Return the one right of a file, some lines added to it."""
    write(folder, "xa/exit", RIGHT, more)
    (read,) = read_law(folder).rights
    return read


def write(folder: Path, name: str, text: str, more: str = "") -> None:
    path = folder / "law" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text) + dedent(more), encoding="utf-8")


def law(folder: Path, **files: str) -> Law:
    for name, text in files.items():
        write(folder, name.replace("__", "/"), text)
    return read_law(folder)


def findings(folder: Path) -> list[str]:
    return [str(finding) for finding in validate_folder(folder).findings]


def test_an_exit_that_says_little_means_what_it_always_did(tmp_path: Path) -> None:
    read = right(tmp_path, "exit: {how: at_once}")

    assert read.exit is not None
    assert (read.exit.ends, read.exit.working_days) == (ExitEnds.ANY_DAY, False)
    assert (read.exit.every, read.exit.first, read.exit.after) == (None, None, None)
    assert (read.exit.within_share, read.exit.caps_first_term) == (None, None)
    assert (read.exit.owes, read.exit.unused_comes_back) == ("", False)
    assert read.renewal is None
    assert findings(tmp_path) == []


def test_an_exit_counts_working_days_to_a_months_end(tmp_path: Path) -> None:
    read = right(
        tmp_path,
        "exit: {how: notice, notice: P2D, working_days: true, ends: month_end}",
    )

    assert read.exit is not None
    assert (read.exit.how, read.exit.working_days) == (ExitHow.NOTICE, True)
    assert read.exit.ends is ExitEnds.MONTH_END
    assert findings(tmp_path) == []


def test_an_exit_at_whole_steps_after_a_first_time(tmp_path: Path) -> None:
    read = right(
        tmp_path,
        "exit: {how: notice, notice: P2M, every: P6M, first: P1Y, after: P5M}",
    )

    assert read.exit is not None
    assert read.exit.every == Period(count=6, unit=Unit.MONTH)
    assert read.exit.first == Period(count=1, unit=Unit.YEAR)
    assert read.exit.after == Period(count=5, unit=Unit.MONTH)


def test_an_exit_within_a_share_of_the_term(tmp_path: Path) -> None:
    read = right(
        tmp_path,
        """
        exit:
          how: at_once
          within: {share: 10}
          caps_first_term: P24M
          owes: "a tenth of the price at most"
          money_back: unused
        """,
    )

    assert read.exit is not None
    assert read.exit.within_share == 10
    assert read.exit.caps_first_term == Period(count=24, unit=Unit.MONTH)
    assert read.exit.owes == "a tenth of the price at most"
    assert read.exit.unused_comes_back
    assert findings(tmp_path) == []


def test_a_renewal_for_a_year_at_most(tmp_path: Path) -> None:
    read = right(
        tmp_path,
        """
        renewal:
          effect: at_most
          at_most: P1Y
          notice: P3M
          when: {consumer: true}
        """,
    )

    assert read.renewal is not None
    assert read.renewal.effect is RenewalEffect.AT_MOST
    assert read.renewal.at_most == Period(count=1, unit=Unit.YEAR)
    assert read.renewal.notice == Period(count=3, unit=Unit.MONTH)
    assert [c.fact for c in read.renewal.conditions] == ["consumer"]
    assert findings(tmp_path) == []


@pytest.mark.parametrize("effect", ["none", "open_ended"])
def test_a_renewal_without_a_longest_term(tmp_path: Path, effect: str) -> None:
    read = right(tmp_path, f"renewal: {{effect: {effect}, notice: P1M}}")

    assert read.renewal is not None
    assert read.renewal.effect == effect
    assert read.renewal.at_most is None


@pytest.mark.parametrize(
    "more",
    [
        "renewal: {effect: at_most}",
        "renewal: {effect: open_ended, at_most: P1Y}",
        "exit: {how: at_once, working_days: true}",
        "exit: {how: at_once, within: {share: 0}}",
        "exit: {how: at_once, ends: year_end}",
        "sold_by: [post]",
    ],
)
def test_what_has_no_meaning_is_refused(tmp_path: Path, more: str) -> None:
    write(tmp_path, "xa/exit", RIGHT, more)

    assert findings(tmp_path)


def test_doorstep_is_the_older_name_of_door(tmp_path: Path) -> None:
    old = UNION.replace("online, phone, door", "doorstep")

    (record,) = law(tmp_path, xu__withdrawal=old).withdrawal["XA"]

    assert record.concerns("service", "door")
    assert record.concerns("service", "doorstep")
    assert not record.concerns("service", "premises")


def test_a_states_own_record_comes_before_the_unions_and_changes_it(
    tmp_path: Path,
) -> None:
    own = """
        jurisdiction: XA
        transposes: XU
        right: withdrawal
        checked_on: 2026-11-28
        in_force: [2014-06-13, null]
        period: P15D
        counts_first_day: true
        from: contract_copy_at
        extra_days_off: ["06-05"]
        unsettled: "whether fairs count"
        sources: {act: {kind: law, title: "An act", verification: primary-seen}}
        claims: [{id: xa-right, value: "15 days", source: act, at: "s 1"}]
        """

    books = law(tmp_path, xu__withdrawal=UNION, xa__withdrawal=own)

    (there,), (elsewhere,) = books.withdrawal["XA"], books.withdrawal["XB"]
    assert [claim.id for claim in there.claims] == ["xa-right", "xu-right"]
    assert there.period == Period(count=15, unit=Unit.DAY)
    assert (there.counted_from, there.counts_first_day) == ("contract_copy_at", True)
    assert there.calendar.extra_days_off == ("06-05",)
    assert (there.formality, there.unsettled) == ("a statement", "whether fairs count")
    assert elsewhere.period == Period(count=14, unit=Unit.DAY)
    assert (elsewhere.counted_from, elsewhere.counts_first_day) == ("", False)
    assert elsewhere.calendar.extra_days_off == ()
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("verification", "opened", "carried_out"),
    [("primary-seen", "2026-11-28", True), ("not-sourced", "null", False)],
)
def test_a_directive_is_carried_out_where_the_states_act_was_read(
    tmp_path: Path, verification: str, opened: str, *, carried_out: bool
) -> None:
    own = f"""
        jurisdiction: XA
        transposes: XU
        right: withdrawal
        checked_on: {opened}
        in_force: [2014-06-13, null]
        sources: {{act: {{kind: law, title: "An act", verification: {verification}}}}}
        claims: [{{id: xa-right, value: "14 days", source: act, at: "s 1"}}]
        """

    (there,) = law(tmp_path, xu__withdrawal=UNION, xa__withdrawal=own).withdrawal["XA"]

    marked = {claim.id: claim.carried_out for claim in there.claims}
    assert marked == {"xa-right": False, "xu-right": carried_out}


def test_a_union_has_a_record_for_some_kinds_and_one_of_no_right(
    tmp_path: Path,
) -> None:
    insurance = UNION.replace("xu-right", "xu-cover")
    insurance = insurance.replace("sold_by:", "kinds: [insurance]\n    sold_by:")
    none = UNION.replace("xu-right", "xu-none").replace('"yes"', '"no"')
    none = none.replace("online, phone, door", "premises")
    own = """
        jurisdiction: XA
        transposes: XU
        right: withdrawal
        checked_on: 2026-11-28
        in_force: [2014-06-13, null]
        kinds: [insurance]
        period: P30D
        sources: {act: {kind: law, title: "An act", verification: primary-seen}}
        claims: [{id: xa-cover, value: "30 days", source: act, at: "s 2"}]
        """

    books = law(
        tmp_path,
        xu__withdrawal=UNION,
        xu__insurance=insurance,
        xu__premises=none,
        xa__insurance=own,
    )

    ids = [[claim.id for claim in record.claims] for record in books.withdrawal["XA"]]
    assert ids == [["xa-cover", "xu-cover"], ["xu-none"], ["xu-right"]]
    cover, no_right, _ = books.withdrawal["XA"]
    assert cover.period == Period(count=30, unit=Unit.DAY)
    assert no_right.answer == "no"


def test_kinds_that_a_part_of_a_country_may_have_a_right_for(tmp_path: Path) -> None:
    none = """
        jurisdiction: XA
        right: withdrawal
        checked_on: 2026-11-28
        answer: "no"
        in_force: [2014-06-13, null]
        kinds_unknown: [gym, dating]
        sources: {act: {kind: law, title: "An act", verification: primary-seen}}
        claims: [{id: xa-none, value: "there is none", source: act, at: "s 1"}]
        """

    (record,) = law(tmp_path, xa__withdrawal=none).withdrawal["XA"]

    assert record.kinds_unknown == {"gym", "dating"}
    assert findings(tmp_path) == []


def test_what_nobody_opened_has_no_day(tmp_path: Path) -> None:
    unread = RIGHT.replace("primary-seen", "not-sourced")
    unread = unread.replace("checked_on: 2026-11-28", "checked_on: null")
    write(tmp_path, "xa/exit", unread)

    (read,) = read_law(tmp_path).rights

    assert read.claims[0].checked_on is None
    assert read.is_unverified
    assert claim_json(read.claims[0])["checked_on"] is None
    assert findings(tmp_path) == []


def test_a_claim_can_be_older_than_its_record_and_have_no_day(tmp_path: Path) -> None:
    two = RIGHT.replace(
        "claims: [",
        'claims: [{id: xa-two, value: "two", source: act, at: "s 2", '
        "checked_on: 2026-11-22}, "
        '{id: xa-three, value: "three", source: memory, at: "s 3", checked_on: null}, ',
    ).replace(
        "sources: {", "sources: {memory: {kind: law, title: M, verification: x}, "
    )
    write(
        tmp_path, "xa/exit", two.replace("verification: x", "verification: not-sourced")
    )

    days = [claim.checked_on for claim in read_law(tmp_path).rights[0].claims]

    assert days == [date(2026, 11, 22), None, date(2026, 11, 28)]


def test_a_day_is_needed_for_what_is_said_to_have_been_seen(tmp_path: Path) -> None:
    write(
        tmp_path, "xa/exit", RIGHT.replace("checked_on: 2026-11-28", "checked_on: null")
    )

    (finding,) = findings(tmp_path)

    assert "nobody opened it" in finding
    assert "/claims/0/checked_on" in finding
