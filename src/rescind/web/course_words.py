"""What a course costs and loses, in words of the page."""

from rescind.adapters.data.cldr import money_on_page
from rescind.core.act.alternatives import Alternative
from rescind.core.model.checked import Checked
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence, Wording


def first_loss(loses: Sentence) -> Sentence:
    """Return what is lost first; the rest stands with the other ways."""
    losses = dict(loses.values).get("losses")
    if isinstance(losses, tuple) and losses and isinstance(losses[0], Sentence):
        return losses[0]
    return loses


def end_on_card(day: str, checked: Checked) -> Wording:
    """Return the day it ends, with what it turns on where nobody knows a term."""
    cancel = checked.verdict.topics["cancel"]
    if cancel.ends_counted_back:
        return Sentence.of("card_row", "counted_back", day=day)
    if cancel.unbound is None:
        return day
    return Sentence.of("card_row", "unbound", day=day, unbound=cancel.unbound)


def costs(course: Alternative) -> str:
    """Return what a course costs, or at worst and at best where that differs."""
    worst, best = course.cost, course.cost_at_best
    if worst is None:
        return ""
    if course.is_fee_open:
        return f"{_cost(worst).capitalize()}, and what they ask for leaving early."
    if best is None or best == worst:
        return f"{_cost(worst)}." if worst.amount else "Costs nothing more."
    return f"At worst {_cost(worst)}; at best {_cost(best)}."


def _cost(cost: Money) -> str:
    """Return what a course costs, or gives back."""
    if not cost.amount:
        return "nothing more"
    money = money_on_page(cost.of(abs(cost.amount)))
    return f"{money} more" if cost.amount > 0 else f"{money} back"
