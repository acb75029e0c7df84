"""docs/verify.md: its commands are run as they stand, on good packs and bad ones."""

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rescind.adapters.evidence import asice
from rescind.app.prove import packs
from rescind.app.prove.sealing import Sealing, seal_case
from tests.conftest import needs
from tests.proof.conftest import Witness, a_case, asked_for_proof

pytestmark = pytest.mark.usefixtures("ready_desk")
PAGE = (Path(__file__).parents[2] / "docs" / "verify.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh( check)?\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CHECKS = [block for is_check, block in BLOCKS if is_check]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, sound: Witness) -> Path:
    """A folder with a pack that holds everything, and what it is checked by."""
    folder = tmp_path_factory.mktemp("whole")
    sound.runs.fault = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESCIND_KEY_PASSPHRASE", "a passphrase of the tests")
        asked_for_proof(sound)
        sealed = seal_case(a_case(), Sealing(with_copy=True))
        (folder / "first.asice").write_bytes(sealed.pack)
        renewed, _ = packs.renew(folder / "first.asice")
    (folder / "case.asice").write_bytes(renewed)
    (folder / "case.pem").write_bytes(sealed.certificate)
    (folder / "authority.pem").write_bytes(sound.root_pem)
    return folder


def run(block: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def unpacked(whole: Path, folder: Path) -> Path:
    for path in whole.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (first, *_) = [block for is_check, block in BLOCKS if not is_check]
    done = run(first, folder)
    assert done.returncode == 0, done.stderr
    return folder / "case"


def test_every_command_of_the_page_holds_on_a_good_pack(
    whole: Path, tmp_path: Path
) -> None:
    needs("unzip", "openssl", "pdfsig", "certutil", "python3")
    case = unpacked(whole, tmp_path)

    assert len(CHECKS) == 8
    for block in CHECKS:
        done = run(block, case)
        assert done.returncode == 0, block + done.stdout + done.stderr


def changed(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(bytes(raw))


def forged_log(case: Path) -> None:
    path = case / "log.json"
    log = json.loads(path.read_text("utf-8"))
    log["events"][1]["known_by"] = "server"
    path.write_text(json.dumps(log), "utf-8")


def moved_stamp(case: Path) -> None:
    path = case / "log.json"
    log = json.loads(path.read_text("utf-8"))
    stamped = [e for e in log["events"] if e["kind"] == "stamped"]
    stamped[0]["details"]["covers"] = "00" * 32
    path.write_text(json.dumps(log), "utf-8")


def swapped_token(case: Path) -> None:
    """Put another token into the signature: one over other bytes."""
    from rescind.adapters.evidence.cades import with_token

    path = case / asice.SIGNATURE
    other = (case / asice.token_name(1)).read_bytes()
    path.write_bytes(with_token(path.read_bytes(), other))


def changed_copies(case: Path) -> None:
    for path in case.glob("pades/*.pdf"):
        raw = path.read_bytes()
        path.write_bytes(raw.replace(b"/MediaBox", b"/mediaBox", 1))


FAULTS: dict[str, Callable[[Path], None]] = {
    "was changed": lambda case: changed(case / "summary.pdf"),
    "cms -verify": lambda case: changed(case / asice.MANIFEST),
    "asn1parse": swapped_token,
    "ASiCArchiveManifest": lambda case: changed(case / asice.ARCHIVE_MANIFEST),
    'previous == log["head"]': forged_log,
    "done < stamps": moved_stamp,
    "certutil": changed_copies,
    "pyhanko sign": changed_copies,
}
"""What is done to a pack, by a word of the check that has to notice."""


@pytest.mark.parametrize("block", CHECKS, ids=list(FAULTS))
def test_every_check_of_the_page_notices_what_was_done(
    block: str, whole: Path, tmp_path: Path
) -> None:
    needs("unzip", "openssl", "pdfsig", "certutil", "python3")
    case = unpacked(whole, tmp_path)
    (fault,) = [fault for word, fault in FAULTS.items() if word in block]
    fault(case)

    assert run(block, case).returncode != 0


def test_the_page_holds_for_the_pack_as_rescind_reads_it(whole: Path) -> None:
    trusted = packs.Trusted(any_role=[whole / "case.pem", whole / "authority.pem"])

    assert all(check.holds for check in packs.verify(whole / "case.asice", trusted))
    with zipfile.ZipFile(whole / "case.asice") as archive:
        assert archive.testzip() is None
