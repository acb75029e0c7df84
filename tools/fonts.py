"""Find out which characters the fonts of letters can print: ``python -m tools.fonts``.

Writes ``data/fonts/coverage.txt``: ranges of code points, in hexadecimal. Each
character is set by itself as PDF/A, which refuses what has no glyph, so that fonts
inside Typst count as well. What is not in the list is refused by the name of its
field before a letter is laid out.

The two files beside it were cut with fontTools (Noto Serif JP to JIS X 0213 and code
page 932 from U+2E80 on; Noto Serif Devanagari to its script), without hinting.
"""

import json
import os
import unicodedata
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "src" / "rescind" / "data" / "fonts"
PAGE = b"""
#set document(title: "coverage", date: datetime(year: 2026, month: 1, day: 1))
#set text(font: ("Libertinus Serif", "Noto Serif Devanagari", "Noto Serif JP"),
  fallback: false)
#json(bytes(sys.inputs.data)).join(" ")
"""
BLOCKS = (range(0x20, 0x590), range(0x1D00, 0x2E80), range(0xFB00, 0xFB07))
"""What the font inside Typst may have: left to right scripts, and ligatures."""


def prints(fonts: typst.Fonts, characters: list[str]) -> bool:
    """Return whether every character has a glyph; some make Typst give up whole."""
    try:
        typst.Compiler(PAGE, font_paths=fonts).compile(
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=0,
            sys_inputs={"data": json.dumps([f"a{c}a" for c in characters])},
        )
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return False
    return True


def covered(fonts: typst.Fonts, characters: list[str]) -> list[str]:
    """Return those that print; halves what fails until single ones are left."""
    if not characters or prints(fonts, characters):
        return characters
    if len(characters) == 1:
        return []
    half = len(characters) // 2
    return covered(fonts, characters[:half]) + covered(fonts, characters[half:])


def main() -> None:
    """Write the list."""
    os.environ["RUST_BACKTRACE"] = "0"
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    found = {
        code for path in FONTS.glob("Noto*") for code in TTFont(path).getBestCmap()
    }
    for block in BLOCKS:
        for start in range(block.start, block.stop, 64):
            part = range(start, min(start + 64, block.stop))
            tried = [chr(code) for code in part if is_glyph(chr(code))]
            found |= {ord(character) for character in covered(fonts, tried)}
    codes = sorted(code for code in found if is_glyph(chr(code)))
    (FONTS / "coverage.txt").write_text(as_ranges(codes), encoding="ascii")
    print(f"{len(codes):,} characters")


def is_glyph(character: str) -> bool:
    """Return whether a character is one to print: no control, no right to left."""
    kind = unicodedata.category(character)
    side = unicodedata.bidirectional(character)
    return kind[0] in "LMNPSZ" and kind not in ("Zl", "Zp") and side not in ("R", "AL")


def as_ranges(codes: list[int]) -> str:
    """Return code points as lines of first and last, in hexadecimal."""
    lines = []
    first = last = codes[0]
    for code in [*codes[1:], -1]:
        if code == last + 1:
            last = code
            continue
        lines.append(f"{first:04X}-{last:04X}")
        first = last = code
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
