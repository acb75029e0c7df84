"""The button of an answer's card: what it prepares, and what each letter is for."""

from rescind.adapters.data.words import Words
from rescind.app.act.plan import Planned
from rescind.core.act.action import How
from rescind.core.act.decision import Decision
from rescind.core.model.sentence import Sentence

_BOTH = 2
"""Letters that are called both."""


def button(planned: Planned, letters: tuple[str, ...], store: str, words: Words) -> str:
    """Return what the button says; empty where there is nothing to prepare."""
    if store and not letters:
        acts = planned.decision.actions
        steps = [a for a in acts if a.how in (How.STORE, How.BUTTON)]
        # to keep the proof is one more step, and so is the notice to who sells
        count = str(len(steps) + 1 + tells_seller(planned))
        said = words.table("count").get(count, count)
        sentence = Sentence.of("card_button", "store", who=store, count=str(said))
        return words.say(sentence)
    if not letters:
        return ""
    code = "both_letters" if len(letters) == _BOTH else "letters"
    return words.say(Sentence.of("card_button", code, count=len(letters)))


def tells_seller(planned: Planned) -> bool:
    """Return whether who withdraws at a store writes to the seller too, by law."""
    withdraws = any(action.do == "withdraw" for action in planned.decision.actions)
    return withdraws and planned.checked.verdict.topics["withdrawal"].in_writing


def purposes(decision: Decision, words: Words) -> tuple[str, ...]:
    """Return what each of two letters is for; of more the title says the most."""
    said = {a.letter: words.say(a.says) for a in decision.actions[::-1] if a.letter}
    in_order = dict.fromkeys(a.letter for a in decision.actions if a.letter)
    return tuple(said[kind] for kind in in_order) if len(in_order) == _BOTH else ()
