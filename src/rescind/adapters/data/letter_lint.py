"""Checks on the texts of letters: every clause has words, every name is known."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Formatter
from typing import Any

from rescind.adapters.data.printable import unprintable
from rescind.adapters.data.yaml import read_yaml
from rescind.core.act.letter import REASON
from rescind.core.act.letter_conditions import CONDITIONS
from rescind.core.act.letter_values import VALUES
from rescind.core.model.problem import Finding

IN_SUBJECT = frozenset({"merchant", "plan", "holder"})
"""What a subject may name: it is never left empty."""
CITED = frozenset({"law", "terms"})


def check_letter(name: str, entry: Mapping[str, Any], root: Path) -> Iterator[Finding]:
    """Yield what is wrong with a text, beside its kind and its language."""
    kind_file = root / "letters" / entry["kind"] / "kind.yaml"
    language_file = root / "languages" / f"{entry['language']}.yaml"
    for path, key in ((kind_file, "kind"), (language_file, "language")):
        if not path.is_file():
            message = f"there is no {path.relative_to(root)}"
            yield Finding(path=name, pointer=f"/{key}", message=message)
            return
    clauses = {c["id"]: c for c in read_yaml(kind_file)["clauses"] if c["id"] != REASON}
    texts = read_yaml(language_file)["clauses"] | entry["texts"]
    for key in ("subject", "subject_ask"):
        yield from _names(name, f"/{key}", entry.get(key, ""), IN_SUBJECT)
    yield from _check_words(name, clauses, texts)
    for clause in entry["texts"]:
        if clause not in clauses:
            near = ", ".join(get_close_matches(clause, list(clauses), n=2))
            message = f"the kind has no clause {clause!r}"
            yield Finding(
                path=name, pointer=f"/texts/{clause}", message=message, suggestion=near
            )


def _check_words(
    name: str,
    clauses: Mapping[str, Mapping[str, Any]],
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield clauses without words, and names that their words may not name."""
    for clause, item in clauses.items():
        words = texts.get(clause)
        if words is None:
            message = f"the clause {clause!r} has no words"
            yield Finding(path=name, pointer="/texts", message=message)
            continue
        vocabulary = VALUES | CITED if "rests_on" in item else VALUES
        yield from _names(name, f"/texts/{clause}", words, vocabulary)


def check_kind(name: str, entry: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield conditions that nothing works out."""
    named = [("/grounds", word) for word in entry.get("grounds", ())]
    for index, clause in enumerate(entry["clauses"]):
        named += [
            (f"/clauses/{index}/when", condition.removeprefix("not "))
            for condition in clause.get("when", ())
        ]
    for pointer, word in named:
        if word not in CONDITIONS:
            near = ", ".join(get_close_matches(word, sorted(CONDITIONS), n=3))
            message = f"no condition is called {word!r}"
            yield Finding(path=name, pointer=pointer, message=message, suggestion=near)


def _names(
    path: str, pointer: str, words: str, vocabulary: frozenset[str]
) -> Iterator[Finding]:
    """Yield names in braces that are not known there, and glyphs that are not."""
    try:
        names = [part[1] for part in Formatter().parse(words) if part[1] is not None]
    except ValueError as error:
        yield Finding(path=path, pointer=pointer, message=f"braces: {error}")
        return
    for name in names:
        if name not in vocabulary:
            near = ", ".join(get_close_matches(name, sorted(vocabulary), n=3))
            message = f"{{{name}}} is not known here"
            yield Finding(path=path, pointer=pointer, message=message, suggestion=near)
    missing = unprintable(words)
    if missing:
        message = f"the fonts cannot print {' '.join(missing)}"
        yield Finding(path=path, pointer=pointer, message=message)
