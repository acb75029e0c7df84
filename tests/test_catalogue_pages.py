"""The pages of the catalogue are those that its files make."""

import pytest
from tools.catalogue_pages import DOCS, pages

PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_fresh(name: str) -> None:
    path = DOCS / name

    assert path.is_file(), "run: make docs"
    assert path.read_text(encoding="utf-8") == PAGES[name], "run: make docs"


def test_no_page_is_left_of_a_service_that_is_gone() -> None:
    kept = {f"services/{path.name}" for path in (DOCS / "services").glob("*.md")}

    assert kept <= set(PAGES)
