"""An alias leads to its service without a look at all names, and to no old one."""

import re
from datetime import date
from pathlib import Path

import pytest

from rescind.adapters.data import service_names, yaml
from rescind.adapters.data.catalogue import SHIPPED, Catalogue
from rescind.adapters.data.name_index import NameIndex
from rescind.adapters.data.new_entry import NewEntry, skeleton
from rescind.adapters.data.parsed_files import ParsedFiles


@pytest.fixture
def roots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return a folder with two services, and a compiled file of its own."""
    parsed = ParsedFiles(tmp_path / "cache")
    monkeypatch.setattr(yaml, "_parsed_files", lambda: parsed)
    overlay = tmp_path / "own"
    for slug, aliases in (("lumo-club", "[lumo, glow]"), ("vanta", "[vanta plus]")):
        write(overlay, slug, aliases)
    return [overlay, SHIPPED]


def write(overlay: Path, slug: str, aliases: str) -> Path:
    entry = NewEntry(
        name=slug.replace("-", " ").title(),
        website=f"https://{slug}.example",
        kind="streaming",
        terms=f"https://{slug}.example/terms",
        period="P1M",
    )
    text = skeleton(entry, date(2026, 11, 29), "service.schema.json")
    path = overlay / "catalogue" / slug[0] / f"{slug}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = re.sub("^aliases: .*$", f"aliases: {aliases}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return path


def broken(names: service_names.ServiceNames) -> None:
    raise AssertionError(names)


def test_a_second_look_reads_no_names(
    roots: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Catalogue(roots[0]).slug_of("Glow") == "lumo-club"
    monkeypatch.setattr(service_names.ServiceNames, "all", property(broken))

    assert Catalogue(roots[0]).slug_of("glow") == "lumo-club"
    assert Catalogue(roots[0]).slug_of("Vanta Plus") == "vanta"
    with pytest.raises(AssertionError):
        Catalogue(roots[0]).slug_of("a stranger")


def test_it_knows_each_name_as_the_search_does(roots: list[Path]) -> None:
    catalogue = Catalogue(roots[0])
    catalogue.slug_of("a stranger")
    index = NameIndex(roots)

    for each in catalogue.all_names:
        for name in (each.slug, *each.called()):
            exact = catalogue.names.exact(name)
            assert exact is not None
            assert index.slug_of(name) == exact.slug


def test_a_changed_file_is_read_anew(roots: list[Path]) -> None:
    assert Catalogue(roots[0]).slug_of("glow") == "lumo-club"

    write(roots[0], "lumo-club", "[lumo, shine, gleam]")

    assert NameIndex(roots).slug_of("glow") is None
    assert Catalogue(roots[0]).slug_of("glow") is None
    assert Catalogue(roots[0]).slug_of("gleam") == "lumo-club"
    assert NameIndex(roots).slug_of("gleam") == "lumo-club"


def test_a_new_file_may_take_a_name(roots: list[Path]) -> None:
    assert Catalogue(roots[0]).slug_of("Glow") == "lumo-club"

    write(roots[0], "glow", "[]")

    assert NameIndex(roots).slug_of("Lumo") is None
    assert Catalogue(roots[0]).slug_of("GLOW") == "glow"


def test_a_file_that_is_gone_has_no_names(roots: list[Path]) -> None:
    assert Catalogue(roots[0]).slug_of("Glow") == "lumo-club"

    (roots[0] / "catalogue" / "l" / "lumo-club.yaml").unlink()

    assert Catalogue(roots[0]).slug_of("glow") is None
