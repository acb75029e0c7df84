"""What is kept packed is read as it was, whatever it was."""

import os
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from rescind.app.follow import cases
from rescind.core.prove.digest import digest
from rescind.store import selectors, services
from rescind.store.models import CaseRecord, FileRecord
from rescind.store.packed import LEAST, MARK, pack, unpack
from tests.conftest import FACTS, SENDER

pytestmark = pytest.mark.usefixtures("ready_desk")


@given(st.binary(max_size=3_000) | st.binary(max_size=30).map(lambda b: b * 200))
def test_bytes_are_read_as_they_were(content: bytes) -> None:
    assert unpack(pack(content)) == content
    assert unpack(pack(MARK + content)) == MARK + content
    assert len(pack(content)) <= len(content) or content.startswith(MARK)


def test_what_is_packed_already_or_no_shorter_is_left_alone() -> None:
    noise, picture = os.urandom(5_000), b"\x89PNG" + b"x" * 5_000

    assert pack(noise) == noise
    assert pack(picture) == picture
    assert len(pack(b"x" * LEAST)) < LEAST / 2


def test_damaged_bytes_are_handed_on_for_their_digest_to_tell() -> None:
    kept = pack(b"x" * 5_000)

    assert unpack(kept[:-9]) == kept[:-9]


def column(case_id: str) -> str:
    case = selectors.find_case(case_id)
    key = case.pk.hex if connection.vendor == "sqlite" else str(case.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT verdict FROM desk_caserecord WHERE id = %s", [key])
        (text,) = cursor.fetchone()
    return str(text)


def test_a_case_keeps_its_verdict_and_its_files_packed() -> None:
    case_id = cases.new_case(FACTS, SENDER)

    case = selectors.read_case(case_id)
    files = selectors.files(case)

    assert case.verdict["topics"]["cancel"]["answer"] == "yes"
    assert '"topics"' not in column(case_id)
    assert all(digest(bytes(file.content)) == file.digest for file in files)
    about = next(file for file in files if file.name == "case.json")
    assert len(column(case_id)) < len(bytes(about.content)) / 3


def test_rows_of_an_earlier_release_are_read_as_they_are() -> None:
    verdict: dict[str, Any] = {"topics": {"text": "x" * 5_000}}
    with transaction.atomic():
        case = CaseRecord.objects.create(
            opened_at="2026-11-01T12:00:00Z",
            service="s",
            service_name="S",
            kind="cancel",
            facts={},
            verdict={},
            sender={},
        )
        name = services.keep(case, b"short", "text/plain", "a.txt")
        key = case.pk.hex if connection.vendor == "sqlite" else str(case.pk)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE desk_filerecord SET content = %s WHERE digest = %s",
                [b"long " * 500, name],
            )
            cursor.execute(
                "UPDATE desk_caserecord SET verdict = %s WHERE id = %s",
                ['{"topics": {"text": "' + "x" * 5_000 + '"}}', key],
            )

        file = FileRecord.objects.get(case=case, digest=name)
        read = CaseRecord.objects.get(pk=case.pk).verdict
        case.refresh_from_db()
        case.save()
        again = CaseRecord.objects.get(pk=case.pk).verdict
        transaction.set_rollback(True)

    assert bytes(file.content) == b"long " * 500
    assert read == again == verdict
