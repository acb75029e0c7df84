"""Measure sealing and verifying against OpenSSL's commands and pyHanko alone.

``python -m tools.bench_proof`` does the same work three ways on the files of the same
pack, without a network: to seal is to digest every file, write the manifest, sign it
(CAdES, P-256) and write the container; to verify is to read the container, digest
every file, check the signature and its timestamp. Rescind's own verifying also looks
into the log, the stamps in it, the senders and the rules of the container; both
figures are given.
"""

import asyncio
import io
import os
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "tests" / "samples" / "packs" / "log-2"
SECONDS = 4.0


def a_second(work: Callable[[], object]) -> float:
    """Return how often a piece of work is done in a second, the first not counted."""
    work()
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        work()
        count += 1
    return count / (time.perf_counter() - started)


def main() -> None:
    """Print the table."""
    os.environ["RESCIND_HOME"] = tempfile.mkdtemp(prefix="rescind-bench-")
    os.environ["RESCIND_KEY_PASSPHRASE"] = "bench"
    folder = Path(os.environ["RESCIND_HOME"])
    raw = (SAMPLE / "pack.asice").read_bytes()
    ours = a_second(rescind_seal(raw, folder)), a_second(rescind_verify(raw))
    narrow = a_second(rescind_verify_seal(raw))
    rows = {
        "Rescind": (ours[0], narrow),
        "Rescind, every check of `rescind verify`": (None, ours[1]),
        "OpenSSL's commands, with unzip and zip": (
            a_second(openssl_seal(raw, folder)),
            a_second(openssl_verify(folder)),
        ),
        "pyHanko alone": (
            a_second(pyhanko_seal(raw, folder)),
            a_second(pyhanko_verify(raw)),
        ),
    }
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        count = len(archive.namelist())
    print(f"a pack of {count} entries, {len(raw) / 1024:,.0f} KiB")
    print("| who | packs sealed a second | packs verified a second |")
    print("|---|---|---|")
    for name, (sealed, verified) in rows.items():
        first = f"{sealed:,.1f}" if sealed else ""
        print(f"| {name} | {first} | {verified:,.1f} |", flush=True)


def rescind_seal(raw: bytes, folder: Path) -> Callable[[], object]:
    """Seal the files of a pack as Rescind does."""
    from rescind.adapters.evidence import asice, cades, pack, signing_keys

    files = dict(asice.unpack(raw).files)
    key = signing_keys.own_key(folder, now=datetime.now(UTC))

    def work() -> bytes:
        manifest = asice.manifest({n: ("text/plain", c) for n, c in files.items()})
        return pack.sealed_pack(files, manifest, cades.seal(manifest, key))

    return work


def rescind_verify(raw: bytes) -> Callable[[], object]:
    """Run every check."""
    from tests.proof.conftest import trusting

    from rescind.adapters.evidence.verify import check_pack

    trust = trusting(_root("sealer"), _root("authority"))
    return lambda: check_pack(raw, trust)


def rescind_verify_seal(raw: bytes) -> Callable[[], object]:
    """Run what the others do: container, files, signature, timestamp."""
    from tests.proof.conftest import trusting

    from rescind.adapters.evidence import asice
    from rescind.adapters.evidence.verify import wrapping

    trust = trusting(_root("sealer"), _root("authority"))

    def work() -> object:
        found = asice.unpack(raw)
        stamp = wrapping.stamp(found, trust, None)
        assert wrapping.manifest(found).holds
        assert wrapping.signature(found, trust, stamp.at).holds
        return stamp

    return work


def _root(name: str) -> bytes:
    return (SAMPLE / f"{name}.pem").read_bytes()


SEAL = """
set -eu
find . -type f ! -name mimetype ! -path './META-INF/*' -exec openssl dgst -sha256 {} + \
  > META-INF/ASiCManifest.xml
openssl cms -sign -cades -binary -outform DER -signer ../own.pem -inkey ../own.key \
  -in META-INF/ASiCManifest.xml -out META-INF/signature.p7s
rm -f ../made.zip && zip -q -0 -r ../made.zip .
"""
VERIFY = """
set -eu
rm -rf out && unzip -q case.asice -d out && cd out
find . -type f ! -name mimetype ! -path './META-INF/*' -exec openssl dgst -sha256 {} + \
  > ../digests
openssl cms -verify -inform DER -binary -cades -in META-INF/signature.p7s \
  -content META-INF/ASiCManifest.xml -CAfile ../sealer.pem -purpose any -out /dev/null
openssl asn1parse -inform DER -in META-INF/signature.p7s > ../parts
v=$(awk -F: '/id-smime-aa-timeStampToken/ {print l; exit} /OCTET STRING/ {l=$1+0}' \
  ../parts)
t=$(awk -F: 'f && /SEQUENCE/ {print $1+0; exit} /id-smime-aa-timeStampToken/ {f=1}' \
  ../parts)
openssl asn1parse -inform DER -in META-INF/signature.p7s -strparse $v -noout -out ../v
openssl asn1parse -inform DER -in META-INF/signature.p7s -strparse $t -noout -out ../t
openssl ts -verify -data ../v -in ../t -token_in -CAfile ../authority.pem
"""
"""As docs/verify.md has it, on disk, as somebody with a shell would."""


def _shell(script: str, folder: Path) -> Callable[[], object]:
    def work() -> object:
        return subprocess.run(
            ["bash", "-c", script], cwd=folder, capture_output=True, check=True
        )

    return work


def openssl_seal(raw: bytes, folder: Path) -> Callable[[], object]:
    """Seal with a shell, OpenSSL and zip."""
    place = folder / "sealing"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        archive.extractall(place)
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"]
    make += ["ec_paramgen_curve:P-256", "-nodes", "-days", "9", "-subj", "/CN=own"]
    make += ["-keyout", str(folder / "own.key"), "-out", str(folder / "own.pem")]
    subprocess.run(make, check=True, capture_output=True)
    return _shell(SEAL, place)


def openssl_verify(folder: Path) -> Callable[[], object]:
    """Verify with a shell, OpenSSL and unzip."""
    place = folder / "verifying"
    place.mkdir()
    for path in SAMPLE.iterdir():
        (place / path.name.replace("pack", "case")).write_bytes(path.read_bytes())
    return _shell(VERIFY, place)


def pyhanko_seal(raw: bytes, folder: Path) -> Callable[[], object]:
    """Seal with pyHanko's CMS signer and the standard library."""
    from pyhanko.sign import signers

    from rescind.adapters.evidence import asice, signing_keys

    files = dict(asice.unpack(raw).files)
    key = signing_keys.own_key(folder, now=datetime.now(UTC))
    signer = signers.SimpleSigner.load_pkcs12_data(key.p12, [], key.passphrase)
    assert signer is not None

    def work() -> bytes:
        lines = [f"{sha256(c).hexdigest()}  {name}" for name, c in files.items()]
        manifest = "\n".join(lines).encode()
        made = signer.async_sign_general_data(manifest, "sha256", use_cades=True)
        signature = asyncio.run(made).dump()
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
            archive.writestr("META-INF/manifest", manifest)
            archive.writestr("META-INF/signature.p7s", signature)
        return target.getvalue()

    return work


def pyhanko_verify(raw: bytes) -> Callable[[], object]:
    """Verify with pyHanko's own validator and the standard library."""
    from asn1crypto import cms, pem, x509
    from pyhanko.sign.validation import generic_cms
    from pyhanko_certvalidator import ValidationContext

    roots = [
        x509.Certificate.load(pem.unarmor(_root(name))[2])
        for name in ("sealer", "authority")
    ]

    def work() -> object:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        for content in files.values():
            sha256(content).digest()
        signed = cms.ContentInfo.load(files["META-INF/signature.p7s"])["content"]
        judging = generic_cms.async_validate_detached_cms(
            files["META-INF/ASiCManifest.xml"],
            signed,
            signer_validation_context=ValidationContext(trust_roots=roots),
            ts_validation_context=ValidationContext(trust_roots=roots),
        )
        status = asyncio.run(judging)
        assert status.trusted
        return status

    return work


if __name__ == "__main__":
    main()
