"""Packs: sealed, stamped by a real authority, and nothing done to them goes unseen."""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from rescind.adapters.evidence import asice, cades, pack, signing_keys
from rescind.adapters.evidence.verify import each_check
from rescind.adapters.evidence.verify.asic_rules import RULES, broken_rules
from rescind.app.prove import packs
from rescind.core.errors import BadInput
from rescind.core.model.case import Event, EventKind
from rescind.core.model.evidence import Check, Item
from rescind.core.prove.chain import START, link
from tests.conftest import needs
from tests.program import run
from tests.proof import flips
from tests.proof.conftest import (
    Witness,
    a_case,
    a_pack,
    asked_for_proof,
    by_name,
    checked,
    trusting,
)

pytestmark = pytest.mark.usefixtures("ready_desk")
SAMPLES = Path(__file__).parents[1] / "samples" / "packs"
MANY = 160
"""How many places of a full pack are tried; ``make chaos`` tries far more."""


def test_a_stamped_pack_holds_for_who_trusts_its_key_and_its_authority(
    stamps: Witness,
) -> None:
    sealed = a_pack(stamp_by=[stamps.url])

    checks = checked(sealed.pack, sealed.certificate, stamps.root_pem)

    assert list(checks) == [
        *("container", "manifest", "signature", "timestamp", "log", "files"),
    ]
    assert all(check.holds for check in checks.values())
    assert checks["timestamp"].at is not None


def test_intact_valid_and_trusted_are_three_answers(stamps: Witness) -> None:
    sealed = a_pack(stamp_by=[stamps.url])

    nobody = checked(sealed.pack)
    only_key = checked(sealed.pack, sealed.certificate)

    for name in ("signature", "timestamp"):
        check = nobody[name]
        assert (check.intact, check.valid, check.trusted) == (True, True, False)
        assert check.indication.value == "INDETERMINATE"
        assert check.code == "NO_CERTIFICATE_CHAIN_FOUND"
    assert only_key["signature"].holds
    assert not only_key["timestamp"].holds


def test_without_an_authority_the_time_is_the_sealers_word() -> None:
    sealed = a_pack()

    stamp = checked(sealed.pack, sealed.certificate)["timestamp"]

    assert (stamp.code, stamp.at) == ("NO_POE", None)
    assert not stamp.holds
    assert "no authority is named" in sealed.pending


def small(key: signing_keys.Key) -> bytes:
    """Return a minimal pack: one event, no file."""
    at = datetime(2026, 11, 24, tzinfo=UTC)
    about: dict[str, Any] = {
        "number": 1,
        "kind": EventKind.OPENED,
        "at": at,
        "known_by": "person",
        "details": {},
    }
    linked = Event(**about, digest=link(Event(**about), START))
    log = Item(
        name="log.json",
        media_type="application/json",
        content=pack.log_json("1", [linked]),
        offer="log",
    )
    files, manifest = pack.to_seal([log])
    return pack.sealed_pack(files, manifest, cades.seal(manifest, key))


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> signing_keys.FileKey:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESCIND_KEY_PASSPHRASE", "another")
        return signing_keys.own_key(
            tmp_path_factory.mktemp("key"), now=datetime.now(UTC)
        )


def test_every_byte_of_a_minimal_pack_counts(key: signing_keys.FileKey) -> None:
    raw = small(key)
    trust = trusting(signing_keys.certificate_pem(key))

    unseen = flips.unseen(raw, trust, range(len(raw)), Random(1))

    assert flips.holds(raw, trust)
    assert unseen == []


def renewed(sealed: bytes, folder: Path, stamps: Witness) -> bytes:
    path = folder / "to-renew.asice"
    path.write_bytes(sealed)
    again, _ = packs.renew(path, [stamps.url])
    return again


def test_bytes_of_a_full_pack_drawn_at_random_count(
    stamps: Witness, tmp_path: Path
) -> None:
    """A renewed pack with stamps inside; half of the places lie in its seals."""
    asked_for_proof(stamps)
    sealed = a_pack()
    raw = renewed(sealed.pack, tmp_path, stamps)
    trust = trusting(sealed.certificate, stamps.root_pem)
    random = Random(5)

    unseen = flips.unseen(raw, trust, flips.places(raw, MANY, random), random)

    assert flips.holds(raw, trust)
    assert unseen == []


def rebuilt(raw: bytes, change: Any) -> bytes:
    """Return a pack with its files changed and its wrapping made anew."""
    container = asice.unpack(raw)
    files = dict(container.files)
    change(files)
    return asice.pack(files, container.meta)


def test_what_is_added_dropped_or_swapped_is_named() -> None:
    raw, other = a_pack().pack, a_pack().pack

    def swap(files: dict[str, bytes]) -> None:
        files["log.json"] = asice.unpack(other).files["log.json"]

    added = checked(rebuilt(raw, lambda f: f.update(x=b"")))
    dropped = checked(rebuilt(raw, lambda f: f.pop("summary.pdf")))
    swapped = checked(rebuilt(raw, swap))

    assert "x was added" in added["manifest"].text
    assert "summary.pdf is missing" in dropped["manifest"].text
    assert "log.json was changed" in swapped["manifest"].text
    assert swapped["manifest"].code == "HASH_FAILURE"


def test_every_entry_swapped_between_two_packs_shows(
    stamps: Witness, tmp_path: Path
) -> None:
    asked_for_proof(stamps)
    first, second = a_pack(), a_pack()
    one = asice.unpack(renewed(first.pack, tmp_path, stamps))
    two = asice.unpack(renewed(second.pack, tmp_path, stamps))
    trust = trusting(first.certificate, second.certificate, stamps.root_pem)

    tried, unseen = 0, []
    for name, content in two.meta.items():
        if one.meta[name] != content:
            tried += 1
            mixed = asice.pack(one.files, {**one.meta, name: content})
            unseen += [name] if flips.holds(mixed, trust) else []
    for name, content in two.files.items():
        if one.files.get(name) not in (None, content):
            tried += 1
            mixed = asice.pack({**one.files, name: content}, one.meta)
            unseen += [name] if flips.holds(mixed, trust) else []

    assert tried >= 6
    assert unseen == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("META-INF/timestamp1.tst", "more or less"),
        ("META-INF/ASiCArchiveManifest.xml", "more or less"),
        ("META-INF/more.xml", "more or less"),
    ],
)
def test_what_is_added_to_or_dropped_from_the_seals_shows(
    name: str, words: str, stamps: Witness, tmp_path: Path
) -> None:
    sealed = a_pack(stamp_by=[stamps.url])
    container = asice.unpack(renewed(sealed.pack, tmp_path, stamps))
    meta = dict(container.meta)
    if meta.pop(name, None) is None:
        meta[name] = b"<x/>"

    checks = checked(asice.pack(container.files, meta))

    assert words in checks["container"].text


def sealed_again(
    raw: bytes, change: Any, key: signing_keys.FileKey
) -> dict[str, Check]:
    """Return the checks of a pack whose log was forged and that was sealed anew."""
    files = dict(asice.unpack(raw).files)
    log = json.loads(files["log.json"])
    change(log)
    files["log.json"] = json.dumps(log).encode()
    manifest = asice.manifest({n: ("text/plain", c) for n, c in files.items()})
    forged = pack.sealed_pack(files, manifest, cades.seal(manifest, key))
    return checked(forged, signing_keys.certificate_pem(key))


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
def test_a_log_that_was_forged_does_not_hold(
    change: Any, key: signing_keys.FileKey
) -> None:
    checks = sealed_again(a_pack().pack, change, key)

    assert checks["signature"].holds
    assert not checks["log"].holds
    assert checks["log"].code == "CHAIN_BROKEN"


def relinked(log: dict[str, Any]) -> None:
    """Chain the events of a log anew, as a forger with the program would."""
    previous = START
    for row in log["events"]:
        event = Event(
            number=row["number"],
            kind=EventKind(row["kind"]),
            at=datetime.fromisoformat(row["at"]),
            known_by=row["known_by"],
            details=row["details"],
        )
        previous = row["digest"] = link(event, previous)
    log["head"] = previous


def test_a_log_that_was_chained_anew_no_longer_fits_its_stamps(
    stamps: Witness, key: signing_keys.FileKey
) -> None:
    asked_for_proof(stamps)

    def forge(log: dict[str, Any]) -> None:
        log["events"][-2]["known_by"] = "server"
        log["events"][1]["details"]["subject"] = "Something else"
        relinked(log)

    checks = sealed_again(a_pack().pack, forge, key)

    assert checks["log"].holds
    stamp = next(c for name, c in checks.items() if "neither this log" in c.text)
    assert (stamp.code, stamp.holds) == ("HASH_FAILURE", False)


def test_an_anchor_or_a_head_that_says_nothing_is_told(
    key: signing_keys.FileKey,
) -> None:
    raw = a_pack().pack

    def forge(log: dict[str, Any]) -> None:
        row = log["events"][-1]
        anchored = {"number": row["number"] + 1, "kind": "anchored", "details": {}}
        log["events"].append(row | anchored)
        relinked(log)

    anchors = sealed_again(raw, forge, key)["anchors"]
    headless = sealed_again(raw, lambda log: log.update(head=7), key)

    assert (anchors.code, anchors.holds) == ("FORMAT_FAILURE", False)
    assert not headless["log"].holds


def test_a_log_of_a_newer_format_or_none_is_told(key: signing_keys.FileKey) -> None:
    raw = a_pack().pack

    none = sealed_again(raw, lambda log: log.clear(), key)
    newer = sealed_again(raw, lambda log: log.update(format="rescind-log/9"), key)

    assert none["log"].code == "FORMAT_FAILURE"
    assert "newer than this program" in newer["log"].text


def zipped(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


MIME = {"mimetype": asice.MIMETYPE.encode()}
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no archive"),
        (b"PK\x03\x04 nothing", "no archive"),
        (zipped({"a": b""}), "media type"),
        (zipped(MIME), "holds no META-INF"),
        (
            zipped({**MIME, asice.MANIFEST: DOCTYPE, asice.SIGNATURE: b""}),
            "cannot be read",
        ),
        (
            zipped({**MIME, asice.MANIFEST: b"<", asice.SIGNATURE: b""}),
            "cannot be read",
        ),
        (zipped({**MIME, asice.MANIFEST: b"<x/>", asice.SIGNATURE: b""}), "what seals"),
    ],
)
def test_what_is_no_pack_is_told(raw: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        checked(raw)


@pytest.mark.parametrize("method", [8, 9, 12, 14, 99])
def test_an_entry_that_says_it_is_compressed_is_told(
    method: int, key: signing_keys.FileKey
) -> None:
    """Found by a long run: zlib's own error came through."""
    raw = bytearray(small(key))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        raw[raw.rindex(mark) + place] = method

    with pytest.raises(BadInput, match=r"compressed|no archive"):
        checked(bytes(raw))


def test_a_truncated_pack_is_told() -> None:
    raw = a_pack().pack
    random = Random(7)
    lengths = [10, 1000, len(raw) // 2, len(raw) - 1]
    lengths += [random.randrange(len(raw)) for _ in range(40)]

    for length in lengths:
        assert not flips.holds(raw[:length], trusting())


@pytest.mark.parametrize("fault", ["flipped", "cut", "begun"])
def test_a_damaged_pack_is_a_pack_that_does_not_hold(
    fault: str, key: signing_keys.FileKey, tmp_path: Path
) -> None:
    """A program that asks gets the checks' own form, not an error."""
    raw = small(key)
    place = raw.index(b"META-INF/ASiCManifest.xml") + 60
    faulty = {
        "flipped": flips.flipped(raw, place, 0),
        "cut": raw[:400],
        "begun": b"X" + raw[1:-1],
    }
    path = tmp_path / "damaged.asice"
    path.write_bytes(faulty[fault])

    told = run("verify", str(path))
    shown = json.loads(run("verify", str(path), "--json").stdout)

    assert told.returncode == 1
    assert "It does not hold." in told.stdout
    assert (shown["holds"], shown["intact"]) == (False, False)
    assert [check["code"] for check in shown["checks"]] == ["FORMAT_FAILURE"]


def test_what_would_make_more_of_it_hold_is_said(tmp_path: Path) -> None:
    path, pem = tmp_path / "c.asice", tmp_path / "c.pem"
    sealed = a_pack()
    path.write_bytes(sealed.pack)
    pem.write_bytes(sealed.certificate)

    unknown = run("verify", str(path)).stdout
    unstamped = run("verify", str(path), "--trust", str(pem)).stdout

    assert "--trust-sealer FILE.pem" in unknown
    assert "--trust" not in unstamped
    assert "rescind renew" in unstamped


def test_every_container_keeps_every_rule_of_the_table(
    stamps: Witness, key: signing_keys.FileKey, tmp_path: Path
) -> None:
    plain = a_pack(with_copy=True).pack
    stamped = a_pack(stamp_by=[stamps.url]).pack
    once = renewed(stamped, tmp_path, stamps)
    containers = [small(key), plain, stamped, once, renewed(once, tmp_path, stamps)]
    containers += [path.read_bytes() for path in SAMPLES.glob("*/pack.asice")]

    for raw in containers:
        assert broken_rules(raw) == []


def test_each_rule_of_the_table_is_broken_by_something(
    stamps: Witness, tmp_path: Path
) -> None:
    """A rule that nothing breaks would check nothing."""
    raw = a_pack(stamp_by=[stamps.url]).pack
    box = asice.unpack(renewed(renewed(raw, tmp_path, stamps), tmp_path, stamps))
    files, meta = dict(box.files), dict(box.meta)
    first = asice.ARCHIVE_MANIFEST.replace(".xml", "1.xml")
    newest = meta[asice.ARCHIVE_MANIFEST]
    whole = asice.pack(files, meta)
    typed = asice.MIMETYPE.encode()
    attached = subprocess_signature(meta[asice.MANIFEST], tmp_path)
    broken = {
        "zip": encrypted(whole),
        "mimetype-first": zipped({"a": b"", **MIME, **meta}),
        "mimetype-plain": deflated({**MIME, **files, **meta}),
        "mimetype-value": zipped({"mimetype": typed + b"\n", **files, **meta}),
        "manifest-there": asice.pack(
            files, {"META-INF/Manifest.xml": b"<x/>", asice.SIGNATURE: b""}
        ),
        "signature-name": asice.pack(files, {**meta, "META-INF/x.p7s": b""}),
        "manifest-element": asice.pack(
            files, {**meta, asice.MANIFEST: meta[asice.MANIFEST].replace(b"2918", b"1")}
        ),
        "one-seal": asice.pack(
            files, {**meta, first: newest.replace(b"timestamp2", b"timestamp7")}
        ),
        "references-resolve": asice.pack({}, meta),
        "digests-fit": asice.pack({**files, "log.json": b""}, meta),
        "all-signed": asice.pack({**files, "more": b""}, meta),
        "cades": asice.pack(files, {**meta, asice.SIGNATURE: attached}),
        "detached": asice.pack(files, {**meta, asice.SIGNATURE: attached}),
        "stamps-fit": asice.pack(
            files, {**meta, asice.token_name(2): meta[asice.token_name(1)]}
        ),
        "archive-covers-all": asice.pack({**files, "more": b""}, meta),
        "archive-root": asice.pack(
            files, {**meta, asice.ARCHIVE_MANIFEST: newest.replace(b"Root", b"Other")}
        ),
    }

    assert set(broken) == {rule.name for rule in RULES}
    for name, container in broken.items():
        assert name in broken_rules(container), name


def encrypted(raw: bytes) -> bytes:
    """Return a container whose last entry says that it is encrypted."""
    place = raw.rindex(b"PK\x01\x02")
    changed = bytearray(raw)
    changed[place + 8] |= 1
    return bytes(changed)


def deflated(entries: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return target.getvalue()


def subprocess_signature(content: bytes, folder: Path) -> bytes:
    """Return a plain CMS signature by OpenSSL, its content inside: no CAdES."""
    needs("openssl")
    (folder / "content").write_bytes(content)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x",
         "-keyout", folder / "k.pem", "-out", folder / "c.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    done = subprocess.run(
        ["openssl", "cms", "-sign", "-nodetach", "-binary", "-outform", "DER",
         "-signer", folder / "c.pem", "-inkey", folder / "k.pem",
         "-in", folder / "content"],
        check=True, capture_output=True,
    )  # fmt: skip
    return done.stdout


def test_the_table_of_rules_is_told_word_for_word() -> None:
    told = (Path(__file__).parents[2] / "docs" / "asic.md").read_text("utf-8")

    for rule in RULES:
        assert f"| `{rule.name}` | {rule.part} | {rule.asks} |" in told


@pytest.mark.parametrize(
    "sample", sorted(p for p in SAMPLES.iterdir() if p.is_dir()), ids=lambda p: p.name
)
def test_packs_of_earlier_releases_hold(sample: Path) -> None:
    trust = trusting(
        (sample / "sealer.pem").read_bytes(), (sample / "authority.pem").read_bytes()
    )

    checks = by_name(tuple(each_check((sample / "pack.asice").read_bytes(), trust)))

    assert len(checks) >= 6
    for check in checks.values():
        assert check.holds or check.is_extra, check


def test_at_the_command_line(stamps: Witness, tmp_path: Path) -> None:
    case_id = a_case()
    path, pem = tmp_path / "c.asice", tmp_path / "c.pem"
    exported = tmp_path / "exported.asice"
    root = str(stamps.root)

    sealed = run("case", "seal", case_id, "--out", str(path), "--stamp", stamps.url)
    again = run("case", "seal", case_id, "--out", str(path))
    trusted = run("verify", str(path), "--trust", str(pem), "--trust", root)
    unknown = run("verify", str(path), "--json")
    nothing = run("verify", "/nowhere")
    no_root = run("verify", str(path), "--trust", str(path))
    no_block = run("verify", str(path), "--block", "x")
    export = run("case", "export", case_id, "--out", str(exported))
    no_language = run("case", "seal", case_id, "--out", "x.asice", "--lang", "xx")

    assert sealed.returncode == 0, sealed.stderr
    assert again.returncode == 2
    assert trusted.returncode == 0, trusted.stdout
    assert unknown.returncode == 1
    shown = json.loads(unknown.stdout)
    assert (shown["holds"], shown["intact"], shown["trusted"]) == (False, True, False)
    assert {nothing.returncode, no_root.returncode, no_block.returncode} == {2}
    assert export.returncode == 0
    assert "not proved yet" in export.stderr
    assert asice.unpack(exported.read_bytes()).is_exact
    assert no_language.returncode == 2
    assert "de" in no_language.stderr


def test_a_pack_that_no_authority_stamped_gets_its_time_later(
    stamps: Witness, tmp_path: Path
) -> None:
    sealed = a_pack()
    path, pem, new = tmp_path / "c.asice", tmp_path / "c.pem", tmp_path / "n.asice"
    path.write_bytes(sealed.pack)
    pem.write_bytes(sealed.certificate)

    done = run("renew", str(path), "--out", str(new), "--stamp", stamps.url)
    again = run("renew", str(path), "--out", str(new), "--stamp", stamps.url)
    good = run("verify", str(new), "--trust", str(pem), "--trust", str(stamps.root))

    assert done.returncode == 0, done.stderr
    assert again.returncode == 2
    assert good.returncode == 0, good.stdout
    assert "Stamped later" in good.stdout


def test_what_is_broken_is_not_renewed(stamps: Witness, tmp_path: Path) -> None:
    path = tmp_path / "c.asice"
    path.write_bytes(rebuilt(a_pack().pack, lambda f: f.update(x=b"")))

    with pytest.raises(BadInput, match="not renewed: x was added"):
        packs.renew(path, [stamps.url])


@pytest.mark.parametrize("flag", ["", "--trust", "--crl"])
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path, flag: str) -> None:
    pipe, pack = tmp_path / "pipe", tmp_path / "a.asice"
    os.mkfifo(pipe)
    pack.write_bytes(b"")
    words = [str(pack), flag, str(pipe)] if flag else [str(pipe)]

    done = subprocess.run(
        [sys.executable, "-m", "rescind", "verify", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 2
    assert "is no regular file" in done.stderr
