"""Print one page of each kind of letter in each language to build/pictures/letters."""

import io
from pathlib import Path

from PIL import Image
from tests.letters.scenarios import PLACES, all_letters, written

from rescind.adapters.data.letters import language
from rescind.app.act import letters

TARGET = Path("build/pictures/letters")
LIST = Path("docs/letters/README.md")
WIDTH = 560
COLOURS = 8


def main() -> None:
    """Write the pictures, and the page that lists them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.png"):
        old.unlink()
    pages: dict[str, list[str]] = {}
    for kind, code in all_letters():
        png = letters.renderer().picture(written(kind, code).letter)
        picture = Image.open(io.BytesIO(png)).convert("L")
        size = (WIDTH, round(picture.height * WIDTH / picture.width))
        small = picture.resize(size, Image.Resampling.LANCZOS)
        name = f"{kind}-{code}.png"
        small.quantize(COLOURS).save(TARGET / name, optimize=True)
        pages.setdefault(kind, []).append(code)
    LIST.write_text(index(pages), encoding="utf-8")


def index(pages: dict[str, list[str]]) -> str:
    """Return the page that lists them: a row for each kind."""
    lines = [
        "# Letters",
        "",
        "`make letters` prints a page of each kind in each language.",
        "The pages lie in `build/pictures/letters`.",
        "Sender and merchant are invented; the sheet is the one of the country.",
        "No native reader has reviewed these texts yet, as every preview says.",
        "",
    ]
    for kind, codes in pages.items():
        lines += [f"## {language('en')['kinds'][kind].capitalize()} (`{kind}`)", ""]
        ordered = [code for code in PLACES if code in codes]
        lines += [f"- {language(c)['name']}: `{kind}-{c}.png`" for c in ordered]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
