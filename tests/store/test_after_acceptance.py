"""A letter that was taken is recorded, whatever fails after that, and sent once."""

import inspect
import linecache
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import OperationalError

import rescind
from rescind.app.follow import cases, queries
from rescind.app.prove import proof
from rescind.core.errors import UnknownOutcome
from rescind.ports import Handover, Submission
from rescind.store import dispatches, retry, selectors, services, work
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")
SOURCE = str(Path(rescind.__file__).parent)
TRIES = 50
"""So many places of the lines after the acceptance are tried."""


class Broken(Exception):  # noqa: N818 - what is injected, and no error of ours
    """What fails."""


class Server:
    """Takes every letter; from then on a fault waits at the n-th line of ours."""

    name = "practice"

    def __init__(self, fault_at: int | None = None) -> None:
        self.taken = 0
        self.fault_at = fault_at
        self.lines = 0

    def send(self, submission: Submission, dialogue: list[str]) -> Handover:
        self.taken += 1
        dialogue.append(f"S: 250 taken, {len(submission.content)} bytes")
        frame: FrameType | None = inspect.currentframe()
        sys.settrace(self._trace)
        while frame:  # those that wait for this call go on under the trace
            frame.f_trace = self._trace
            frame = frame.f_back
        return Handover(answers=("END 250 taken",))

    def _trace(self, frame: FrameType, event: str, _: object) -> Any:
        name = frame.f_code.co_filename
        # a fault between the beginning of a reader's process and its end would leave
        # that process behind: it has its own tests
        if not name.startswith(SOURCE) or "confined" in name:
            return self._trace
        if event == "line" and not _is_with(name, frame.f_lineno):
            self.lines += 1
            if self.lines == self.fault_at:
                sys.settrace(None)
                raise Broken(f"{frame.f_code.co_filename}:{frame.f_lineno}")
        return self._trace


def _is_with(file: str, number: int) -> bool:
    """Return whether a line opens a block that has to be closed.

    From Python 3.12 on such a line comes up again before the block is closed. A fault
    just there would leave a transaction open, which no fault of a statement can do.
    """
    return linecache.getline(file, number).lstrip().startswith("with ")


@pytest.fixture(autouse=True)
def untraced() -> Iterator[None]:
    before = sys.gettrace()
    yield
    sys.settrace(before)


def sent_with(server: Server) -> tuple[str, str]:
    """Return the state of a case whose letter was sent, and what the door got."""
    name = cases.new_case(FACTS, SENDER)
    try:
        outcome = cases.send(name, way="practice", mailer=server).outcome
    finally:
        sys.settrace(None)
    state = queries.show_case(name)["state"]
    services.forget(selectors.find_case(name))
    return state, outcome


def test_a_fault_at_any_line_after_the_acceptance_leaves_no_letter_unrecorded() -> None:
    whole = Server()
    assert sent_with(whole) == ("answered", "dispatch_taken")
    assert whole.lines > 200, whole.lines

    states: dict[str, int] = {}
    places = [*range(1, 12), *range(12, whole.lines, whole.lines // TRIES)]
    for line in places:
        server = Server(fault_at=line)
        state, outcome = sent_with(server)
        assert server.taken == 1
        assert state in ("sent", "doubtful", "answered"), (line, state)
        assert (outcome == "dispatch_taken") == (state != "doubtful"), line
        states[state] = states.get(state, 0) + 1

    # what comes after the record is by far the most, and changes nothing about it
    assert states["sent"] + states["answered"] > 10 * states.get("doubtful", 0)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (dispatches, "keep"),
        (dispatches, "add"),
        (work, "plan"),
        (proof, "settle"),
    ],
)
def test_a_step_that_always_fails_after_the_acceptance_is_survived(
    module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once, as above, but for good: the record of the doubt meets it again."""
    case_id = cases.new_case(FACTS, SENDER)
    real = getattr(module, name)

    def fail(*_: Any, **__: Any) -> None:
        raise Broken(name)

    class Breaking(Server):
        def send(self, _: Submission, dialogue: list[str]) -> Handover:
            self.taken += 1
            dialogue.append("S: 250 taken")
            monkeypatch.setattr(module, name, fail)
            return Handover(answers=("END 250 taken",))

    server = Breaking()
    with suppress(UnknownOutcome):
        cases.send(case_id, way="practice", mailer=server)
    monkeypatch.setattr(module, name, real)

    state = queries.show_case(case_id)["state"]
    assert state in ("sent", "answered", "doubtful", "sending")
    with pytest.raises(Exception, match="case: "):
        cases.send(case_id, way="practice", mailer=server)
    assert server.taken == 1
    services.forget(selectors.find_case(case_id))


def test_a_database_that_is_gone_when_the_answer_comes_leaves_it_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retry, "SECONDS", 0.0)
    monkeypatch.setattr(retry, "BETWEEN", 0.0)
    case_id = cases.new_case(FACTS, SENDER)

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("disk I/O error")

    class Breaking(Server):
        def send(self, _: Submission, dialogue: list[str]) -> Handover:
            self.taken += 1
            dialogue.append("S: 250")
            monkeypatch.setattr(dispatches, "add", gone)
            return Handover(answers=("END 250 taken",))

    with pytest.raises(UnknownOutcome, match="may have been sent"):
        cases.send(case_id, way="practice", mailer=Breaking())
    monkeypatch.undo()

    assert queries.show_case(case_id)["state"] == "sending"
    services.forget(selectors.find_case(case_id))
