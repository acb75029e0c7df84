"""The whole way through the web app in Chromium, page by page."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

_CHROMIUMS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
CHROMIUM = next((path for path in _CHROMIUMS if Path(path).exists()), _CHROMIUMS[0])
"""The shell without windows takes a quarter less time; the whole browser does too."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


GYM = (
    "service=other&merchant=Gym+One&kind=gym&channel=web&country=DE&purchased_at=2026-01-15"
    "&term=P12M&notice=P3M&renewal_term=P12M&period=P1M&price=30.00+EUR"
    "&withdrawal_informed=true"
)
"""A contract that is not on file, as the pages would ask for it."""


PHONE: Any = {"width": 390, "height": 844}


PACK = Path(__file__).parents[1] / "samples" / "packs" / "log-2"
"""A kept pack with everything in it."""


AXE = Path(".cache/npm/node_modules/axe-core/axe.min.js")


STATEMENT = Path(__file__).parents[1] / "samples" / "statement.csv"
"""Two years of a made-up account (tests/find/bank.py)."""


_walks = count(1)


def statement() -> Any:
    """Return the statement, each time with another number of empty lines below."""
    content = STATEMENT.read_bytes() + b"\n" * next(_walks)
    return {"name": "statement.csv", "mimeType": "text/csv", "buffer": content}


def unclear() -> Any:
    """Return a statement whose days can be read in two ways, and that no currency has.

    Each time with another number of empty lines below: no file is kept twice.
    """
    rows = [f"05/{month:02}/2025,VIAPLAY,-9.99" for month in range(1, 13)]
    content = "\n".join(["Date,Description,Amount", *rows]) + "\n" * next(_walks)
    return {"name": "card.csv", "mimeType": "text/csv", "buffer": content.encode()}


@contextmanager
def serving(home: Path, port: int = 0) -> Iterator[str]:
    """Run the web app, by default on a free port, and yield its address."""
    rescind = str(Path(sys.executable).with_name("rescind"))
    server = subprocess.Popen(
        [rescind, "serve", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"RESCIND_HOME": str(home)},
    )
    assert server.stdout is not None
    with server.stdout:
        yield server.stdout.readline().split()[-1]
        server.terminate()
        server.wait(timeout=20)


def begun(page: Any, address: str, name: str) -> None:
    """Say on the first page what is to be stopped."""
    page.goto(address)
    page.get_by_label("Company, app").fill(name)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Show my answer").wait_for()


def walk(page: Any, address: str) -> Iterator[str]:
    """Go the whole way and yield the name of each page on it, once it is there."""
    for name in _steps(page, address):
        page.wait_for_load_state("load")
        page.locator("h1").first.wait_for()
        yield name


def _steps(page: Any, address: str) -> Iterator[str]:
    page.goto(address)
    yield "home"
    page.goto(f"{address}/spending/")
    yield "statement"
    page.locator("#files").set_input_files(statement())  # no file is kept twice
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="You pay").wait_for()
    yield "spending"
    page.locator(".paid-cards a").first.click()
    page.get_by_role("heading", name="Every charge").wait_for()
    yield "finding"
    page.goto(f"{address}/spending/write/")
    yield "by hand"
    page.goto(f"{address}/spending/")
    page.locator("#files").set_input_files(unclear())
    page.get_by_role("button", name="Read them").click()
    page.get_by_role("heading", name="read right?").wait_for()
    yield "asked"
    page.get_by_role("button", name="Read it so").click()
    page.get_by_role("heading", name="You pay").wait_for()
    page.goto(f"{address}/help/services/coursera/")
    yield "service"
    page.goto(f"{address}/")
    page.get_by_label("Company, app").fill("Coursera")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What did you buy?").select_option("plus-annual")
    page.get_by_label("Coursera itself").check()
    page.get_by_label("Where do you live?").select_option("DE")
    today = datetime.now(UTC).date()
    page.get_by_label("When did you buy it?", exact=True).fill(
        (today - timedelta(days=5)).isoformat()
    )
    page.get_by_label("What did you pay?", exact=True).fill("399,00 EUR")
    yield "facts"
    page.get_by_role("button", name="Show my answer").click()
    yield "answer"
    page.get_by_role("link", name="Prepare both letters").click()
    page.get_by_label("Your name").fill("Ada Practice")
    page.get_by_label("E-mail of your account").fill("ada@practice.invalid")
    yield "letters"
    page.get_by_role("button", name="Practise first").click()
    yield "answered"
    page.get_by_text("They confirmed the end", exact=True).click()
    page.get_by_label("It ends on").fill((today - timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Yes, they confirmed the end").click()
    yield "confirmed"
    page.get_by_text("Something else happened").click()
    page.locator("#charged-on").fill(today.isoformat())
    page.get_by_label("How much?").fill("399.00 EUR")
    page.get_by_role("button", name="Record the charge").click()
    page.get_by_role("heading", name="charged you again").wait_for()
    yield "charged"
    page.goto(f"{address}/worker/")
    yield "worker"
    page.goto(f"{address}/settings/")
    yield "settings"
    page.goto(f"{address}/cases/")
    yield "cases"
    page.goto(f"{address}/law/?country=DE")
    yield "law"
    page.goto(f"{address}/new/?{GYM}")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Prepare the letter").wait_for()
    yield "contract"
    page.goto(f"{address}/proof/")
    yield "proof"
    page.goto(f"{address}/verify/")
    page.get_by_label("The proof file").set_input_files(PACK / "pack.asice")
    trusted = [PACK / "sealer.pem", PACK / "authority.pem"]
    page.get_by_label("Certificates that you trust").set_input_files(trusted)
    page.get_by_role("button", name="Check it").click()
    page.get_by_role("heading", name="it holds").wait_for()
    yield "verify"
    page.goto(f"{address}/help/")
    yield "help"
