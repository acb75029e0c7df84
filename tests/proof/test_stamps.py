"""Stamps: what an authority sends is refused unless it is sound, each fault by name."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from rescind.adapters.evidence import tsa
from rescind.adapters.evidence.timestamp_tokens import (
    Revocation,
    check_token,
    digest_of,
)
from rescind.adapters.evidence.trust import (
    TimestampAuthority,
    Trust,
    read_crl,
    read_roots,
)
from rescind.core.errors import BadInput, OutsideError, PermanentError, TransientError
from rescind.core.model.evidence import Check, Indication
from tests.conftest import needs
from tests.proof import authority
from tests.proof.conftest import Witness, a_pack, checked

CONTENT = b"what is stamped"
DIGEST = sha256(CONTENT).digest()


def now() -> datetime:
    return datetime.now(UTC)


def free_port(folder: Path) -> int:
    """Return a port that was free just now, for addresses that certificates name."""
    folder.mkdir()
    with authority.running(folder) as first:
        return int(first.url.rsplit(":", 1)[1].strip("/"))


def pinned(witness: Witness) -> TimestampAuthority:
    roots = tuple(read_roots(witness.root_pem))
    return TimestampAuthority(name="test", url=witness.url, roots=roots)


def judged(
    token: bytes, trust: Trust, content: bytes = CONTENT, at: datetime | None = None
) -> Check:
    return check_token(token, digest_of(content), trust, what="timestamp", at=at)


def asked_by_openssl(folder: Path, content: bytes = CONTENT) -> bytes:
    """Return a token that OpenSSL asks for and gives itself: nobody here checks it."""
    from asn1crypto import tsp

    (folder / "content").write_bytes(content)
    query = folder / "own.tsq"
    subprocess.run(
        ["openssl", "ts", "-query", "-data", folder / "content", "-sha256", "-cert",
         "-out", query],
        check=True, capture_output=True,
    )  # fmt: skip
    response = tsp.TimeStampResp.load(authority.reply(folder, query.read_bytes()))
    token: bytes = response["time_stamp_token"].dump()
    return token


def test_a_sound_stamp_is_taken(stamps: Witness) -> None:
    given = tsa.stamp(pinned(stamps), DIGEST, now=now())

    check = judged(given.token, Trust(now=now(), tsas=pinned(stamps).roots))

    assert check.holds
    assert abs(given.at - now()) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("nonce", PermanentError, "another nonce"),
        ("hash", PermanentError, "stamps other bytes than these"),
        ("sha1", PermanentError, "SHA1, which can be forged"),
        ("garbage", PermanentError, "no answer of RFC 3161"),
        ("endless", PermanentError, "more than 200,000 bytes"),
        ("refuses", PermanentError, "gave no stamp: .*policy"),
        ("404", PermanentError, "refused with HTTP 404"),
        ("500", TransientError, "answered HTTP 500"),
    ],
)
def test_a_faulty_answer_is_refused_in_its_own_words(
    fault: str, error: type[OutsideError], words: str, stamps: Witness
) -> None:
    stamps.runs.fault = fault

    with pytest.raises(error, match=words):
        tsa.stamp(pinned(stamps), DIGEST, now=now())


def test_an_authority_that_drips_is_cut_off(
    stamps: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tsa, "TIMEOUT", 1.0)
    stamps.runs.fault = "slow"

    with pytest.raises(TransientError, match="took more than 1 seconds"):
        tsa.stamp(pinned(stamps), DIGEST, now=now())


def test_a_token_of_roots_it_is_not_pinned_to_is_refused(
    stamps: Witness, second: Witness
) -> None:
    other = TimestampAuthority(name="x", url=stamps.url, roots=pinned(second).roots)

    with pytest.raises(PermanentError, match="nobody whom you trust vouches"):
        tsa.stamp(other, DIGEST, now=now())


def test_authorities_are_asked_in_order(stamps: Witness, second: Witness) -> None:
    before = len(second.runs.asked)
    stamps.runs.fault = "500"

    given = tsa.stamp_by_any([pinned(stamps), pinned(second)], DIGEST, now=now())

    assert given.token
    assert len(second.runs.asked) == before + 1
    with pytest.raises(TransientError, match="HTTP 500"):
        tsa.stamp_by_any([pinned(stamps)], DIGEST, now=now())
    with pytest.raises(PermanentError, match="no authority is named"):
        tsa.stamp_by_any([], DIGEST, now=now())


@contextmanager
def a_token(
    folder: Path, made: authority.Made | None = None
) -> Iterator[tuple[bytes, Trust]]:
    """Yield a token of an authority made in some way, and who trusts its root."""
    needs("openssl")
    root = authority.make(folder, made)
    roots = tuple(read_roots(root.read_bytes()))
    yield asked_by_openssl(folder), Trust(now=now(), tsas=roots)


def test_a_token_over_other_bytes_is_told(tmp_path: Path) -> None:
    with a_token(tmp_path) as (token, trust):
        check = judged(token, trust, b"other bytes")

    assert (check.code, check.intact) == ("HASH_FAILURE", False)
    assert check.text == "It stamps other bytes than these."


def test_a_token_signed_with_sha1_is_told(tmp_path: Path) -> None:
    with a_token(tmp_path, authority.Made(signer_digest="sha1")) as (token, trust):
        check = judged(token, trust)

    assert check.code == "CRYPTO_CONSTRAINTS_FAILURE"
    assert "SHA1, which can be forged" in check.text
    assert check.indication is Indication.FAILED


def test_a_certificate_for_another_use_is_told(tmp_path: Path) -> None:
    """OpenSSL refuses to stamp with such a certificate; pyHanko's stand-in does not."""
    root = authority.make(tmp_path, authority.Made(for_stamping=False))
    token = stamped_anyway(tmp_path)

    trust = Trust(now=now(), tsas=tuple(read_roots(root.read_bytes())))
    check = judged(token, trust)

    assert check.code == "CHAIN_CONSTRAINTS_FAILURE"
    assert "may not stamp times" in check.text


def stamped_anyway(folder: Path) -> bytes:
    """Return a token by the key of a folder, whatever its certificate is for."""
    from asn1crypto import keys, pem, x509
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    held = x509.Certificate.load(pem.unarmor((folder / "tsa.pem").read_bytes())[2])
    private = keys.PrivateKeyInfo.load(
        pem.unarmor((folder / "tsa.key").read_bytes())[2]
    )
    stamper = DummyTimeStamper(held, private, fixed_dt=now())
    token: bytes = asyncio.run(stamper.async_timestamp(DIGEST, "sha256")).dump()
    return token


def test_a_token_made_after_its_certificate_ended_is_told(tmp_path: Path) -> None:
    ended = authority.Made(begins=timedelta(days=-60), ends=timedelta(days=-1))
    with a_token(tmp_path, ended) as (token, trust):
        check = judged(token, trust)

    assert check.code == "EXPIRED"
    assert "when the certificate of Test authority was not valid" in check.text


def test_a_token_whose_certificate_ended_since_is_told_and_renewal_heals_it(
    tmp_path: Path,
) -> None:
    with a_token(tmp_path) as (token, trust):
        later = Trust(now=now() + timedelta(days=400), tsas=trust.tsas)
        alone = judged(token, later)
        renewed = judged(token, later, at=now() + timedelta(days=10))

    assert not alone.holds
    assert "expired on" in alone.text
    assert renewed.holds


def test_a_revoked_certificate_is_told(tmp_path: Path) -> None:
    with a_token(tmp_path) as (token, trust):
        good = read_crl(authority.revocation_list(tmp_path, revoked=False))
        bad = read_crl(authority.revocation_list(tmp_path, revoked=True))
        held = judged(token, Trust(now=now(), tsas=trust.tsas, crls=(good,)))
        lost = judged(token, Trust(now=now(), tsas=trust.tsas, crls=(bad,)))

    assert held.holds
    assert not lost.holds
    assert "REVOKED" in lost.code
    assert "was revoked on" in lost.text


def test_a_list_that_is_none_is_told() -> None:
    with pytest.raises(BadInput, match="no revocation list"):
        read_crl(b"nothing")
    with pytest.raises(BadInput, match="no certificate"):
        read_roots(b"nothing")


def test_a_token_with_a_broken_signature_is_told(tmp_path: Path) -> None:
    with a_token(tmp_path) as (token, trust):
        broken = bytearray(token)
        broken[-1] ^= 1
        check = judged(bytes(broken), trust)

    assert check.code == "SIG_CRYPTO_FAILURE"
    assert "does not hold" in check.text


def test_what_is_no_token_is_told() -> None:
    for raw in (b"", b"\x30\x00", b"nothing", bytes(100)):
        check = judged(raw, Trust(now=now()))
        assert check.code == "FORMAT_FAILURE"


def test_every_bit_of_a_token_is_guarded(tmp_path: Path) -> None:
    """Bits that nothing covers (the root's copy, say) do no harm: the time stands."""
    with a_token(tmp_path) as (token, trust):
        at = judged(token, trust).at
        for place in range(len(token)):
            changed = bytearray(token)
            changed[place] ^= 0x04
            check = judged(bytes(changed), trust)
            assert not check.holds or check.at == at, place


def test_revocation_lists_are_laid_in_while_they_can_be_had(tmp_path: Path) -> None:
    needs("openssl")
    port = free_port(tmp_path / "probe")
    made = authority.Made(crl_url=f"http://127.0.0.1:{port}/list.crl")
    root = authority.make(tmp_path, made)
    (tmp_path / "list.crl").write_bytes(
        authority.revocation_list(tmp_path, revoked=False)
    )
    from rescind.adapters.evidence import cades, revocation

    roots = tuple(read_roots(root.read_bytes()))
    with authority.running(tmp_path, port):
        token = asked_by_openssl(tmp_path)
        # the authority's own host is the person's setting; its lists are beside it
        url = f"http://127.0.0.1:{port}/"
        found = revocation.fetch(token, Trust(now=now(), tsas=roots), [url])
        stranger = revocation.fetch(token, Trust(now=now(), tsas=roots))
    long_term = cades.token_with_long_term(token, found)
    check = judged(long_term, Trust(now=now(), tsas=roots))
    nothing = revocation.fetch(token, Trust(now=now()))

    assert len(found.crls) == 1
    assert stranger.crls == ()
    assert len(found.certificates) == 2
    assert check.holds
    assert "1 answers on revocation" in check.looked_at
    assert nothing.certificates == ()


def asked_of_a_responder(
    tmp_path: Path, *, revoked: bool
) -> tuple[bytes, Trust, Revocation]:
    """Return a token, whom to trust, and what a real responder says of its signer."""
    from rescind.adapters.evidence import revocation

    port = free_port(tmp_path / "probe")
    made = authority.Made(ocsp_url=f"http://127.0.0.1:{port}/")
    root = authority.make(tmp_path, made)
    authority.hold_index(tmp_path, revoked=revoked)
    trust = Trust(now=now(), tsas=tuple(read_roots(root.read_bytes())))
    with authority.running(tmp_path, port):
        token = asked_by_openssl(tmp_path)
        own = [f"http://127.0.0.1:{port}/"]
        return token, trust, revocation.fetch(token, trust, own)


def test_the_answer_of_a_responder_is_laid_in(tmp_path: Path) -> None:
    from rescind.adapters.evidence import cades

    token, trust, found = asked_of_a_responder(tmp_path, revoked=False)

    check = judged(cades.token_with_long_term(token, found), trust)

    assert len(found.ocsps) == 1
    assert found.crls == ()
    assert check.holds
    assert "1 answers on revocation" in check.looked_at


def test_a_responder_that_says_revoked_is_heard(tmp_path: Path) -> None:
    from rescind.adapters.evidence import cades

    token, trust, found = asked_of_a_responder(tmp_path, revoked=True)

    check = judged(cades.token_with_long_term(token, found), trust)

    assert not check.holds
    assert "REVOKED" in check.code


@pytest.mark.usefixtures("ready_desk")
def test_a_pack_of_a_revoked_authority_does_not_hold(
    stamps: Witness,
) -> None:
    from rescind.adapters.evidence.verify import check_pack

    sealed = a_pack(stamp_by=[stamps.url])
    bad = authority.revocation_list(stamps.root.parent, revoked=True)
    roots = read_roots(sealed.certificate) + read_roots(stamps.root_pem)

    trust = Trust(now=now(), tsas=tuple(roots), crls=(read_crl(bad),))
    checks = {check.what: check for check in check_pack(sealed.pack, trust)}

    assert checked(sealed.pack, sealed.certificate, stamps.root_pem)["timestamp"].holds
    assert "was revoked" in checks["timestamp"].text
