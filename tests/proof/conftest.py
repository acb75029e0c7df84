"""What the tests of proof share: a passphrase, two authorities, and packs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.evidence import trust
from rescind.adapters.evidence.verify import check_pack
from rescind.app.follow import cases
from rescind.app.prove import packs, proof
from rescind.app.prove.sealing import Sealed, Sealing, seal_case
from rescind.core.model.evidence import Check
from tests.conftest import FACTS, HOME, SENDER, needs
from tests.proof import authority


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESCIND_KEY_PASSPHRASE", "a passphrase of the tests")


@pytest.fixture(autouse=True)
def nobody_is_asked() -> Iterator[None]:
    """Take every setting away after each test."""
    yield
    (HOME / "proof.json").unlink(missing_ok=True)


@dataclass(kw_only=True)
class Witness:
    """An authority that runs, and its root."""

    runs: authority.Answering
    root: Path

    @property
    def url(self) -> str:
        return self.runs.url

    @property
    def root_pem(self) -> bytes:
        return self.root.read_bytes()


@contextmanager
def a_witness(folder: Path, made: authority.Made | None = None) -> Iterator[Witness]:
    needs("openssl")
    root = authority.make(folder, made)
    with authority.running(folder) as runs:
        yield Witness(runs=runs, root=root)


@pytest.fixture(scope="package")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witness]:
    with a_witness(tmp_path_factory.mktemp("authority")) as witness:
        yield witness


@pytest.fixture(scope="package")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Witness]:
    made = authority.Made(name="Second authority")
    with a_witness(tmp_path_factory.mktemp("second"), made) as witness:
        yield witness


@pytest.fixture
def stamps(sound: Witness) -> Iterator[Witness]:
    """An authority without a fault."""
    sound.runs.fault = ""
    yield sound
    sound.runs.fault = ""


def asked_for_proof(*witnesses: Witness, **more: Any) -> None:
    """Set the authorities to ask, with their roots."""
    proof.change_settings(
        {
            "stamp_by": [witness.url for witness in witnesses],
            "roots": [str(witness.root) for witness in witnesses],
            **more,
        }
    )


def a_case() -> str:
    """Return a case whose letter was sent and answered by the practice merchant."""
    case_id = cases.new_case(FACTS, SENDER)
    cases.send(case_id, way="practice")
    return case_id


def a_pack(**options: Any) -> Sealed:
    return seal_case(a_case(), Sealing(**options))


def trusting(*contents: bytes) -> trust.Trust:
    """Return the trust of a reader who names each as what it is."""
    return packs.trust_of({packs.ANY_ROLE: contents})


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.what: check for check in checks}


def checked(raw: bytes, *trusted: bytes) -> dict[str, Check]:
    return by_name(check_pack(raw, trusting(*trusted)))
