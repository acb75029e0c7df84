"""The second anchor: a calendar promises, names a block, and the pack says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rescind.adapters.evidence import opentimestamps
from rescind.adapters.public.checks import checks_json
from rescind.adapters.public.proof import ProofStatusJson
from rescind.app.follow import queries
from rescind.app.prove import packs, proof
from rescind.app.prove.sealing import Sealing, seal_case
from rescind.core.errors import TransientError
from rescind.core.model.evidence import Check
from rescind.store import selectors
from tests.proof import calendar
from tests.proof.conftest import Witness, a_case, asked_for_proof, by_name

pytestmark = pytest.mark.usefixtures("ready_desk")
DIGEST = bytes(range(32))


def status(case_id: str) -> ProofStatusJson:
    return proof.status(selectors.read_case(case_id))


@pytest.fixture
def running() -> Iterator[calendar.Calendar]:
    with calendar.running() as told:
        yield told


def test_a_calendar_promises_and_then_names_a_block(
    running: calendar.Calendar,
) -> None:
    promise = opentimestamps.submit(running.url, DIGEST)
    early = opentimestamps.complete(promise, running.url)
    running.has_block = True
    done = opentimestamps.complete(promise, running.url)

    assert opentimestamps.read_anchor(promise).timestamp_calendars == (
        running.url.rstrip("/"),
    )
    assert early is None
    assert done is not None
    anchor = opentimestamps.read_anchor(done)
    assert anchor.digest == DIGEST
    assert anchor.blocks == {calendar.HEIGHT: running.root(running.taken[0])}


def test_a_calendar_that_nobody_named_is_not_asked(running: calendar.Calendar) -> None:
    promise = opentimestamps.submit(running.url, DIGEST)
    running.has_block = True

    assert opentimestamps.complete(promise, "https://else.example.org") is None


def test_a_silent_calendar_and_no_proof_are_told(running: calendar.Calendar) -> None:
    with pytest.raises(TransientError, match="did not answer"):
        opentimestamps.submit("http://127.0.0.1:9", DIGEST)
    promise = opentimestamps.submit(running.url, DIGEST)
    for raw in (b"", b"nothing", promise[:-5], b"\x00" * 100):
        with pytest.raises(ValueError, match="no proof of OpenTimestamps"):
            opentimestamps.read_anchor(raw)


def test_a_pack_says_what_its_anchor_shows(
    running: calendar.Calendar, stamps: Witness, tmp_path: Path
) -> None:
    asked_for_proof(stamps, anchor_by=[running.url])
    case_id, path = a_case(), tmp_path / "c.asice"
    waiting = status(case_id)["waiting"]
    early = seal_case(case_id, Sealing())
    running.has_block = True
    assert proof.settle_all(is_urgent=True) == 0
    sealed = seal_case(case_id, Sealing())
    path.write_bytes(sealed.pack)
    (tmp_path / "c.pem").write_bytes(sealed.certificate)
    trusted = [tmp_path / "c.pem", stamps.root]
    anchored = next(
        event["details"]
        for event in queries.show_case(case_id)["events"]
        if event["details"].get("state") == "complete"
    )
    root = opentimestamps.read_anchor(
        bytes(selectors.file(selectors.find_case(case_id), anchored["proof"]).content)
    ).blocks[calendar.HEIGHT]

    def judged(*blocks: str) -> dict[str, Check]:
        given = packs.Trusted(any_role=trusted, blocks=blocks)
        return by_name(packs.verify(path, given))

    def anchor(checks: dict[str, Check]) -> Check:
        return next(c for name, c in checks.items() if name.startswith("anchor"))

    unknown = judged()
    good = judged(f"{calendar.HEIGHT}={root[::-1].hex()}")
    bad = judged(f"{calendar.HEIGHT}={'00' * 32}")
    pending = by_name(packs.verify_bytes(early.pack, packs.trust_of({})))

    assert waiting == ["the block that an anchor ends in"]
    assert anchor(pending).text.endswith("no block is named yet.")
    assert anchor(unknown).is_extra
    assert f"--block {calendar.HEIGHT}=" in anchor(unknown).text
    assert checks_json(tuple(unknown.values()))["holds"]
    assert anchor(good).holds
    assert "as your own header has it" in anchor(good).text
    assert not anchor(bad).intact
    assert not checks_json(tuple(bad.values()))["holds"]


def test_a_silent_calendar_stops_nothing(stamps: Witness) -> None:
    asked_for_proof(stamps, anchor_by=["http://127.0.0.1:9"])

    case_id = a_case()

    assert status(case_id)["waiting"] == ["an anchor of the log"]
    assert "did not answer" in status(case_id)["said"]
