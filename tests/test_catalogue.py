"""The catalogue is complete, sourced, and checked."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from rescind.adapters.data.catalogue import SHIPPED, Catalogue
from rescind.adapters.data.lint import validate_folder
from rescind.adapters.data.yaml_loader import MOST_ALIASES
from rescind.adapters.public import service_summary
from rescind.adapters.public.verdict import claim_json
from rescind.core.errors import BadInput, DataError
from rescind.core.model.source import SourceKind

COURSERA = Catalogue().service("coursera")
OFFERS = [
    "course",
    "specialization",
    "specialization-monthly",
    "professional-certificate-monthly",
    "plus-monthly",
    "plus-annual",
    "plus-prepaid-1m",
    "plus-prepaid-3m",
    "plus-prepaid-6m",
    "specialization-prepaid-1m",
    "specialization-prepaid-3m",
    "specialization-prepaid-6m",
    "lite-monthly",
    "guided-project",
    "degree",
    "mastertrack",
    "sponsored",
    "teams",
]


def test_the_shipped_files_have_no_problem() -> None:
    assert validate_folder().findings == ()


def test_every_offer_and_channel_is_there() -> None:
    assert sorted(COURSERA.offers) == sorted(OFFERS)
    assert sorted(COURSERA.channels) == ["apple", "google", "partner", "paypal", "web"]


def test_every_rule_of_the_fact_file_is_carried() -> None:
    text = (SHIPPED / "catalogue" / "c" / "coursera.yaml").read_text(encoding="utf-8")

    found = set(re.findall(r"\bC[0-9]{2}\b", text))

    assert found >= {f"C{number:02}" for number in range(1, 48)}


def test_all_thirteen_versions_of_the_terms_are_dated() -> None:
    versions = service_summary.versions(COURSERA)

    assert len(versions) == 13
    seen = [version.seen_on for version in versions if version.seen_on]
    assert seen == sorted(seen)


def test_every_claim_has_a_source_a_place_and_a_day() -> None:
    for term in COURSERA.terms:
        shown = claim_json(term.claim)
        assert shown["source"]
        assert shown["locator"]
        assert shown["checked_on"] is not None
        assert date.fromisoformat(shown["checked_on"])


def test_experience_and_lookalikes_never_decide() -> None:
    kinds = {term.claim.source.kind for term in COURSERA.terms}

    assert SourceKind.EXPERIENCE not in kinds
    assert SourceKind.LOOKALIKE not in kinds


def test_the_table_says_when_the_terms_contradict_each_other() -> None:
    rows = {row.offer: row for row in service_summary.at_a_glance(COURSERA)}

    assert rows["specialization-monthly"].refundable.startswith("disputed")
    assert rows["plus-annual"].window == "14 days from payment"
    assert rows["degree"].refundable == "the university decides"
    assert rows["guided-project"].refundable == "no"
    assert rows["plus-prepaid-3m"].refundable == "yes (a guide says so)"
    assert rows["sponsored"].billed_by.startswith("the employer")


def test_a_service_is_found_by_its_alias() -> None:
    assert [s.slug for s in Catalogue().search("coursra")] == ["coursera"]
    assert Catalogue().search("nobody") == ()


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("netflx", "netflix"),
        ("NETFLIX.COM", "netflix"),
        ("https://www.netflix.com/account", "netflix"),
        ("help.netflix.com", "netflix"),
        ("Netflix International B.V.", "netflix"),
        ("COURSRA*8J2K", "coursera"),
        ("coursera plus", "coursera"),
        ("MagentaZuhause", "telekom-de"),
        ("Ｎｅｔｆｌｉｘ", "netflix"),
    ],
)
def test_what_people_type_and_statements_show_is_found(words: str, slug: str) -> None:
    assert Catalogue().search(words)[0].slug == slug


def test_a_name_that_changed_is_read_anew(overlay: Path) -> None:
    path = overlay / "catalogue" / "c" / "coursera.yaml"
    before = Catalogue(overlay).search("coursera")[0].name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Coursera\n", "name: Lectures\n"), "utf-8")

    assert before == "Coursera"
    assert Catalogue(overlay).search("lectures")[0].slug == "coursera"


def test_an_unknown_service_names_the_nearest() -> None:
    with pytest.raises(BadInput) as caught:
        Catalogue().service("cousera")

    assert caught.value.suggestions[0] == "coursera"


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Return a folder of one's own with a copy of Coursera to spoil."""
    target = tmp_path / "catalogue" / "c"
    target.mkdir(parents=True)
    shutil.copy(SHIPPED / "catalogue" / "c" / "coursera.yaml", target)
    return tmp_path


def spoil(overlay: Path, old: str, new: str) -> list[str]:
    path = overlay / "catalogue" / "c" / "coursera.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(finding) for finding in validate_folder(overlay).findings]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("source: tos-2021-01, at", "source: tos-2021-1, at", "tos-2021-01"),
        ("offers: [course], chan", "offers: [corse], chan", "course"),
        ('says: "yes"', "says: yess", "/terms/0/says"),
        ("{id: C01-help,", "{id: C01-ajust,", "stands twice"),
        (
            "in_force: [2021-01-01, 2025-09-30]",
            "in_force: [2026-01-01, 2025-09-30]",
            "before it begins",
        ),
        ("service: coursera\n", "service: corsera\n", "file of another name"),
        ("website:", "web_site:", "did you mean: website"),
        (
            "link: https://www.coursera.org",
            "link: https://www.courseraapp.org",
            "official_domains",
        ),
        ("length: P14D", "length: 14 days", "ISO 8601"),
    ],
)
def test_each_problem_is_found_with_its_place_and_a_way_out(
    overlay: Path, old: str, new: str, words: str
) -> None:
    findings = spoil(overlay, old, new)

    assert findings
    assert any(words in finding for finding in findings), findings


def test_yaml_that_stops_is_told_with_its_line(overlay: Path) -> None:
    findings = spoil(overlay, "name: Coursera\n", "name: Coursera\nname: Twice\n")

    assert "stands twice" in findings[0]
    assert "line" in findings[0]


BOMB = "note: &a [lol, lol]\nnote2: &b [*a, *a]\nnote3: [*b, *b]"


def test_aliases_that_would_multiply_are_refused_with_their_line(overlay: Path) -> None:
    findings = spoil(overlay, "name: Coursera\n", f"name: Coursera\n{BOMB}\n")

    assert len(findings) == 1
    assert "the alias *a stands within what has a name" in findings[0]
    assert re.search(r"coursera\.yaml.* line \d+:", findings[0])


def test_more_aliases_than_a_person_writes_are_refused(overlay: Path) -> None:
    many = "note: &z lol\nnotes:\n" + "  - *z\n" * (MOST_ALIASES + 1)

    findings = spoil(overlay, "name: Coursera\n", f"name: Coursera\n{many}")

    assert len(findings) == 1
    assert f"more than {MOST_ALIASES}" in findings[0]


def test_a_users_folder_is_laid_over_ours(overlay: Path) -> None:
    path = overlay / "catalogue" / "c" / "coursera.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Coursera\n", "name: Mine\n"), encoding="utf-8")

    assert Catalogue(overlay).service("coursera").name == "Mine"


def test_a_file_that_is_no_text_is_told(overlay: Path) -> None:
    path = overlay / "catalogue" / "c" / "coursera.yaml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(DataError):
        Catalogue(overlay).service("coursera")


def test_a_bare_no_is_norway() -> None:
    regions = {region for term in COURSERA.terms for region in term.regions}

    assert "NO" in regions


def test_a_service_that_only_a_store_bills_has_its_table() -> None:
    rows = service_summary.at_a_glance(Catalogue().service("icloud-plus"))

    assert [row.billed_by for row in rows] == ["Apple", "Apple"]


@pytest.mark.parametrize("slug", ["../c/coursera", "cours*ra", "", "[c]oursera"])
def test_a_slug_names_one_file_and_no_other(slug: str) -> None:
    with pytest.raises(BadInput):
        Catalogue().service(slug)


def test_an_entry_of_ones_own_wins_in_whatever_folder_it_lies(overlay: Path) -> None:
    (overlay / "catalogue" / "c").rename(overlay / "catalogue" / "x")
    path = overlay / "catalogue" / "x" / "coursera.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Coursera\n", "name: Mine\n"), "utf-8")

    assert Catalogue(overlay).service("coursera").name == "Mine"
