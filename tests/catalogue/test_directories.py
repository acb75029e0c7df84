"""Directories of others are kept apart, found after our entries, and marked."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.directories import read_directory, read_kept
from rescind.adapters.data.lint import validate_folder
from rescind.core.errors import BadInput
from tests.program import run

# invented, in the format that the directories have
LUMEN: dict[str, Any] = {
    "slug": "lumen-reads",
    "name": "Lumen Reads GmbH",
    "runs": ["Lumen Audio", "Lumen Plus"],
    "relevant-countries": ["de", "at"],
    "categories": ["telecommunication"],
    "address": "Beispielweg 4\n10115 Berlin\nDeutschland",
    "email": "privacy@lumen-reads.example",
    "web": "https://www.lumen-reads.example",
    "sources": ["https://www.lumen-reads.example/privacy"],
    "quality": "verified",
}
NETFLIX_TOO = {**LUMEN, "slug": "netflix", "name": "Netflix", "runs": []}
OFFICE: dict[str, Any] = {
    "slug": "xxoffice",
    "name": "Office of Invented Data",
    "relevant-countries": ["xx"],
    "address": "Road 1\nTown",
    "email": "post@office.example",
    "web": "https://office.example",
    "sources": ["https://office.example"],
    "complaint-language": "en",
}
SITES: list[dict[str, Any]] = [
    {"name": "Quillon", "url": "https://quillon.example/delete", "difficulty": "hard",
     "domains": ["quillon.example"], "notes": "Write to them."},
    {"name": "Trella", "url": "javascript:alert(1)", "difficulty": "easy",
     "domains": ["trella.example"]},
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RESCIND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def companies(tmp_path: Path) -> Path:
    folder = tmp_path / "companies"
    folder.mkdir()
    for each in (LUMEN, NETFLIX_TOO):
        (folder / f"{each['slug']}.json").write_text(json.dumps(each), encoding="utf-8")
    return folder


def written(tmp_path: Path, content: object) -> Path:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.usefixtures("home")
def test_a_folder_of_companies_is_found_after_our_entries(companies: Path) -> None:
    taken = run("catalogue", "import", str(companies))
    lines = run("catalogue", "search", "netflix").stdout.splitlines()
    rows = json.loads(run("catalogue", "search", "lumen", "audio", "--json").stdout)

    assert "companies (privacy contacts): 2 records" in taken.stdout
    assert lines[0].startswith("netflix  Netflix")
    assert lines[1] == "From directories of others, not checked by us:"
    assert [row["name"] for row in rows] == ["Lumen Reads GmbH"]
    assert rows[0]["service"] is None
    assert rows[0]["from"].endswith("not checked by us")


def test_they_are_no_entries_and_no_problem_of_the_folder(
    home: Path, companies: Path
) -> None:
    run("catalogue", "import", str(companies))

    shown = run("catalogue", "show", "netflix").stdout

    assert validate_folder(home / "catalogue-overlay").findings == ()
    assert "Beispielweg" not in shown
    assert run("catalogue", "show", "lumen-reads").returncode != 0


@pytest.mark.usefixtures("home")
def test_a_letter_names_the_address_with_its_origin_and_does_not_use_it(
    companies: Path, tmp_path: Path
) -> None:
    run("catalogue", "import", str(companies))
    sender = written(
        tmp_path,
        {"name": "A B", "email": "a@b.example", "address": ["Road 1"], "country": "DE"},
    )

    done = run(
        "letter", "Lumen Reads GmbH", "--contract-kind", "streaming", "--country", "DE",
        "--channel", "web", "--purchased-at", "2026-01-10", "--kind", "cancel",
        "--sender", str(sender), "--text",
    )  # fmt: skip

    assert "Beispielweg 4; 10115 Berlin" in done.stderr
    assert "not checked by us" in " ".join(done.stderr.split())
    assert "Beispielweg" not in done.stdout


def test_sites_and_authorities_are_told_by_what_they_hold(tmp_path: Path) -> None:
    sites = read_directory(written(tmp_path, SITES))
    office = read_directory(written(tmp_path, OFFICE))

    assert (sites[0], len(sites[1])) == ("sites", 2)
    assert sites[1][0]["link"] == "https://quillon.example/delete"
    assert sites[1][1]["link"] == ""
    assert office[0] == "authorities"
    assert office[1][0]["countries"] == ["XX"]


@pytest.mark.parametrize(
    "content", [[], {"name": "only a name"}, "text", [LUMEN, *SITES], 7]
)
def test_what_is_no_directory_is_refused(tmp_path: Path, content: object) -> None:
    with pytest.raises(BadInput):
        read_directory(written(tmp_path, content))


def test_text_that_is_no_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("<html>", encoding="utf-8")

    with pytest.raises(BadInput):
        read_directory(path)
    with pytest.raises(BadInput):
        read_directory(tmp_path / "none.json")


def test_text_that_would_forge_a_line_is_left_out(tmp_path: Path) -> None:
    forged = {**LUMEN, "email": "a@b.example\nBcc: c@d.example", "runs": ["a\u202eb"]}

    _, (record,), _ = read_directory(written(tmp_path, forged))

    assert record["email"] == ""
    assert record["aliases"] == []


def test_a_record_without_a_name_is_passed_over(tmp_path: Path) -> None:
    _, records, over = read_directory(written(tmp_path, [LUMEN, {**LUMEN, "name": ""}]))

    assert (len(records), over) == (1, 1)


def test_taken_in_anew_a_directory_replaces_what_was_there(
    home: Path, companies: Path
) -> None:
    run("catalogue", "import", str(companies))
    (companies / "netflix.json").unlink()

    run("catalogue", "import", str(companies))

    names = [each.record["name"] for each in read_kept(home / "catalogue-overlay")]
    assert names == ["Lumen Reads GmbH"]


def test_a_damaged_directory_has_no_records(home: Path, companies: Path) -> None:
    run("catalogue", "import", str(companies))
    path = home / "catalogue-overlay" / "directories" / "companies.json"
    path.write_bytes(path.read_bytes()[:-9])

    assert read_kept(home / "catalogue-overlay") == ()
    assert run("catalogue", "search", "lumen").returncode == 0


def test_a_record_of_another_shape_is_passed_over(home: Path, companies: Path) -> None:
    run("catalogue", "import", str(companies))
    file = home / "catalogue-overlay" / "directories" / "companies.json"
    form = json.loads(file.read_text("utf-8"))
    form["records"] += ["x", {"name": "Bare"}, {**form["records"][0], "name": ["x"]}]
    file.write_text(json.dumps(form), encoding="utf-8")

    names = [each.record["name"] for each in read_kept(home / "catalogue-overlay")]

    assert sorted(names) == ["Lumen Reads GmbH", "Netflix"]


def test_a_backup_takes_directories_along(home: Path, companies: Path) -> None:
    run("catalogue", "import", str(companies))
    before = read_kept(home / "catalogue-overlay")
    file = companies.parent / "b.rescind"
    assert run("backup", str(file)).returncode == 0
    shutil.rmtree(home / "catalogue-overlay")

    done = run("restore", str(file), "--yes")

    assert done.returncode == 0, done.stderr
    assert read_kept(home / "catalogue-overlay") == before != ()
