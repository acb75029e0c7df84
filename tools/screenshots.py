"""Take a picture of each page of the web app to build/pictures, with Chromium."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.walk import ARGUMENTS, CHROMIUM, serving, walk

TARGET = Path("build/pictures/pages")
LONG = frozenset({"service"})
"""Pages of which the beginning is enough."""


def main() -> None:
    """Walk through one practice case, a picture at each page."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        serving(Path(home)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1100, "height": 1400})
        for name in walk(page, address):
            page.wait_for_load_state("networkidle")
            path = TARGET / f"{name}.png"
            page.screenshot(path=path, full_page=name not in LONG)
        phone = browser.new_page(viewport={"width": 390, "height": 844})
        phone.goto(address)
        phone.screenshot(path=TARGET / "phone.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
