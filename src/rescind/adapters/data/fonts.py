"""Fonts: those that letters are printed with come with the program."""

from functools import cache

import typst

from rescind.adapters.data.catalogue import SHIPPED

FOLDER = SHIPPED / "fonts"


@cache
def fonts() -> typst.Fonts:
    """Return the fonts inside the package: the same bytes on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FOLDER)])
