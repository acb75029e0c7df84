"""The audit of the catalogue: age, sources, contradictions, texts that changed."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from rescind.adapters.data.audit import audit, grade, old_prices
from rescind.adapters.data.catalogue import SHIPPED, Catalogue

READ_ON = date(2026, 11, 28)


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    target = tmp_path / "own" / "catalogue" / "n"
    target.mkdir(parents=True)
    shutil.copy(SHIPPED / "catalogue" / "n" / "netflix.yaml", target)
    return tmp_path / "own"


def found(overlay: Path, today: date = READ_ON) -> list[str]:
    return [f.message for f in audit(Catalogue(overlay), today) if "netflix" in f.path]


def change(overlay: Path, old: str, new: str) -> None:
    path = overlay / "catalogue" / "n" / "netflix.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_fresh_entry_has_nothing_to_look_at(overlay: Path) -> None:
    assert found(overlay) == []


def test_a_reading_of_more_than_a_year_ago_is_in_doubt(overlay: Path) -> None:
    (message,) = found(overlay, date(2027, 11, 29))

    assert "read it again" in message


def test_official_terms_that_say_yes_and_no_at_once_are_named(overlay: Path) -> None:
    change(
        overlay,
        'refund-fr-2026-04, topic: refund, says: "no"',
        'refund-fr-2026-04, topic: refund, says: "yes"',
    )

    assert found(overlay) == [
        "refund-2026-04 and refund-fr-2026-04 say yes and no at once"
    ]


def test_old_prices_are_counted_and_the_grade_follows_the_sources() -> None:
    catalogue = Catalogue()

    assert old_prices(catalogue.service("netflix"), READ_ON) == 3
    assert grade(catalogue.service("netflix")) == "archived"
    assert grade(catalogue.service("telekom-de")) == "guides"


def archive(clone: Path, *texts: str) -> list[str]:
    """Keep versions of Netflix's terms in a new repository; return their commits."""
    text = clone / "Netflix" / "Terms of Service.md"
    text.parent.mkdir(parents=True)

    def git(*arguments: str) -> str:
        name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        done = subprocess.run(
            ["git", "-C", str(clone), *name, *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    git("init", "-q")
    commits = []
    for words in texts:
        text.write_text(f"{words}\n", encoding="utf-8")
        git("add", "-A")
        git("commit", "-qm", words)
        commits.append(git("rev-parse", "--short=9", "HEAD"))
    return commits


def test_a_text_that_changed_after_our_reading_is_found_in_a_clone(
    overlay: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "archives" / "contrib-versions"
    read, _ = archive(clone, "Cancel at any time.", "Cancel on Fridays.")
    change(overlay, "commit: 117204ba5", f"commit: {read}")

    said = [f.message for f in audit(Catalogue(overlay), READ_ON, clone.parent)]

    assert any("changed after our reading" in m and "-1 +1" in m for m in said)
    assert any("no clone of OpenTermsArchive/france-versions" in m for m in said)


def test_the_text_seen_last_counts_in_whatever_order_the_sources_stand(
    overlay: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "archives" / "contrib-versions"
    old, new = archive(clone, "Cancel at any time.", "Cancel on Fridays.")
    # tos-2021 stands before tos-2026-04; now it is the one that was seen last
    change(overlay, "seen_on: 2021-03-03", "seen_on: 2026-10-01")
    change(overlay, "commit: a4933d259", f"commit: {new}")
    change(overlay, "commit: 117204ba5", f"commit: {old}")

    findings = audit(Catalogue(overlay), READ_ON, clone.parent)

    of_netflix = [f.message for f in findings if f.path == "netflix.yaml"]
    assert not any("changed after our reading" in each for each in of_netflix)


def test_an_older_text_of_another_archive_is_not_looked_at(
    overlay: Path, tmp_path: Path
) -> None:
    old, _ = archive(tmp_path / "archives" / "old-versions", "Cancel.", "Stay.")
    (new,) = archive(tmp_path / "archives" / "contrib-versions", "Cancel on Fridays.")
    change(
        overlay,
        'OpenTermsArchive/contrib-versions, path: "Netflix/Terms of Service.md",'
        " commit: 1153e1927",
        'OpenTermsArchive/old-versions, path: "Netflix/Terms of Service.md",'
        f" commit: {old}",
    )
    change(overlay, "commit: 117204ba5", f"commit: {new}")

    findings = audit(Catalogue(overlay), READ_ON, tmp_path / "archives")

    of_netflix = [f.message for f in findings if f.path == "netflix.yaml"]
    assert not any("changed after our reading" in each for each in of_netflix)
