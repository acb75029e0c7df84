"""Packs: sealed, stamped by a real authority, and nothing done to them goes unseen."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rescind.adapters import asic, keys, seal
from rescind.adapters.evidence import check_pack, each_check
from rescind.core.errors import BadInput, TransientError
from rescind.core.model.evidence import Check
from rescind.wiring import desk, evidence
from tests.conftest import FACTS, SENDER, needs
from tests.desk import authority

pytestmark = pytest.mark.usefixtures("ready_desk")


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESCIND_KEY_PASSPHRASE", "a passphrase of the tests")


@pytest.fixture(scope="module")
def stamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bytes]]:
    needs("openssl")
    folder = tmp_path_factory.mktemp("authority")
    root = authority.make(folder).read_bytes()
    with authority.answering(folder) as url:
        yield url, root


def a_pack(**options: Any) -> tuple[bytes, bytes]:
    case_id = desk.new_case(FACTS, SENDER)
    desk.send(case_id, way="practice")
    return evidence.seal_case(case_id, **options)


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.what: check for check in checks}


def roots(*contents: bytes) -> list[Any]:
    return [root for content in contents for root in seal.read_roots(content)]


def test_a_stamped_pack_holds_for_who_trusts_its_key_and_its_authority(
    stamps: tuple[str, bytes],
) -> None:
    url, root = stamps
    pack, certificate = a_pack(stamp_by=[url])

    checks = check_pack(pack, roots(certificate, root))

    assert [check.what for check in checks] == [
        *("container", "manifest", "signature", "timestamp", "log", "files"),
    ]
    assert all(check.holds for check in checks)
    assert by_name(checks)["timestamp"].at is not None


def test_intact_valid_and_trusted_are_three_answers(stamps: tuple[str, bytes]) -> None:
    pack, certificate = a_pack(stamp_by=[stamps[0]])

    nobody = by_name(check_pack(pack, []))
    only_key = by_name(check_pack(pack, roots(certificate)))

    for name in ("signature", "timestamp"):
        check = nobody[name]
        assert (check.intact, check.valid, check.trusted) == (True, True, False)
        assert check.indication.value == "INDETERMINATE"
    assert only_key["signature"].holds
    assert not only_key["timestamp"].holds


def test_without_an_authority_the_time_is_the_sealers_word() -> None:
    pack, certificate = a_pack()

    stamp = by_name(check_pack(pack, roots(certificate)))["timestamp"]

    assert (stamp.code, stamp.at) == ("NO_POE", None)
    assert not stamp.holds


def test_an_authority_that_does_not_answer_is_passed_over(
    stamps: tuple[str, bytes],
) -> None:
    pack, certificate = a_pack(stamp_by=["http://127.0.0.1:9/", stamps[0]])

    assert by_name(check_pack(pack, roots(certificate, stamps[1])))["timestamp"].holds
    with pytest.raises(TransientError):
        a_pack(stamp_by=["http://127.0.0.1:9/"])


@pytest.mark.parametrize(
    "fault", [{"days": -1}, {"for_stamping": False}], ids=["expired", "wrong-usage"]
)
def test_an_authority_that_may_not_stamp_is_not_trusted(
    fault: dict[str, Any], tmp_path: Path
) -> None:
    needs("openssl")
    root = authority.make(tmp_path, **fault).read_bytes()
    with authority.answering(tmp_path) as url:
        try:
            pack, certificate = a_pack(stamp_by=[url])
        except TransientError:
            return  # OpenSSL itself refuses to stamp with such a certificate

    assert not by_name(check_pack(pack, roots(certificate, root)))["timestamp"].holds


def small(key: keys.Key, stamper: Any = None) -> bytes:
    """Return a minimal pack: one event, no file."""
    from datetime import UTC, datetime

    from rescind.adapters import evidence as written
    from rescind.core.model.case import Event, EventKind
    from rescind.core.model.evidence import Item
    from rescind.core.prove.chain import START, link

    event = Event(
        number=1,
        kind=EventKind.OPENED,
        at=datetime(2026, 11, 24, tzinfo=UTC),
        known_by="person",
        details={},
    )
    linked = Event(
        number=1,
        kind=event.kind,
        at=event.at,
        known_by=event.known_by,
        details={},
        digest=link(event, START),
    )
    log = Item(
        name="log.json",
        media_type="application/json",
        content=written.log_json("1", [linked]),
        proves="",
        leaves_open="",
    )
    files, manifest = written.to_seal([log])
    return asic.pack(files, manifest, seal.seal(manifest, key, stamper))


def holds(raw: bytes, trust: list[Any]) -> bool:
    try:
        return all(
            check.holds or check.code == "NO_POE" for check in each_check(raw, trust)
        )
    except BadInput:
        return False


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> keys.Key:
    from datetime import UTC, datetime

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESCIND_KEY_PASSPHRASE", "another")
        return keys.own_key(tmp_path_factory.mktemp("key"), now=datetime.now(UTC))


def test_every_byte_of_a_minimal_pack_counts(key: keys.Key) -> None:
    raw = small(key)
    trust = roots(seal.certificate_of(key))
    assert holds(raw, trust)

    unseen = []
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 0x01
        if holds(bytes(changed), trust):
            unseen.append(place)

    assert unseen == []


def test_bytes_of_a_full_pack_drawn_at_random_count(stamps: tuple[str, bytes]) -> None:
    pack, certificate = a_pack(stamp_by=[stamps[0]])
    trust = roots(certificate, stamps[1])
    assert holds(pack, trust)
    random = Random(5)
    start = pack.index(b"META-INF/ASiCManifest.xml")
    places = random.sample(range(len(pack)), 60)
    places += random.sample(range(start, len(pack)), 100)

    unseen = []
    for place in places:
        changed = bytearray(pack)
        changed[place] ^= 1 << random.randrange(8)
        if holds(bytes(changed), trust):
            unseen.append(place)

    assert unseen == []


def rebuilt(pack: bytes, change: Any) -> bytes:
    """Return a pack with its files changed and its wrapping made anew."""
    container = asic.unpack(pack)
    files = dict(container.files)
    change(files)
    return asic.pack(files, container.manifest, container.signature)


def test_what_is_added_dropped_or_swapped_is_named() -> None:
    pack, _ = a_pack()
    other, _ = a_pack()

    def swap(files: dict[str, bytes]) -> None:
        files["log.json"] = asic.unpack(other).files["log.json"]

    added = by_name(check_pack(rebuilt(pack, lambda f: f.update(x=b"")), []))
    dropped = by_name(check_pack(rebuilt(pack, lambda f: f.pop("case.json")), []))
    swapped = by_name(check_pack(rebuilt(pack, swap), []))

    assert "x was added" in added["manifest"].text
    assert "case.json is missing" in dropped["manifest"].text
    assert "log.json was changed" in swapped["manifest"].text
    assert swapped["manifest"].code == "HASH_FAILURE"


def sealed_again(pack: bytes, change: Any, key: keys.Key) -> dict[str, Check]:
    """Return the checks of a pack whose log was forged and that was sealed anew."""
    files = dict(asic.unpack(pack).files)
    log = json.loads(files["log.json"])
    change(log)
    files["log.json"] = json.dumps(log).encode()
    manifest = asic.manifest({n: ("text/plain", c) for n, c in files.items()})
    raw = asic.pack(files, manifest, seal.seal(manifest, key))
    return by_name(check_pack(raw, roots(seal.certificate_of(key))))


def drop_last(log: dict[str, Any]) -> None:
    del log["events"][-1]


def drop_one(log: dict[str, Any]) -> None:
    del log["events"][2]


def swap_two(log: dict[str, Any]) -> None:
    log["events"][1], log["events"][2] = log["events"][2], log["events"][1]


def change_one(log: dict[str, Any]) -> None:
    log["events"][1]["known_by"] = "server"


def add_one(log: dict[str, Any]) -> None:
    log["events"].append(log["events"][-1] | {"number": len(log["events"]) + 1})


@pytest.mark.parametrize("change", [drop_last, drop_one, swap_two, change_one, add_one])
def test_a_log_that_was_forged_does_not_hold(change: Any, key: keys.Key) -> None:
    pack, _ = a_pack()

    checks = sealed_again(pack, change, key)

    assert checks["signature"].holds
    assert not checks["log"].holds
    assert checks["log"].code == "CHAIN_BROKEN"


def test_a_log_that_is_none_is_told(key: keys.Key) -> None:
    pack, _ = a_pack()

    checks = sealed_again(pack, lambda log: log.clear(), key)

    assert checks["log"].code == "FORMAT_FAILURE"


def zipped(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


MIME = {"mimetype": asic.MIMETYPE.encode()}
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no archive"),
        (b"PK\x03\x04 nothing", "no archive"),
        (zipped({"a": b""}), "media type"),
        (zipped(MIME), "holds no META-INF"),
        (
            zipped({**MIME, asic.MANIFEST: DOCTYPE, asic.SIGNATURE: b""}),
            "cannot be read",
        ),
        (zipped({**MIME, asic.MANIFEST: b"<", asic.SIGNATURE: b""}), "cannot be read"),
    ],
)
def test_what_is_no_pack_is_told(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        check_pack(raw, [])


def test_a_truncated_pack_is_told() -> None:
    pack, _ = a_pack()

    for length in (10, 1000, len(pack) // 2, len(pack) - 1):
        assert not holds(pack[:length], [])


def run(*words: str) -> subprocess.CompletedProcess[str]:
    rescind = str(Path(sys.executable).with_name("rescind"))
    return subprocess.run(
        [rescind, *words], capture_output=True, text=True, check=False
    )


def test_at_the_command_line(stamps: tuple[str, bytes], tmp_path: Path) -> None:
    case_id = desk.new_case(FACTS, SENDER)
    pack, pem = tmp_path / "c.asice", tmp_path / "c.pem"
    root = tmp_path / "root.pem"
    root.write_bytes(stamps[1])

    sealed = run("case", "seal", case_id, "--out", str(pack), "--stamp", stamps[0])
    again = run("case", "seal", case_id, "--out", str(pack))
    trusted = run("verify", str(pack), "--trust", str(pem), "--trust", str(root))
    unknown = run("verify", str(pack), "--json")
    nothing = run("verify", "/nowhere")
    no_root = run("verify", str(pack), "--trust", str(pack))

    assert sealed.returncode == 0, sealed.stderr
    assert again.returncode == 2
    assert trusted.returncode == 0, trusted.stdout
    assert unknown.returncode == 1
    assert json.loads(unknown.stdout)["holds"] is False
    assert (nothing.returncode, no_root.returncode) == (2, 2)


def test_openssl_and_unzip_say_the_same(
    stamps: tuple[str, bytes], tmp_path: Path
) -> None:
    """The commands of docs/verify.md."""
    needs("openssl")
    pack, certificate = a_pack(stamp_by=[stamps[0]])
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(tmp_path)
    pem = tmp_path / "c.pem"
    pem.write_bytes(certificate)
    command = [
        *("openssl", "cms", "-verify", "-inform", "DER", "-binary", "-cades"),
        *("-in", str(tmp_path / asic.SIGNATURE), "-content"),
        *(str(tmp_path / asic.MANIFEST), "-CAfile", str(pem), "-purpose", "any"),
        *("-out", "/dev/null"),
    ]

    good = subprocess.run(command, capture_output=True, text=True, check=False)
    (tmp_path / asic.MANIFEST).write_bytes(b"changed")
    bad = subprocess.run(command, capture_output=True, text=True, check=False)

    assert good.returncode == 0, good.stderr
    assert bad.returncode != 0


def test_a_key_of_ones_own_is_used_and_a_wrong_one_told(
    key: keys.Key, tmp_path: Path
) -> None:
    path = tmp_path / "mine.p12"
    path.write_bytes(key.p12)

    pack, _ = a_pack(key_file=path, passphrase="another")

    assert by_name(check_pack(pack, roots(seal.certificate_of(key))))["signature"].holds
    with pytest.raises(BadInput, match="passphrase"):
        a_pack(key_file=path, passphrase="wrong")
    with pytest.raises(BadInput, match="cannot read"):
        a_pack(key_file=tmp_path / "none.p12")


def test_without_a_keyring_or_a_passphrase_there_is_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    import keyring.backends.fail

    monkeypatch.delenv("RESCIND_KEY_PASSPHRASE")
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # keyring has no types here
    try:
        with pytest.raises(BadInput) as caught:
            keys.own_key(tmp_path, now=datetime.now(UTC))
    finally:
        keyring.set_keyring(before)

    assert caught.value.field == "RESCIND_KEY_PASSPHRASE"
