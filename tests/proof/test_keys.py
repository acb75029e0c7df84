"""Keys: made at first use, rotated, brought along as a file or a token."""

import json
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from rescind.adapters.evidence import signing_keys
from rescind.adapters.evidence.cades import seal
from rescind.app.prove import keys as wired
from rescind.core.errors import BadInput, TransientError
from tests.conftest import find_program, needs
from tests.program import run
from tests.proof.conftest import a_pack, checked

pytestmark = pytest.mark.usefixtures("ready_desk")
NOW = datetime(2026, 11, 26, tzinfo=UTC)
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = signing_keys.own_key(tmp_path, now=NOW)
    again = signing_keys.own_key(tmp_path, now=NOW + timedelta(days=100))

    assert first == again
    assert first.is_self_made
    assert (tmp_path / "key.p12").stat().st_mode & 0o777 == 0o600


def test_a_key_near_its_end_is_replaced_and_kept(tmp_path: Path) -> None:
    first = signing_keys.own_key(tmp_path, now=NOW)

    later = signing_keys.own_key(tmp_path, now=NOW + timedelta(days=3640))

    (retired,) = (tmp_path / "keys").glob("*.p12")
    assert later.p12 != first.p12
    assert retired.read_bytes() == first.p12
    assert signing_keys.own_key(tmp_path, now=NOW + timedelta(days=3641)) == later


def test_a_pack_of_a_retired_key_still_holds_by_its_certificate() -> None:
    before = a_pack()

    wired.rotate_key()
    after = a_pack()

    assert before.certificate != after.certificate
    assert checked(before.pack, before.certificate)["signature"].holds
    assert not checked(after.pack, before.certificate)["signature"].holds


def test_a_key_of_ones_own_is_used_and_a_wrong_one_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.p12"
    mine = signing_keys.own_key(tmp_path / "made", now=datetime.now(UTC))
    path.write_bytes(mine.p12)
    secret = mine.passphrase.decode()

    sealed = a_pack(key_file=path, passphrase=secret)

    assert checked(sealed.pack, signing_keys.certificate_pem(mine))["signature"].holds
    with pytest.raises(BadInput, match="passphrase"):
        a_pack(key_file=path, passphrase="wrong")
    with pytest.raises(BadInput, match="cannot read"):
        a_pack(key_file=tmp_path / "none.p12")


def test_a_file_without_a_key_is_told(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    path = tmp_path / "only.p12"
    held = signing_keys.certificate(signing_keys.own_key(tmp_path, now=NOW))
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, held, None, NoEncryption())
    )

    with pytest.raises(BadInput, match="no key with its certificate"):
        signing_keys.read_key(path, "")


def test_without_a_keyring_or_a_passphrase_there_is_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RESCIND_KEY_PASSPHRASE")
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # keyring has no types here
    try:
        with pytest.raises(BadInput) as caught:
            signing_keys.own_key(tmp_path, now=datetime.now(UTC))
    finally:
        keyring.set_keyring(before)

    assert caught.value.field == "RESCIND_KEY_PASSPHRASE"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[signing_keys.TokenKey]:
    """A key in a token of SoftHSM, made by the usual tools."""
    needs("softhsm2-util", "pkcs11-tool", "openssl")
    module = next((path for path in MODULES if find_program(path)), MODULES[0])
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        patch.setenv(signing_keys.PIN, "4321")
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days"]
        made += ["30", "-subj", "/CN=Token of Ada", "-keyout", "k.pem"]
        _do(folder, *made, "-out", "c.pem")
        _do(folder, "softhsm2-util", "--init-token", "--free", "--label", "ada",
            "--pin", "4321", "--so-pin", "8765")  # fmt: skip
        _do(folder, "softhsm2-util", "--import", "k.pem", "--token", "ada",
            "--label", "seal", "--id", "01", "--pin", "4321")  # fmt: skip
        _do(folder, "openssl", "x509", "-in", "c.pem", "-outform", "DER",
            "-out", "c.der")  # fmt: skip
        _do(folder, "pkcs11-tool", "--module", module, "--login", "--pin", "4321",
            "--write-object", "c.der", "--type", "cert", "--label", "seal",
            "--id", "01")  # fmt: skip
        yield signing_keys.TokenKey(module=Path(module), label="seal", token="ada")


def _do(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_a_token_seals(token: signing_keys.TokenKey) -> None:
    wired.use_key({"module": str(token.module), "label": "seal", "token": "ada"})

    sealed = a_pack()

    check = checked(sealed.pack, sealed.certificate)["signature"]
    assert check.holds
    assert "Token of Ada" in check.text
    assert wired.current_key()["self_made"] is False


def test_a_token_that_cannot_be_used_is_told(
    token: signing_keys.TokenKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = signing_keys.TokenKey(module=token.module, label="nobody", token="ada")
    nowhere = signing_keys.TokenKey(module=Path("/nowhere.so"), label="seal")

    for wrong in (other, nowhere):
        with pytest.raises(TransientError, match="could not be used"):
            seal(b"x", wrong)
    monkeypatch.setenv(signing_keys.PIN, "0000")
    with pytest.raises(TransientError, match="could not be used"):
        seal(b"x", token)


def test_keys_at_the_command_line(tmp_path: Path) -> None:
    shown = run("key", "show", "--json")
    plain = run("key", "show")
    rotated = run("key", "rotate", "--yes")
    again = run("key", "show", "--json")
    nothing = run("key", "use")
    p12 = tmp_path / "mine.p12"
    p12.write_bytes(signing_keys.own_key(tmp_path / "other", now=datetime.now(UTC)).p12)
    used = run("key", "use", str(p12))
    chosen = run("key", "show", "--json")
    own = run("key", "use", "--own")
    back = run("key", "show", "--json")

    assert rotated.returncode == 0
    first, second = json.loads(shown.stdout), json.loads(again.stdout)
    assert first["fingerprint"] != second["fingerprint"]
    assert "not who you are" in plain.stdout
    assert nothing.returncode == 2
    assert used.returncode == 0, used.stderr
    assert json.loads(chosen.stdout)["self_made"] is False
    assert own.returncode == 0
    assert json.loads(back.stdout)["fingerprint"] == second["fingerprint"]
