"""Proof that cannot be had now: said, tried again, and never waited for."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters import clock
from rescind.adapters.public.proof import ProofStatusJson
from rescind.app.follow import cases, queries
from rescind.app.prove import proof
from rescind.core.errors import BadInput
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER
from tests.program import run
from tests.proof.conftest import Witness, a_case, asked_for_proof

pytestmark = pytest.mark.usefixtures("ready_desk")
NOWHERE = "http://127.0.0.1:9/"


def status(case_id: str) -> ProofStatusJson:
    return proof.status(selectors.read_case(case_id))


def kinds(case_id: str) -> list[str]:
    return [event["kind"] for event in queries.show_case(case_id)["events"]]


def test_without_a_setting_nobody_is_asked() -> None:
    case_id = a_case()

    assert "stamped" not in kinds(case_id)
    assert status(case_id) == {
        "waiting": [],
        "stamps": [],
        "said": "",
        "tries": 0,
        "next_try_at": None,
    }


def test_the_log_is_stamped_after_all_that_happens(stamps: Witness) -> None:
    asked_for_proof(stamps)

    case_id = a_case()
    cases.keep_file(case_id, b"I pressed the button.", name="note.txt")
    cases.confirm(case_id, ends_on="2026-12-10", note="")

    assert kinds(case_id)[-4:] == ["file_kept", "stamped", "confirmed", "stamped"]
    assert status(case_id)["waiting"] == []


def test_several_authorities_are_witnesses(stamps: Witness, second: Witness) -> None:
    asked_for_proof(stamps, second, stamps=2)

    case_id = a_case()

    by = [stamp["by"] for stamp in status(case_id)["stamps"][-2:]]
    assert by == [stamps.url, second.url]


def test_where_one_authority_fails_the_next_is_asked(
    stamps: Witness, second: Witness
) -> None:
    asked_for_proof(stamps, second)
    stamps.runs.fault = "nonce"

    case_id = a_case()

    assert status(case_id)["stamps"][-1]["by"] == second.url
    assert status(case_id)["waiting"] == []


def test_no_authority_stops_nothing_and_it_is_tried_again(stamps: Witness) -> None:
    asked_for_proof(stamps)
    stamps.runs.fault = "500"

    case_id = a_case()
    waiting = status(case_id)
    asked = len(stamps.runs.asked)
    cases.confirm(case_id, ends_on="2026-12-10", note="")
    too_early = len(stamps.runs.asked)
    stamps.runs.fault = ""
    left = proof.settle_all(is_urgent=True)

    assert queries.show_case(case_id)["state"] == "confirmed"
    assert waiting["waiting"] == ["a timestamp over the log"]
    assert "HTTP 500" in waiting["said"]
    assert waiting["next_try_at"]
    assert too_early == asked  # its time had not come yet
    assert left == 0
    assert kinds(case_id)[-1] == "stamped"
    assert status(case_id)["tries"] == 0


def test_the_waits_grow_to_six_hours(stamps: Witness) -> None:
    from rescind.store import proofs, selectors

    asked_for_proof(stamps)
    stamps.runs.fault = "500"
    case = selectors.find_case(a_case())
    waits = []

    for _ in range(14):
        proof.settle(case, is_urgent=True)
        last = selectors.failed_proof(case)
        assert last is not None
        waits.append(proofs.next_try(last) - last.tried_at)

    assert waits[0] >= timedelta(minutes=1)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=6)


def test_what_waits_is_proved_when_its_time_has_come(stamps: Witness) -> None:
    from rescind.store import proofs, selectors

    asked_for_proof(stamps)
    stamps.runs.fault = "500"
    case = selectors.find_case(a_case())
    stamps.runs.fault = ""
    past = clock.now() - timedelta(days=1)
    proofs.note_attempt(case, "long ago", now=past)

    proof.settle_all()

    assert kinds(str(case.pk))[-1] == "stamped"


def test_a_message_is_stamped_before_it_is_sent(stamps: Witness) -> None:
    asked_for_proof(stamps)
    case_id = cases.new_case(FACTS, SENDER)

    cases.send(case_id, way="practice")

    events = queries.show_case(case_id)["events"]
    stamp, begun = events[3], events[4]
    assert (stamp["kind"], begun["kind"]) == ("stamped", "dispatch_begun")
    assert begun["details"]["message"] == f"sha256:{stamp['details']['covers']}"
    assert stamp["at"] <= begun["at"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"stamp_by": ["nobody"]}, "stamp_by"),
        ({"anchor_by": ["ftp://x"]}, "anchor_by"),
        ({"dns": "nowhere"}, "dns"),
        ({"stamps": 9}, "stamps"),
        ({"roots": ["/nowhere"]}, "roots"),
        ({"more": ["x"]}, "proof"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        proof.change_settings(changes)

    assert caught.value.field == field
    assert not (HOME / "proof.json").exists()


def test_authorities_on_file_are_pinned_to_roots_of_a_package() -> None:
    from rescind.adapters.settings.proof import find_authority, providers

    for entry in providers()["authorities"]:
        found = find_authority(entry["name"])
        assert len(found.roots) == len(entry["roots"]), entry["name"]
        assert not entry["tried"]
        assert entry["source"]["url"].startswith("https://")


def test_at_the_command_line(stamps: Witness) -> None:
    listed = run("proof", "authorities")
    as_json = run("proof", "authorities", "--json")
    set_up = run(
        *("proof", "set", "--stamp-by", stamps.url, "--root", str(stamps.root)),
        *("--dns", "127.0.0.1:9", "--anchor-by", NOWHERE),
    )
    wrong = run("proof", "set", "--stamp-by", "sectig")
    shown = run("proof", "show", "--json")
    a_case()
    plain = run("proof", "show")
    retried = run("proof", "retry")
    cleared = run("proof", "set", "--clear")
    nothing = run("proof", "retry")

    assert "[not tried]" in listed.stdout
    assert json.loads(as_json.stdout)["authorities"]
    assert set_up.returncode == 0, set_up.stderr
    assert wrong.returncode == 2
    assert "sectigo" in wrong.stderr
    assert json.loads(shown.stdout)["dns"] == "127.0.0.1:9"
    assert "waits:" in plain.stdout
    assert "did not answer" in plain.stdout
    assert retried.returncode == 1
    assert "nobody" in cleared.stdout
    assert nothing.returncode == 0


def test_settings_broken_by_hand_are_told(tmp_path: Path) -> None:
    from rescind.adapters.settings.proof import read_settings

    (tmp_path / "proof.json").write_text("{")
    with pytest.raises(BadInput):
        read_settings(tmp_path)
