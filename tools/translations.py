"""Compile the translations of the pages: ``python -m tools.translations``."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[1] / "src" / "rescind" / "web" / "locale"


def compiled(po: Path) -> bytes:
    """Return what a catalogue is for the program that reads it."""
    out = io.BytesIO()
    with po.open("rb") as file:
        write_mo(out, read_po(file))
    return out.getvalue()


if __name__ == "__main__":
    for each in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        each.with_suffix(".mo").write_bytes(compiled(each))
