"""Who signed a message: a real DNS server, real signatures, and every way to fail."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import dkim
import pytest

from rescind.adapters.evidence import authentication
from rescind.adapters.evidence.authentication import (
    Authentication,
    authenticate,
    in_words,
    is_aligned,
    judge_again,
    record,
)
from rescind.adapters.evidence.dns import RecordedLookup, Resolver
from rescind.core.errors import BadInput, TransientError
from tests.proof.names import Pair, names

DAY = datetime(2026, 11, 20, tzinfo=UTC)
MERCHANT = Pair()
WEAK = Pair(768)
SENT = b"From: desk@merchant.example.org\r\nTo: ada@home.example.org\r\n"
SENT += b"Subject: Your subscription is cancelled\r\n"
SENT += b"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nIt ends on 10 December.\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    texts = {
        "day1._domainkey.merchant.example.org": MERCHANT.record,
        "day1._domainkey.other.example.org": MERCHANT.record,
        "weak._domainkey.merchant.example.org": WEAK.record,
        "arc._domainkey.list.example.org": MERCHANT.record,
        "merchant.example.org": "v=spf1 ip4:127.0.0.9 a:out.merchant.example.org -all",
        "loop.example.org": "v=spf1 include:loop.example.org -all",
        "mx.example.org": "v=spf1 mx ptr -all",
    }
    more = (
        "host-record=out.merchant.example.org,127.0.0.7",
        "host-record=in.example.org,127.0.0.8",
        "mx-host=mx.example.org,in.example.org,10",
    )
    with names(tmp_path_factory.mktemp("names"), texts, *more) as address:
        yield address


def signed(
    raw: bytes = SENT,
    domain: str = "merchant.example.org",
    selector: str = "day1",
    pair: Pair = MERCHANT,
    *,
    length: bool = False,
) -> bytes:
    header: bytes = dkim.sign(
        raw, selector.encode(), domain.encode(), pair.pem, length=length
    )
    return header + raw


def asked(server: str) -> Resolver:
    return Resolver(server, lambda: DAY)


def judged(raw: bytes, server: str) -> Authentication:
    return authenticate(raw, asked(server), at=DAY)


def test_a_signature_of_the_senders_own_domain_holds(server: str) -> None:
    found = judged(signed(), server)

    assert found.verdict == "signed"
    assert found.signed_by == "merchant.example.org"
    assert "left that domain's servers" in in_words(found)


@pytest.mark.parametrize(
    ("raw", "result", "verdict"),
    [
        (signed().replace(b"10 December", b"31 December"), "fail", "broken"),
        (signed(domain="other.example.org"), "pass", "signed_by_another"),
        (signed(selector="gone"), "no_key", "broken"),
        (signed(selector="weak", pair=WEAK), "fail", "broken"),
        (signed(length=True) + b"and one line more\r\n", "partial", "broken"),
        (signed(pair=Pair()), "fail", "broken"),
    ],
    ids=["changed", "another", "no-key", "weak-key", "beginning-only", "other-key"],
)
def test_a_signature_that_does_not_speak_for_the_sender(
    raw: bytes, result: str, verdict: str, server: str
) -> None:
    found = judged(raw, server)

    assert [signature.result for signature in found.dkim] == [result]
    assert found.verdict == verdict
    assert found.signed_by == ""


def test_a_signature_that_leaves_the_sender_out_speaks_for_nobody(server: str) -> None:
    """dkimpy refuses to make such a signature, and takes one that somebody made."""
    found = judged(without_sender(), server)

    assert [signature.result for signature in found.dkim] == ["partial"]
    assert found.verdict == "broken"


def without_sender() -> bytes:
    """Return a message whose signature covers the subject alone."""
    from base64 import b64encode
    from hashlib import sha256

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import padding, rsa

    private = serialization.load_pem_private_key(MERCHANT.pem, None)
    assert isinstance(private, rsa.RSAPrivateKey)
    body = SENT.partition(b"\r\n\r\n")[2]
    digest = b64encode(sha256(body).digest()).decode()
    head = (
        "v=1; a=rsa-sha256; c=relaxed/relaxed; d=merchant.example.org; s=day1; "
        f"h=subject; bh={digest}; b="
    )
    signed_text = "subject:Your subscription is cancelled\r\ndkim-signature:" + head
    made = private.sign(signed_text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"DKIM-Signature: {head}{b64encode(made).decode()}\r\n".encode() + SENT


def test_an_unsigned_message_is_said_to_be_unsigned(server: str) -> None:
    found = judged(SENT, server)

    assert found.verdict == "unsigned"
    assert in_words(found).startswith("Unsigned: nothing in it shows")


def test_two_senders_are_nobody(server: str) -> None:
    doubled = b"From: ceo@bank.example.org\r\n" + signed()

    found = judged(doubled, server)

    assert found.claims_from == ""
    assert found.verdict != "signed"


def test_a_message_is_judged_as_of_the_day_it_came(server: str) -> None:
    """What was signed later than the day of judging cannot have come by then."""
    with authentication._judging_at(DAY):  # noqa: SLF001 - to sign on that day
        raw = signed()

    found = judged(raw, server)
    early = authenticate(raw, asked(server), at=DAY - timedelta(days=30))

    assert b"t=%d" % DAY.timestamp() in raw
    assert found.verdict == "signed"
    assert early.verdict == "broken"


@pytest.mark.parametrize(
    ("path", "spf"),
    [
        ("127.0.0.9", "pass"),
        ("127.0.0.7", "pass"),
        ("127.0.0.99", "fail"),
        ("::1", "fail"),
    ],
)
def test_the_path_is_judged_by_spf(path: str, spf: str, server: str) -> None:
    head = b"Return-Path: <bounce@merchant.example.org>\r\n"
    head += f"Received: from x (x [{path}]) by mail.home.example.org\r\n".encode()

    found = judged(head + SENT, server)

    assert (found.spf, found.spf_domain) == (spf, "merchant.example.org")


@pytest.mark.parametrize(
    ("domain", "spf"),
    [
        ("loop.example.org", "permerror"),
        ("mx.example.org", "fail"),
        ("nothing.example.org", "none"),
    ],
)
def test_odd_records_of_spf_are_survived(domain: str, spf: str, server: str) -> None:
    head = f"Return-Path: <a@{domain}>\r\n".encode()
    head += b"Received: from x ([127.0.0.99])\r\n"

    assert judged(head + SENT, server).spf == spf


def test_without_a_path_spf_says_nothing(server: str) -> None:
    assert judged(SENT, server).spf == "unknown"
    odd = b"Received: from x ([999.1.1.1]) ([10.0.0.1])\r\nReturn-Path: <a@b.org>\r\n"
    assert judged(odd + SENT, server).spf == "unknown"


def test_a_chain_of_arc_is_judged(server: str) -> None:
    results = b"Authentication-Results: list.example.org; dkim=pass\r\n" + SENT
    chain: list[bytes] = dkim.arc_sign(
        results, b"arc", b"list.example.org", MERCHANT.pem, b"list.example.org"
    )
    good = b"".join(chain) + results

    assert judged(good, server).arc == "pass"
    assert judged(good.replace(b"10 December", b"1 December"), server).arc == "fail"
    assert judged(SENT, server).arc == "none"


def test_the_same_comes_out_without_the_network(server: str) -> None:
    """Also when the sender has taken the key away: the answers were kept."""
    raw, resolver = signed(), asked(server)
    found = authenticate(raw, resolver, at=DAY)
    kept = record(raw, found, resolver.answers)

    is_same, again = judge_again(raw, kept, at=DAY)
    changed, _ = judge_again(raw.replace(b"10 Dec", b"11 Dec"), kept, at=DAY)
    row = json.loads(kept)

    assert is_same
    assert again == found
    assert not changed
    assert row["dns"][0]["name"] == "day1._domainkey.merchant.example.org"
    assert row["dns"][0]["server"] == server
    for broken in (b"{}", b"nothing", b'{"dns": [{}]}', b'{"dns": [1]}'):
        with pytest.raises(ValueError, match=r"."):
            judge_again(raw, broken, at=DAY)


def test_a_forged_record_of_keys_shows(server: str) -> None:
    raw, resolver = signed(pair=(forger := Pair())), asked(server)
    found = authenticate(raw, resolver, at=DAY)
    row = json.loads(record(raw, found, resolver.answers))
    row["result"]["dkim"][0]["result"] = "pass"

    is_same, _ = judge_again(raw, json.dumps(row).encode(), at=DAY)

    assert forger
    assert not is_same


def test_a_server_that_is_silent_is_asked_again_later() -> None:
    with pytest.raises(TransientError, match="did not answer for day1"):
        judged(signed(), "127.0.0.1:9")


def test_in_the_end_a_silent_server_has_no_answer() -> None:
    resolver = Resolver("127.0.0.1:9", lambda: DAY, is_retried=False)

    found = authenticate(signed(), resolver, at=DAY)

    assert [signature.result for signature in found.dkim] == ["no_key"]
    assert {answer.server for answer in resolver.answers} == {"no answer"}


def test_what_was_not_asked_then_has_no_answer_now() -> None:
    with pytest.raises(TransientError, match="not asked for then"):
        RecordedLookup([])("a.example.org", "TXT")


@pytest.mark.parametrize("where", ["nowhere", "127.0.0.1:x", "300.1.1.1:53"])
def test_an_address_that_is_none_is_told(where: str) -> None:
    from rescind.adapters.evidence.dns import resolver_for

    with pytest.raises(BadInput, match="no address of a DNS server"):
        resolver_for(where)
    assert resolver_for("127.0.0.1").port == 53
    assert resolver_for("system").lifetime == 5


SIGNATURE = b"From: a@b.org\r\nDKIM-Signature: v=1; d="


def hostile() -> list[bytes]:
    many = b"".join(
        b"DKIM-Signature: v=1; a=rsa-sha256; d=%d.example.org; s=x; b=x\r\n" % n
        for n in range(500)
    )
    return [
        b"",
        b"\x00" * 1000,
        b"From:\r\n\r\n",
        b"From: " + b"<" * 5000 + b"\r\n\r\n",
        b"From: a@b\r\nDKIM-Signature: " + b";" * 10_000 + b"\r\n\r\n",
        b"From: a@b.org\r\nDKIM-Signature: v=1; d="
        + b"\xff" * 300
        + b"; s=\xfe\r\n\r\n",
        SIGNATURE + b"a" * 300 + b".org; s=x\r\n\r\n",
        many + SENT,
        b"ARC-Seal: i=1\r\nARC-Seal: i=99999999999\r\n" + SENT,
        b"Received: " + b"[1.1.1.1" * 5000 + b"\r\n" + SENT,
        signed().replace(b"h=", b"h=:::"),
        EmailMessage().as_bytes(),
    ]


@pytest.mark.parametrize("raw", hostile(), ids=range(12))
def test_a_hostile_message_gives_a_result(raw: bytes, server: str) -> None:
    found = judged(raw, server)

    assert found.verdict in ("broken", "unsigned", "signed_by_another")
    assert len(found.dkim) <= 5


def test_families_of_domains() -> None:
    assert is_aligned("merchant.org", "merchant.org")
    assert is_aligned("merchant.org", "mail.merchant.org")
    assert not is_aligned("org", "merchant.org")
    assert not is_aligned("", "")
    assert not is_aligned("evil.org", "merchant.org")


def test_nothing_of_a_machine_is_left_in_a_record(tmp_path: Path) -> None:
    kept = record(SENT, authenticate(SENT, RecordedLookup([]), at=DAY), [])

    assert str(tmp_path.parent) not in kept.decode()
