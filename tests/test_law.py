"""The law on file: every right of the fact file, dated, sourced, and told apart."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner
from tools import law_table

from rescind.adapters.data.working_days import calendar
from rescind.app.know import check
from rescind.cli.law import law as law_command
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.know.purchase import judged_purchase
from rescind.core.know.rights import RENEWED_ON, sheet
from rescind.core.know.verdict import verdict
from rescind.core.model.facts import Facts
from rescind.core.model.law import Calendar, Status

BOOKS = check.law()
ON_FILE = re.findall(
    r"\S+",
    """
    eu-withdrawal eu-extension eu-service-prorata eu-digital-exception
    eu-sofatutor eu-withdrawal-function eu-1182-71 eu-odr-closed de-widerruf
    de-widerrufsbutton de-kuendigungsbutton de-verlaengerung de-tkg56
    fr-retractation fr-retractation-function fr-3clics fr-chatel fr-telecom
    nl-herroeping nl-vandam se-angerratt se-angerfunktion it-recesso it-funzione
    it-65bis es-desistimiento es-baja es-ley10-2025 uk-ccr uk-dmcc no-angrerett
    ch-or40 us-rosca us-ftc-rule us-coolingoff us-ca-arl us-ny us-ma
    us-other-states us-dating-3day us-ccpa ca-qc-distance ca-qc-courses
    ca-qc-trial ca-on au-acl au-utp in-none in-ecom in-dark in-rbi in-dpdp
    br-cdc49 jp-tokusho kr-17 kr-dark gdpr-17 pay-visa-132 pay-visa-137
    pay-mc-4853 pay-sepa pay-psd2-revoke pay-rege pay-regz pay-uk-s75 pay-uk-dd
    ca-qc-services-exit
""",
)
NOT_IN_FORCE = {"uk-dmcc", "us-ftc-rule", "au-utp", "in-dpdp", "be-vi91-rappel"}
UNVERIFIED = {
    *("au-acl-fees", "eu-93-13-fees", "uk-cra-fees", "us-fees"),
    *("il-13a", "cn-18", "us-mn-325g", "ca-qc-trial", "au-guarantees"),
}


def claims() -> list[Any]:
    found = [claim for right in BOOKS.rights for claim in right.claims]
    for records in BOOKS.withdrawal.values():
        for record in records:
            found += record.claims + record.extension_claims + record.waiver_claims
            found += record.trial_claims + record.counting_claims
            found += record.refund_claims + record.share_claims
            found += [claim for ground in record.grounds for claim in ground.claims]
    return found


@pytest.mark.parametrize("name", ON_FILE)
def test_every_right_of_the_fact_file_is_a_claim(name: str) -> None:
    assert name in {claim.id for claim in claims()}


def test_every_claim_has_a_source_a_place_and_a_day() -> None:
    for claim in claims():
        assert claim.source.title
        assert claim.locator
        opened = claim.checked_on is not None
        assert opened or claim.source.is_unverified, claim.id
        assert claim.checked_on is None or claim.checked_on >= date(2026, 11, 22)
        assert claim.source.verification in (
            "primary-seen",
            "secondary-seen",
            "not-sourced",
        )


def test_what_is_not_in_force_is_on_file_and_marked() -> None:
    marked = {r.id for r in BOOKS.rights if r.status is Status.NOT_IN_FORCE}

    assert marked == NOT_IN_FORCE
    assert all(r.expected for r in BOOKS.rights if r.id in marked)


def test_what_is_not_in_force_is_never_handed_out() -> None:
    for country in ("GB", "US", "AU", "IN", "US-CA"):
        for kind in ("service", "course", "gym"):
            handed = {right.id for right in BOOKS.rights_for(country, kind)}
            assert not handed & NOT_IN_FORCE


def test_general_knowledge_is_told_from_what_was_looked_up() -> None:
    assert {r.id for r in BOOKS.rights if r.is_unverified} == UNVERIFIED


def test_the_table_of_the_law_is_what_the_files_give() -> None:
    page = law_table.PAGE.read_text(encoding="utf-8")

    assert law_table.page() == page
    assert page.count("| absence |") > 20
    assert page.count("not looked up") > 5


def test_forty_places_have_a_word_on_withdrawal_and_on_renewal() -> None:
    entries = list(law_table.rights_on_file())
    told = [
        {p for e in entries if e["right"] == right for p in law_table.places_of(e)}
        for right in ("withdrawal", "renewal")
    ]

    assert len(told[0] & told[1]) >= 40


def test_a_recorded_absence_gives_nobody_anything() -> None:
    assert not {r.id for r in BOOKS.rights if r.id.endswith("-none")}


def test_ids_of_rights_are_unique() -> None:
    ids = [right.id for right in BOOKS.rights]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("country", "problem", "first"),
    [
        ("SE", "withdrawal", "se-arn"),
        ("NL", "data", "nl-ap"),
        ("DE", "telecom", "de-bnetza"),
        ("DE", "cross-border", "eu-ecc-net"),
        ("FR", "refund", "fr-signalconso"),
        ("IT", "telecom", "it-conciliaweb"),
        ("ES", "advice", "es-omic"),
        ("NO", "withdrawal", "no-forbrukertilsynet"),
        ("DK", "data", "dk-datatilsynet"),
        ("FI", "refund", "fi-kuluttajariitalautakunta"),
        ("FI", "cross-border", "fi-euroopan-kuluttajakeskus"),
        ("NO", "telecom", "no-brukerklagenemnda"),
        ("DK", "telecom", "dk-teleankenaevnet"),
        ("CH", "cancellation", "ch-seco"),
        ("GB", "data", "uk-ico"),
        ("US", "payment", "us-cfpb"),
        ("US-CA", "refund", "us-ca-dca"),
        ("US-CA", "payment", "us-cfpb"),
        ("CA-QC", "refund", "ca-qc-opc"),
        ("AU", "advice", "au-fair-trading"),
        ("IN", "refund", "in-nch"),
        ("BR", "withdrawal", "br-consumidor"),
        ("JP", "advice", "jp-hotline"),
        ("KR", "refund", "kr-1372"),
        ("AT", "cross-border", "eu-ecc-net"),
    ],
)
def test_a_complaint_goes_to_the_nearest(
    country: str, problem: str, first: str
) -> None:
    bodies = BOOKS.bodies_for(country, problem)

    assert bodies[0].id == first
    assert bodies[0].contact
    assert bodies[0].papers


def test_a_place_without_bodies_has_none() -> None:
    assert BOOKS.bodies_for("MX") == ()


def test_the_holidays_of_a_region_count_there_only() -> None:
    rule = Calendar(place="DE", weekdays_off=frozenset({5, 6}), holidays_off=True)
    corpus_christi = date(2026, 6, 4)

    assert calendar(rule, "DE")(corpus_christi)
    assert calendar(rule, "DE-BE")(corpus_christi)
    assert not calendar(rule, "DE-BY")(corpus_christi)
    assert calendar(rule, "DE-XX")(corpus_christi)


def test_a_copy_cannot_be_there_and_missing() -> None:
    facts = Facts(
        service="coursera",
        offer="plus-annual",
        channel="web",
        as_of=date(2026, 9, 10),
        contract_copy_received=False,
        contract_copy_at=date(2026, 9, 9),
    )

    with pytest.raises(BadInput) as caught:
        verdict(facts, check.catalogue().service("coursera"), BOOKS)

    assert caught.value.field == "contract_copy_received"


def run(*words: str) -> str:
    done = CliRunner().invoke(law_command, list(words), catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_the_law_is_listed_by_place() -> None:
    listed = run("list", "--country", "FR")

    assert "fr-chatel" in listed
    assert "fr-retractation" in listed
    assert "nl-vandam" not in listed
    assert "not in force" in run("list", "--country", "GB")
    assert "not looked up" in run("list", "--country", "AU")


def test_every_right_can_be_shown() -> None:
    lines = run("list", "--json").splitlines()
    ids = [json.loads(line)["id"] for line in lines]

    assert len(ids) > 60
    for name in ids:
        assert name in run("show", name)
    assert json.loads(run("show", "pay-sepa", "--json"))["kind"] == "payment"


def test_bodies_are_shown_with_their_papers() -> None:
    shown = run("bodies", "DE", "--problem", "cancellation")

    assert "Universalschlichtungsstelle" in shown
    assert "papers:" in shown
    assert "by when:" in run("bodies", "US")
    assert "not known" in run("bodies", "MX")
    assert json.loads(run("bodies", "KR", "--json").splitlines()[0])["contact"]


def test_an_unknown_right_names_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        run("show", "fr-chattel")

    assert "fr-chatel" in caught.value.suggestions


def test_the_nearest_body_comes_first_and_those_for_all_come_last() -> None:
    found = [body.id for body in BOOKS.bodies_for("DE", "withdrawal")]
    everybody = replace(BOOKS.bodies[0], id="everywhere", regions=frozenset())
    books = replace(BOOKS, bodies=(everybody, *BOOKS.bodies))
    states = [body.id for body in books.bodies_for("US-CA", "refund")]

    assert found[-1] == "eu-ecc-net"
    assert states[0] == "us-ca-dca"
    assert states[-1] == "everywhere"
    assert set(states[1:-1]) == {"us-ftc", "us-state-ag"}


def conditions() -> list[Any]:
    found = []
    for right in BOOKS.rights:
        found += [*right.conditions, *(right.exit.conditions if right.exit else ())]
        found += [c for deadline in right.deadlines for c in deadline.conditions]
    for records in BOOKS.withdrawal.values():
        for record in records:
            found += [c for ground in record.grounds for c in ground.conditions]
    return found


def test_every_condition_is_on_a_fact_that_is_known_of_a_purchase() -> None:
    service = check.catalogue().service("coursera")
    facts = Facts(service="coursera", as_of=date(2026, 9, 10))
    case = judged_purchase(
        facts, service, service.offers["course"], service.channels["web"]
    )
    known = {*sheet(case), "copy_in_time"}

    assert {condition.fact for condition in conditions()} <= known


def test_every_deadline_is_counted_from_a_day_that_can_be_given() -> None:
    for right in BOOKS.rights:
        for deadline in right.deadlines:
            assert deadline.counted_from in {*FACTS, RENEWED_ON}, right.id
            assert deadline.who in ("you", "merchant", "bank")


def test_a_holiday_that_a_decision_has_to_move_is_not_off_before_it() -> None:
    rule = Calendar(place="GR", weekdays_off=frozenset({5, 6}), holidays_off=True)
    careful = replace(rule, moved_days_off=False)
    projected, easter_monday = date(2027, 5, 4), date(2027, 5, 3)

    assert not calendar(rule, "GR")(projected)
    assert calendar(careful, "GR")(projected)
    assert not calendar(careful, "GR")(easter_monday)
    # that of 2024 was decided
    assert not calendar(careful, "GR")(date(2024, 5, 7))


def test_a_greek_withdrawal_waits_for_no_day_that_nobody_moved_yet() -> None:
    facts = {
        "service": "other",
        "merchant": "Softly",
        "kind": "streaming",
        "channel": "web",
        "country": "GR",
        "purchased_at": "2027-04-20",
        "withdrawal_informed": True,
        "as_of": "2027-04-22",
    }

    answer = check.check(facts).verdict

    latest = answer.topics["withdrawal"].latest
    assert latest is not None
    assert latest.date() == date(2027, 5, 4)


@pytest.mark.parametrize(("country", "has_uk"), [("DE", False), ("GB", True)])
def test_a_claim_that_is_law_in_one_place_is_named_there_alone(
    country: str, *, has_uk: bool
) -> None:
    (right,) = (
        right
        for right in BOOKS.rights_for(country, "streaming")
        if right.id == "pay-psd2-revoke"
    )

    assert right.claims[0].id == "pay-psd2-revoke"
    assert ("pay-uk-revoke" in {claim.id for claim in right.claims}) is has_uk
    assert "UK" not in right.formality
