"""Take a picture of each page of the web app for docs/, with Debian's Chromium."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TARGET = Path("docs/screenshots")


def main() -> None:
    """Walk through one practice case, a picture at each page."""
    rescind = str(Path(sys.executable).with_name("rescind"))
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        server = subprocess.Popen(
            [rescind, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"RESCIND_HOME": home},
        )
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=ARGUMENTS
                )
                page = browser.new_page(viewport={"width": 1100, "height": 800})
                walk(page, address)
                phone = browser.new_page(viewport={"width": 390, "height": 844})
                phone.goto(f"{address}/check/coursera/")
                shoot(phone, "phone")
        finally:
            server.terminate()
            server.wait()


def walk(page: Page, address: str) -> None:
    """Go from the first question to the confirmed case."""
    bought = (datetime.now(UTC) - timedelta(days=5)).date()
    page.goto(address)
    shoot(page, "home")
    page.goto(f"{address}/services/coursera/")
    page.set_viewport_size({"width": 1100, "height": 1500})
    page.screenshot(path=TARGET / "service.png")
    page.set_viewport_size({"width": 1100, "height": 800})
    page.goto(f"{address}/check/coursera/")
    shoot(page, "channel")
    page.get_by_role("button", name="The merchant itself").click()
    shoot(page, "offer")
    page.get_by_role("button", name="Coursera Plus, annual").click()
    page.get_by_label("Where do you live?").select_option("DE")
    page.get_by_label("When did you buy it?").fill(bought.isoformat())
    page.get_by_label("What did you pay?").fill("399.00 EUR")
    shoot(page, "facts")
    page.get_by_role("button", name="Show what follows").click()
    shoot(page, "verdict")
    page.get_by_role("link", name="Write the letter").click()
    page.get_by_label("Your name").fill("Ada Practice")
    page.get_by_label("Your e-mail address").fill("ada@practice.invalid")
    page.get_by_label("Your postal address").fill("1 Trial Lane\n10117 Berlin\nGermany")
    page.get_by_label("Last four digits").fill("0000")
    shoot(page, "sender")
    page.get_by_role("button", name="Write the letter").click()
    page.wait_for_load_state("networkidle")
    shoot(page, "letter")
    page.get_by_label("Yes, send it to the practice merchant").check()
    page.get_by_role("button", name="Practise sending").click()
    shoot(page, "answered")
    page.get_by_label("It ends on").fill(
        bought.replace(year=bought.year + 1).isoformat()
    )
    page.get_by_role("button", name="Yes, they confirmed the end").click()
    shoot(page, "confirmed")
    page.goto(f"{address}/cases/")
    shoot(page, "cases")
    page.goto(f"{address}/about/")
    shoot(page, "about")


def shoot(page: Page, name: str) -> None:
    """Keep a picture of the whole page."""
    page.screenshot(path=TARGET / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main()
