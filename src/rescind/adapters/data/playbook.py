"""The playbook: what follows from each kind of answer, read from its files."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.errors import BadInput
from rescind.core.model.message import Label, Play

FOLDER = SHIPPED / "playbook"
_STRUCTURE = "plays"


def languages() -> tuple[str, ...]:
    """Return the languages that the playbook is written in."""
    names = (path.stem for path in FOLDER.glob("*.yaml"))
    return tuple(sorted(name for name in names if name != _STRUCTURE))


@cache
def plays(language: str = "en") -> Mapping[Label, Play]:
    """Return what follows from each label; raises BadInput with the languages."""
    if language not in languages():
        raise BadInput.unknown_value("lang", language, languages())
    structure = read_yaml(FOLDER / f"{_STRUCTURE}.yaml")
    words = read_yaml(FOLDER / f"{language}.yaml")["plays"]
    return {label: _play(label, structure, words[label.value]) for label in Label}


def contests(language: str) -> tuple[str, ...]:
    """Return what to do where an end has another day, or lacks its money."""
    return tuple(read_yaml(FOLDER / f"{language}.yaml")["contests"])


def unsure(language: str) -> str:
    """Return the frame in which stands what an answer only seems to mean."""
    return str(read_yaml(FOLDER / f"{language}.yaml")["unsure"])


def papers(language: str) -> tuple[str, tuple[str, ...]]:
    """Return what it means that heirs are asked for papers, and what to do."""
    words = read_yaml(FOLDER / f"{language}.yaml")["papers"]
    return str(words["means"]), tuple(words["do"])


def form(language: str) -> tuple[str, tuple[str, ...]]:
    """Return what it means that a notice is wanted in another form, and what to do."""
    words = read_yaml(FOLDER / f"{language}.yaml")["form"]
    return str(words["means"]), tuple(words["do"])


def _play(label: Label, structure: Mapping[str, Any], words: Mapping[str, Any]) -> Play:
    entry = structure["plays"][label.value]
    return Play(
        label=label,
        means=words["means"],
        do=tuple(words["do"]),
        is_ours=entry["turn"] == "ours",
        letter=entry["letter"],
        rights=tuple(entry["rights"]),
        rests_on=tuple(
            {
                "title": structure["sources"][each["source"]]["title"],
                "url": structure["sources"][each["source"]]["url"],
                "verification": structure["sources"][each["source"]]["verification"],
                "at": each["at"],
                "checked_on": str(structure["checked_on"]),
            }
            for each in entry["rests_on"]
        ),
    )
