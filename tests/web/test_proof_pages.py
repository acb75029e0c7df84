"""The pages of proof: a pack is checked, a case is sealed, and what is not proved."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.evidence import asice
from rescind.app.follow import cases, queries
from rescind.app.prove import authorities, proof
from rescind.app.prove.sealing import Sealing, seal_case
from rescind.core.model.proof_details import (
    AuthenticatedDetails,
)
from rescind.store import selectors
from tests.conftest import FACTS, HOME, SENDER
from tests.web.test_pages import page

pytestmark = pytest.mark.usefixtures("ready_desk")
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("RESCIND_KEY_PASSPHRASE", "a passphrase of the tests")
    yield
    (HOME / "proof.json").unlink(missing_ok=True)


def upload(content: bytes, name: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def a_case() -> str:
    case_id = cases.new_case(FACTS, SENDER)
    cases.send(case_id, way="practice")
    return case_id


def test_a_pack_dropped_on_the_page_is_checked(client: Any) -> None:
    sealed = seal_case(a_case(), Sealing())
    box = asice.unpack(sealed.pack)
    changed = asice.pack({**box.files, "log.json": b"{}"}, box.meta)

    def shown(content: bytes, *trust: bytes) -> str:
        form = {
            "pack": upload(content, "case.asice"),
            "trust": [upload(pem, "sealer.pem") for pem in trust],
        }
        return page(client.post("/verify/", form))

    nobody, known, bad = (
        shown(sealed.pack),
        shown(sealed.pack, sealed.certificate),
        shown(changed),
    )
    cut = shown(sealed.pack[:-500])

    assert "nothing was changed, but not all of it is vouched for" in nobody
    assert "You named nobody whom you trust." in nobody
    assert "whom you trust." in known
    assert "You trust: sealer.pem." in known
    assert "it does not hold" in bad
    assert "was changed" in bad
    assert "it does not hold" in cut
    assert "The pack is damaged" in cut


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "choose a proof file"),
        ({"pack": b"nothing"}, "no archive"),
        ({"pack": b"PK", "trust": b"nothing"}, "no certificate"),
    ],
)
def test_what_is_no_pack_is_named(
    form: dict[str, bytes], words: str, client: Any
) -> None:
    files = {name: upload(content, name) for name, content in form.items()}

    response = client.post("/verify/", files)

    assert response.status_code == 422
    assert words in page(response)


def test_nothing_of_a_checked_pack_is_kept(client: Any) -> None:
    before = len(selectors.cases())

    client.post("/verify/", {"pack": upload(b"x" * 3_000_000, "x.asice")})

    assert len(selectors.cases()) == before


def test_what_is_proved_and_what_not_is_told(client: Any) -> None:
    text = page(client.get("/proof/"))

    assert "That the company read the letter, or accepts it." in text
    assert "nobody: the times in a case are this program's word" in text
    assert "not tried" in text
    assert "timestamp.digicert.com" in text


def test_whom_to_ask_is_said_on_the_page(client: Any) -> None:
    proof.change_settings({"stamp_by": [NOWHERE], "dns": "127.0.0.1:5300"})
    form = {"stamp_by": ["digicert", "sectigo"], "dns": "system"}

    back = client.post("/proof/", form, follow=True)
    set_to = authorities.settings()
    wrong = client.post("/proof/", {"stamp_by": ["nobody"]})
    client.post("/proof/", {})

    assert "from now on these are asked" in page(back)
    assert [a.name for a in set_to.authorities] == ["digicert", "sectigo", NOWHERE]
    assert set_to.dns == "127.0.0.1:5300"
    assert wrong.status_code == 422
    assert [a.name for a in authorities.settings().authorities] == [NOWHERE]
    assert authorities.settings().dns is None


def test_a_case_is_sealed_from_its_page(client: Any, tmp_path: Path) -> None:
    case_id = a_case()

    response = client.post(f"/cases/{case_id}/seal/", {"lang": "de", "pades": "on"})
    wrong = client.post(f"/cases/{case_id}/seal/", {"lang": "xx"})

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        names = archive.namelist()
        pack = archive.read("case.asice")
    assert {"case.asice", "case.pem"} <= set(names)
    assert any(name.endswith("-cancel.pdf") for name in names)
    with zipfile.ZipFile(io.BytesIO(pack)) as inside:
        (tmp_path / "summary.pdf").write_bytes(inside.read("summary.pdf"))
    assert wrong.status_code == 422


def test_what_waits_is_said_and_can_be_tried(client: Any) -> None:
    proof.change_settings({"stamp_by": [NOWHERE]})
    case_id = a_case()

    text = page(client.get(f"/cases/{case_id}/"))
    overview = page(client.get("/proof/"))
    again = client.post(f"/cases/{case_id}/retry/")

    assert "Not proved yet: a timestamp over the log." in text
    assert "did not answer" in text
    assert "some proof could not be had yet" in overview
    assert again.status_code == 302
    assert proof.status(selectors.read_case(case_id))["tries"] == 2


def test_whether_an_answer_is_genuine_is_said(client: Any) -> None:
    from rescind.store import proofs, selectors

    case_id = a_case()
    case = selectors.find_case(case_id)
    message = queries.show_case(case_id)["events"][-1]["details"]["message"]
    about = AuthenticatedDetails(
        message=message, result="broken", said="It does not hold: x."
    )
    now = case.opened_at
    proofs.record_authentication(case, about, b"{}", now=now)

    assert "It does not hold: x." in page(client.get(f"/cases/{case_id}/"))
