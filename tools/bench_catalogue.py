"""Measure a check from cold and a search, with one service on file, all, and 10,000.

Three copies of the program take turns: with Coursera alone, with what ships, and with
generated entries beside it. The search is set beside RapidFuzz alone and the full-text
index of SQLite (FTS5), over the same names and the same labelled queries.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

import rescind
from rescind.adapters.data.catalogue import SHIPPED, Catalogue
from rescind.adapters.data.name_search import NameSearch
from rescind.adapters.data.name_words import name_words
from rescind.adapters.data.new_entry import NewEntry, skeleton
from rescind.adapters.data.service_names import ServiceName
from rescind.adapters.data.yaml import read_yaml
from tools.bench import FACTS, machine, processor_time

MANY = int(os.environ.get("RESCIND_BENCH_SERVICES", "10000"))
RUNS = int(os.environ.get("RESCIND_BENCH_RUNS", "25"))
QUERIES = Path("tests/catalogue")
SYLLABLES = [
    "ba",
    "be",
    "bo",
    "ca",
    "co",
    "da",
    "do",
    "fe",
    "fi",
    "ga",
    "go",
    "ha",
    "hi",
    "jo",
    "ka",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "po",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
    "za",
    "ze",
    "zo",
]
TWO_WORDS = 0.6
"""The share of names that have a second word."""
KINDS = ("Plus", "Media", "Fitness", "News", "Cloud", "Play", "Music", "Club", "Energy")


def main() -> None:
    """Measure everything in one run."""
    print(f"machine: {machine()}")
    for row in (*checks(), *searches()):
        print(f"| {row} |", flush=True)


def invented(count: int) -> list[str]:
    """Return names of services that do not exist, none twice."""
    draw, names = random.Random(11), dict[str, None]()
    while len(names) < count:
        word = "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))).title()
        names[f"{word} {draw.choice(KINDS)}" if draw.random() < TWO_WORDS else word] = (
            None
        )
    return list(names)


def checks() -> list[str]:
    """Return the times of a check from cold, the copies taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        copies = {"1": None, "all that ship": 0, f"{MANY:,}": MANY}
        for name, count in copies.items():
            copy_program(root / name, count)
        facts = root / "facts.json"
        facts.write_text(json.dumps(FACTS), encoding="utf-8")
        other = root / "name.json"
        # a name that is no file's: all names are looked through
        other.write_text(json.dumps(FACTS | {"service": "Coursera Plus"}), "utf-8")
        every = [(n, path) for path in (facts, other) for n in copies]
        first = {key: start(root, *key)[0] for key in every}
        walls: dict[tuple[str, Path], list[float]] = {key: [] for key in every}
        cpus: dict[tuple[str, Path], list[float]] = {key: [] for key in every}
        for _ in range(RUNS):
            for key in every:
                wall, cpu = start(root, *key)
                walls[key].append(wall)
                cpus[key].append(cpu)
        words = {facts: "check from cold", other: "the same by another name"}
        return [
            f"{words[key[1]]}, {key[0]} services | {1000 * min(walls[key]):.0f} ms "
            f"(median {1000 * median(walls[key]):.0f}) | processor "
            f"{1000 * min(cpus[key]):.0f} ms | the first time {first[key]:.1f} s"
            for key in every
        ]


def copy_program(folder: Path, count: int | None) -> None:
    """Copy the program: with one service, what ships, or so many generated ones."""
    target = folder / "rescind"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(rescind.__file__).parent, target, ignore=ignored)
    catalogue = target / "data" / "catalogue"
    if count is None:
        for path in catalogue.glob("?/*.yaml"):
            if path.stem != "coursera":
                path.unlink()
    for number, name in enumerate(invented(count or 0)):
        slug = f"{name.lower().replace(' ', '-')}-{number}"
        entry = NewEntry(
            name=name,
            website=f"https://{slug}.example",
            kind="streaming",
            terms=f"https://{slug}.example/terms",
            period="P1M",
        )
        text = skeleton(entry, date(2026, 11, 29), "service.schema.json")
        text = text.replace(f"service: {entry.slug}\n", f"service: {slug}\n")
        (catalogue / slug[0]).mkdir(exist_ok=True)
        (catalogue / slug[0] / f"{slug}.yaml").write_text(text, encoding="utf-8")


def start(root: Path, copy: str, facts: Path) -> tuple[float, float]:
    """Return the seconds that a check from cold takes: by the clock, and computing."""
    words = [sys.executable, "-m", "rescind", "check", "--facts", str(facts), "--json"]
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    own = {
        "PYTHONPATH": str(root / copy),
        "XDG_CACHE_HOME": str(root / f"cache-{copy}"),
        "RESCIND_HOME": str(root / "home"),
    }
    before, started = processor_time(), time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, check=False, env=kept | own)
    return time.perf_counter() - started, processor_time() - before


class Query(NamedTuple):
    """What is typed, and the service that is meant; ``None``: a stranger."""

    typed: str
    means: str | None


def queries(on_file: set[str]) -> list[Query]:
    """Return the labelled queries of the tests about what is on file."""
    rows = [
        Query(row["typed"], row["means"])
        for name in ("queries", "blind_queries")
        for row in read_yaml(QUERIES / f"{name}.yaml")
    ]
    return [row for row in rows if row.means is None or row.means in on_file]


def searches() -> list[str]:
    """Return how often the first answer is right, and the time of one query."""
    ours = Catalogue().all_names
    more = [
        ServiceName(slug=f"invented-{number}", name=name, website=None)
        for number, name in enumerate(invented(MANY - len(ours)))
    ]
    names = [*ours, *more]
    asked = queries({each.slug for each in ours})
    engines = {
        "Rescind": of_rescind(names),
        "RapidFuzz alone (WRatio, 86 at least)": of_rapidfuzz(names),
        "SQLite FTS5 (trigrams, any of them)": of_fts5(names),
    }
    return [row(name, find, asked) for name, find in engines.items()]


Find = Callable[[str], str | None]


def row(name: str, find: Find, asked: Sequence[Query]) -> str:
    """Return an engine's figures; its first query is not counted."""
    find("netflix")
    answers, times = [], []
    for query in asked:
        started = time.perf_counter()
        answers.append(find(query.typed))
        times.append(time.perf_counter() - started)
    pairs = list(zip(asked, answers, strict=True))
    meant = [answer == query.means for query, answer in pairs if query.means]
    strangers = [answer is None for query, answer in pairs if query.means is None]
    right = (sum(meant) + sum(strangers)) / len(pairs)
    return (
        f"{name}, {MANY:,} entries, {len(asked)} queries | right first "
        f"{right:.2f} ({sum(meant) / len(meant):.2f} of those that mean one, "
        f"{sum(strangers) / len(strangers):.2f} of strangers) | "
        f"{1000 * median(times):.1f} ms a query, {1000 * max(times):.0f} at most"
    )


def of_rescind(names: Sequence[ServiceName]) -> Find:
    """Return our search."""
    search = NameSearch(names, name_words(SHIPPED))

    def find(typed: str) -> str | None:
        return next((each.slug for each in search.search(typed)), None)

    return find


def of_rapidfuzz(names: Sequence[ServiceName]) -> Find:
    """Return RapidFuzz over every name, as its manual uses it."""
    texts = [(text, each.slug) for each in names for text in every_name(each)]
    choices = [text for text, _ in texts]

    def find(typed: str) -> str | None:
        best = process.extractOne(
            typed, choices, scorer=fuzz.WRatio, processor=utils.default_process,
            score_cutoff=86,
        )  # fmt: skip
        return None if best is None else texts[best[2]][1]

    return find


def of_fts5(names: Sequence[ServiceName]) -> Find:
    """Return SQLite's full-text index with trigrams, ranked by its own measure."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE n USING fts5(slug UNINDEXED, t, tokenize=trigram)"
    )
    rows = [(each.slug, text) for each in names for text in every_name(each)]
    base.executemany("INSERT INTO n VALUES (?, ?)", rows)
    least = 3

    def find(typed: str) -> str | None:
        text = typed.lower().replace('"', " ")
        grams = {text[at : at + least] for at in range(len(text) - least + 1)}
        if not grams:
            return None
        wanted = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        query = "SELECT slug FROM n WHERE n MATCH ? ORDER BY rank LIMIT 1"
        found = base.execute(query, (wanted,)).fetchone()
        return None if found is None else str(found[0])

    return find


def every_name(each: ServiceName) -> list[str]:
    """Return what an entry is called, for engines that know nothing of domains."""
    return [each.name, *each.called_also(), *each.domains]


if __name__ == "__main__":
    main()
