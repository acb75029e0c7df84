"""What is chosen from about a letter: its kind, its language, its envelope."""

from collections.abc import Callable, Collection, Mapping

from rescind.adapters.data.layouts import layouts
from rescind.adapters.data.letters import kinds, language, problems
from rescind.adapters.data.words import ENGLISH
from rescind.app.act.workbench import BY_HAND, DRAWN
from rescind.core.act.asked import PAPERS
from rescind.core.act.letter_values import ANSWERS
from rescind.core.model.letter import Authority
from rescind.labels import label

NO_GROUND = "ground_missing"
"""What is told of a letter that rests on nothing on file: it asks, and claims none."""


ONLY_ASKS: Mapping[str, str] = {"withdraw": "withdraw-asked"}
"""What a letter that rests on nothing is called, where that makes it another one."""


def name_of(kind: str, lacks: Collection[str] = ()) -> str:
    """Return what a kind of letter is called; what is no kind on file, a letter.

    One that only asks for what its kind declares is called so (``lacks``).

    A record may name what is none, such as the steps that a case began with.

    >>> name_of("cancel")
    'Notice of cancellation'
    >>> name_of("steps")
    'Letter'
    """
    if NO_GROUND in lacks and kind in ONLY_ASKS:
        return label(ONLY_ASKS[kind], "letter_name")
    if kind in ENGLISH.table("letter_name"):
        return label(kind, "letter_name")
    return str(language("en")["kinds"].get(kind, "letter")).capitalize()


def _authorities() -> tuple[tuple[str, str], ...]:
    named = ((each.value, label(each.value, "authority")) for each in Authority)
    return (("", label("myself", "authority")), *named)


def _kinds_before() -> tuple[tuple[str, str], ...]:
    named = ((kind, name_of(kind)) for kind in kinds())
    return (("", label("nothing", "bench_choice")), *named)


def _answers() -> tuple[tuple[str, str], ...]:
    words = ENGLISH.table("bench_choice")
    named = (
        (each, words.get(each) or label(each, "message").capitalize())
        for each in ANSWERS
    )
    return (("", label("nothing", "bench_choice")), *named)


def _problems() -> tuple[tuple[str, str], ...]:
    words = language("en")["labels"]
    named = ((p, str(words[f"problem_{p}"]).capitalize()) for p in problems())
    return (("", label("choose", "bench_choice")), *named)


def _signed() -> tuple[tuple[str, str], ...]:
    ways = {"": "typed", BY_HAND: "hand", DRAWN: "drawn"}
    return tuple((way, label(code, "bench_choice")) for way, code in ways.items())


def _envelopes() -> tuple[tuple[str, str], ...]:
    named = ((name, str(each["name"])) for name, each in layouts().items())
    return (("", label("usual", "bench_choice")), *named)


def _codes() -> tuple[tuple[str, str], ...]:
    ways = {"": "no_code", "yes": "with_code"}
    return tuple((way, label(code, "bench_choice")) for way, code in ways.items())


def _papers() -> tuple[tuple[str, str], ...]:
    named = ((each, label(f"papers_{each}", "bench_choice")) for each in PAPERS)
    later = ("", label("papers_later", "bench_choice"))
    return (later, *named, ("none", label("no_papers", "bench_choice")))


CHOICES: Mapping[str, Callable[[], tuple[tuple[str, str], ...]]] = {
    "signed": _signed,
    "layout": _envelopes,
    "with_code": _codes,
    "authority": _authorities,
    "first_kind": _kinds_before,
    "answer": _answers,
    "problem": _problems,
    "papers": _papers,
}
"""Details that are chosen, and what from."""
