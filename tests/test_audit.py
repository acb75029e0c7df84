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


def test_a_text_that_changed_after_our_reading_is_found_in_a_clone(
    overlay: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "archives" / "contrib-versions"
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
    text.write_text("Cancel at any time.\n", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "one")
    read = git("rev-parse", "--short=9", "HEAD")
    text.write_text("Cancel on Fridays.\n", encoding="utf-8")
    git("commit", "-qam", "two")
    change(overlay, "commit: 117204ba5", f"commit: {read}")

    said = [f.message for f in audit(Catalogue(overlay), READ_ON, clone.parent)]

    assert any("changed after our reading" in m and "-1 +1" in m for m in said)
    assert any("no clone of OpenTermsArchive/france-versions" in m for m in said)
