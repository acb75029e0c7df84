"""Random bytes: every reader of evidence answers, and none breaks down."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rescind.adapters.evidence import asice, opentimestamps
from rescind.adapters.evidence.timestamp_tokens import check_token, digest_of
from rescind.adapters.mail.dsn import read_notices
from rescind.app.prove.packs import verify_bytes
from rescind.core.errors import BadInput
from tests.conftest import examples
from tests.proof import hostile
from tests.proof.conftest import checked, trusting

PARTS = st.dictionaries(
    st.sampled_from(
        [
            "log.json",
            asice.MANIFEST,
            asice.SIGNATURE,
            asice.ARCHIVE_MANIFEST,
            "META-INF/timestamp1.tst",
            "files/00/x",
        ]
    ),
    st.binary(max_size=200) | st.text(max_size=80).map(str.encode),
)


@examples(150)
@given(st.binary(max_size=400))
def test_bytes_are_no_pack(raw: bytes) -> None:
    with pytest.raises(BadInput):
        checked(raw)


@examples(150)
@given(PARTS)
def test_a_container_of_anything_is_answered(parts: dict[str, bytes]) -> None:
    raw = asice.pack({}, parts)
    try:
        checks = checked(raw)
    except BadInput:
        return
    assert not all(check.holds for check in checks.values())


@examples(150)
@given(st.binary(max_size=400))
def test_bytes_are_no_token_and_no_anchor(raw: bytes) -> None:
    check = check_token(raw, digest_of(b""), trusting(), what="timestamp")

    assert not check.intact
    with pytest.raises(ValueError, match="no proof"):
        opentimestamps.read_anchor(raw)


@examples(150)
@given(st.binary(max_size=600))
def test_bytes_in_a_notice_say_nothing(raw: bytes) -> None:
    head = b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n"
    head += b"Content-Type: message/delivery-status\r\n\r\n"

    for notice in read_notices(head + raw + b"\r\n--b--\r\n"):
        assert notice.action == notice.action.lower()


def test_a_pack_that_was_bent_is_answered_and_does_not_hold() -> None:
    """Thousands more in ``make chaos``."""
    folder = Path(__file__).parents[1] / "samples" / "packs" / "log-2"
    sound = hostile.contents_of((folder / "pack.asice").read_bytes())
    trust = trusting(
        (folder / "sealer.pem").read_bytes(), (folder / "authority.pem").read_bytes()
    )
    random = Random(1128)
    for _ in range(150):
        raw = hostile.pack(sound, random)
        try:
            checks = verify_bytes(raw, trust)
        except BadInput:
            continue
        holds = all(check.holds or check.is_extra for check in checks)
        assert not holds or hostile.is_same(raw, sound)
