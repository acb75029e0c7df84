"""Steps in an account as pages show them: links, what to write, and by which law."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.letters import DEFAULT, read_letter_text
from rescind.app.act.statements import statements
from rescind.app.follow.at_store import StepsToDo
from rescind.app.follow.store_money import AskAgain
from rescind.core.act.action import Action
from rescind.core.act.grounds import cite, find_grounds
from rescind.core.model.names import sold_as
from rescind.core.model.sentence import Sentence
from rescind.core.model.source import SourceKind
from rescind.core.model.verdict import Answer
from rescind.labels import day_in_words, label, say

TICKS = "steps"
"""Under which name the ticks are kept with what was typed about letters."""
_OUR_COPY = re.compile(r"[,;]? \(?(?:copy|text|state|version)\b.*")
"""What we note in a title about the copy that was read."""
_LINK = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:com|net|org)(?:/[^\s,;]*[\w/])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStep:
    """One step as the page shows it."""

    do: str
    title: str
    lines: tuple[str, ...]
    links: tuple[str, ...]
    """Addresses with their scheme."""
    law: str
    """The law that gives a right to it; empty where none on file does."""
    text: str
    """What can be copied into a field of the store; empty where nothing is asked."""
    english: str
    """The same in English, where it is in another language."""
    is_done: bool


def page_steps(
    ticked: Mapping[str, str],
    to_do: StepsToDo,
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    again: AskAgain | None = None,
) -> Iterator[PageStep]:
    """Yield the steps with what they rest on; ``ticked`` are those that are done.

    What a withdrawal says is written from the facts, in the sender's name. Once the
    money was asked for there, it is asked for ``again``: what is missing of it.
    """
    for action in to_do.actions:
        text, english = _text(action, to_do, again), ""
        is_first = again is None or again == _NOTHING_SAID
        if action.do == "withdraw" and _law(action, to_do):
            said = statements(facts, sender)
            # the words for asking again are in English alone
            if said and (is_first or said[1:]):
                text, english = said[0], said[1] if said[1:] else ""
        links = [link for line in action.steps for link in _LINK.findall(line)]
        yield PageStep(
            do=action.do,
            title=label(action.do, "bench_store"),
            lines=action.steps,
            links=tuple(dict.fromkeys(map(_with_scheme, links))),
            law=_law(action, to_do),
            text=text,
            english=english,
            is_done=action.do in ticked and again is None,
        )


def _with_scheme(link: str) -> str:
    return link if link.startswith("http") else f"https://{link}"


_NOTHING_SAID = AskAgain(rest=None, refused_on=None)
"""Asked for, and neither refused nor granted in part: the words are the first ones."""


def _text(action: Action, to_do: StepsToDo, again: AskAgain | None) -> str:
    if action.do in ("cancel", "at_store"):
        return ""
    checked = to_do.planned.checked
    price, what = checked.facts.price, sold_as(checked.service)
    price = (again.rest if again else None) or price
    money, right = "" if price is None else money_on_page(price), _law(action, to_do)
    if again is not None and again != _NOTHING_SAID:
        return _text_again(again, what, money=money, law=right)
    codes = _WITHDRAWS if action.do == "withdraw" else _ASKS_BACK
    code = codes[(right != "", price is not None)]
    values = {"what": what, "money": money, "law": right}
    return say(Sentence.of("store_text", code, **values))


def _text_again(again: AskAgain, what: str, *, money: str, law: str) -> str:
    """Return what is written to a store that refused, or granted a part."""
    before = "after_part" if again.refused_on is None else "after_refusal"
    day = day_in_words(again.refused_on) if again.refused_on else ""
    code = "again_by_law" if law else "again"
    values = {"what": what, "money": money or label("my_money", "store_text")}
    first = say(Sentence.of("store_text", before, day=day))
    return f"{first} {say(Sentence.of('store_text', code, law=law, **values))}"


def _law(action: Action, to_do: StepsToDo) -> str:
    """Return the law by which a store owes what a step asks for, as letters cite it.

    One that they do not name is called by its title, without what we note of a copy.
    """
    topic = to_do.planned.checked.verdict.topics.get(_TOPICS.get(action.do, ""))
    if topic is None or topic.answer is not Answer.YES:
        return ""
    checked = to_do.planned.checked
    claims = find_grounds(checked, (_TOPICS[action.do],))
    cited = cite(claims, read_letter_text(action.do, DEFAULT), checked.facts.region)
    of_law = (c.source.title for c in claims if c.source.kind is SourceKind.LAW)
    return cited or _OUR_COPY.sub("", next(of_law, ""))


_WITHDRAWS = {
    (False, False): "withdraw",
    (False, True): "withdraw_sum",
    (True, False): "withdraw_by_law",
    (True, True): "withdraw_by_law_sum",
}
"""What is written: whether a law gives a right to it, and whether a sum is known."""
_ASKS_BACK = {
    (False, False): "refund",
    (False, True): "refund_sum",
    (True, False): "refund_by_law",
    (True, True): "refund_by_law_sum",
}
_TOPICS = {"withdraw": "withdrawal", "refund": "refund"}
"""The topic of the verdict that a step carries out."""
