"""The card of an answer: what to do, by when, for how much, and one button."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.words import Words
from rescind.app.act.plan import Planned
from rescind.app.act.telling import after_first_term, cautions, reasons
from rescind.core.act.action import How, last_day
from rescind.core.act.decision import days_left
from rescind.core.model.facts import MONTH_FIRST, Facts, day_of
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence, Wording
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Reason

REASONS = 3
SOON, LATE = 14, 3
"""Days left from which on a day is marked as near, and as very near."""
_FAR = 120
"""Days ahead from which on a day is written with its year."""
_BY_DAY = range(8, 22)
"""Hours in which the hour is named too; before and after, the day says enough."""
_WORDS = Words("en", money=money_on_page)
_AMERICAN = Words("en", month_first=True, money=money_on_page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One reason, with the numbers of the sources that it rests on."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """One line of the card: what, and its value."""

    what: str
    value: str
    left: str = ""
    """How many days are left, where it is a day."""
    urgency: str = ""
    """``soon`` or ``late`` where few days are left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWay:
    """A course that was not taken: what it costs, and what it loses."""

    says: str
    costs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything that the page of an answer shows."""

    about: str
    title: str
    rows: tuple[CardRow, ...]
    is_over: bool
    """A day by which something could be done has passed."""
    button: str
    """``""``: there is nothing to prepare."""
    letters: tuple[str, ...]
    """The kinds of letters that the plan needs, in its order."""
    store: str
    """Who has to be asked in an account; ``""``: no store."""
    steps: tuple[str, ...]
    reasons: tuple[Because, ...]
    warning: str
    ask: str
    """The fact that decides, asked above the button; ``""``: none does."""
    why: tuple[Because, ...]
    other_ways: tuple[OtherWay, ...]
    unknown: tuple[str, ...]
    """The facts that would change something, by their names."""
    sources: tuple[Claim, ...]


def card(planned: Planned) -> Card:
    """Return the card for a decision."""
    return _CardWriter(planned).card()


class _CardWriter:
    """Puts a card together; sources are numbered as they come up."""

    def __init__(self, planned: Planned) -> None:
        self._planned = planned
        self._decision, self._checked = planned.decision, planned.checked
        self._facts: Facts = planned.checked.facts
        is_month_first = self._facts.region in MONTH_FIRST
        self._words = _AMERICAN if is_month_first else _WORDS
        self._sources: list[Claim] = []

    def card(self) -> Card:
        """Return the card."""
        actions, verdict = self._decision.actions, self._checked.verdict
        letters = tuple(dict.fromkeys(a.letter for a in actions if a.letter))
        at_store = next((a for a in actions if a.how is How.STORE), None)
        store = self._say(at_store.to) if at_store and at_store.to else ""
        says = tuple(reasons(self._planned))
        warnings = [self._say(each) for each in cautions(self._planned)]
        decides = self._decides()
        return Card(
            about=self._about(),
            title=self._title(),
            rows=tuple(self._rows()),
            is_over=any(w.code == "safe_moment_passed" for w in verdict.warnings),
            letters=letters,
            store=store,
            button=self._button(letters, store),
            steps=() if at_store is None else at_store.steps,
            reasons=tuple(self._because(each) for each in says[:REASONS]),
            warning=next(iter(warnings), ""),
            ask=decides,
            why=tuple(self._why(says[REASONS:], warnings[1:])),
            other_ways=tuple(self._other_ways()),
            unknown=tuple(f for f in self._decision.asks if f != decides),
            sources=tuple(self._sources),
        )

    def _say(self, wording: Wording) -> str:
        return self._words.say(wording)

    def _about(self) -> str:
        """Return what was bought, for how much, when and where, in one line."""
        service, offer, facts = (
            self._checked.service,
            self._checked.offer,
            self._facts,
        )
        parts = [service.name if offer is None else offer.name]
        if facts.price is not None:
            parts.append(money_on_page(facts.price))
        if facts.purchased_at is not None:
            bought = self._day(day_of(facts.purchased_at, facts.zones), weekday=False)
            parts.append(f"since {bought}")
        return ", ".join(parts)

    def _title(self) -> str:
        headline = self._decision.headline
        code = headline.code
        if code not in self._words.table("card"):
            return self._say(headline).rstrip(".")
        return self._say(Sentence.of("card", code, **dict(headline.values)))

    def _rows(self) -> Iterator[CardRow]:
        decision, plan = self._decision, self._planned.plan
        lead = decision.actions[0]
        if lead.by is not None:
            yield self._by(lead.by)
        elif decision.any_day:
            waiting = decision.each_month_costs
            costs = f"; each month costs {money_on_page(waiting)}" if waiting else ""
            yield CardRow(what="By", value=f"no last day{costs}")
        sums = [a.amount for a in decision.actions if a.amount and a.do != "dispute"]
        if sums:
            yield CardRow(what="You get", value=f"{money_on_page(sums[0])} back")
        if decision.ends_on is not None:
            yield CardRow(what="Ends", value=self._day(decision.ends_on))
        if plan.best is not None and plan.best.loses.code != "nothing":
            yield CardRow(what="You lose", value=self._first_loss(plan.best.loses))

    def _first_loss(self, loses: Sentence) -> str:
        """Return what is lost first; the rest stands with the other ways."""
        losses = dict(loses.values).get("losses")
        if isinstance(losses, tuple) and losses and isinstance(losses[0], Sentence):
            return self._say(losses[0])
        return self._say(loses)

    def _by(self, by: date | datetime) -> CardRow:
        last = last_day(by, self._facts.zones)
        left = days_left(last, self._checked)
        text = self._day(last)
        if isinstance(by, datetime) and len(self._facts.zones) <= 1:
            local = by.astimezone(self._facts.zones[0]) if self._facts.zones else by
            if local.hour in _BY_DAY and local.date() == last:
                text += f", {local.hour}:00"
        urgency = "late" if left <= LATE else "soon" if left <= SOON else ""
        days = {0: "the last day", 1: "1 day left"}.get(left, f"{left} days left")
        return CardRow(what="By", value=text, left=days, urgency=urgency)

    def _day(self, day: date, *, weekday: bool = True) -> str:
        today = day_of(self._facts.as_of, self._facts.zones)
        text = f"{day:%B} {day.day}" if self._is_american else f"{day.day} {day:%B}"
        if abs((day - today).days) > _FAR:
            text += f", {day.year}" if self._is_american else f" {day.year}"
        if not weekday:
            return text
        comma = "," if self._is_american else ""
        return f"{day:%A}{comma} {text}"

    @property
    def _is_american(self) -> bool:
        return self._words is _AMERICAN

    def _button(self, letters: tuple[str, ...], store: str) -> str:
        if store and not letters:
            return self._say(Sentence.of("card_button", "store", who=store))
        if not letters:
            return ""
        code = "both_letters" if len(letters) == _BOTH else "letters"
        return self._say(Sentence.of("card_button", code, count=len(letters)))

    def _decides(self) -> str:
        """Return the fact that the title turns on, if it turns on one."""
        lead, code = self._decision.actions[0], self._decision.headline.code
        if code == "who_bills":
            asks = self._decision.asks
            return "channel" if self._facts.channel is None else next(iter(asks), "")
        sooner = self._checked.verdict.topics["cancel"].sooner
        if code == "cancel_if" and sooner is not None:
            return sooner.conditions[0][0]
        return lead.asks[0] if lead.asks and code.endswith("_depends") else ""

    def _because(self, says: Sentence) -> Because:
        claims = next(
            (reason.claims for reason in self._reasons() if reason.says == says), ()
        )
        numbers = tuple(dict.fromkeys(self._number(claim) for claim in claims))
        return Because(text=self._say(says), numbers=numbers)

    def _reasons(self) -> Iterator[Reason]:
        for topic in self._checked.verdict.topics.values():
            yield from topic.because

    def _number(self, claim: Claim) -> int:
        known = [(each.source.id, each.locator) for each in self._sources]
        place = (claim.source.id, claim.locator)
        if place not in known:
            self._sources.append(claim)
            return len(self._sources)
        return known.index(place) + 1

    def _why(
        self, says: tuple[Sentence, ...], warnings: list[str]
    ) -> Iterator[Because]:
        yield from (self._because(each) for each in says)
        later = after_first_term(self._planned)
        if later is not None:
            yield Because(text=self._say(later))
        for topic in self._checked.verdict.topics.values():
            for reason in topic.because:
                if reason.dissent:
                    yield self._dissent(reason)
        yield from (Because(text=each) for each in warnings)

    def _dissent(self, reason: Reason) -> Because:
        numbers = tuple(dict.fromkeys(self._number(c) for c in reason.dissent))
        text = f"Sources disagree on this: {self._say(reason.says)}"
        return Because(text=text, numbers=numbers)

    def _other_ways(self) -> Iterator[OtherWay]:
        for other in self._planned.plan.alternatives:
            costs = "" if other.cost is None else _cost(other.cost)
            loses = f"You lose {self._say(other.loses)}."
            yield OtherWay(
                says=self._say(other.says).rstrip("."),
                costs=f"{costs} {loses}".strip(),
            )


_BOTH = 2
"""Letters that are called both."""


def _cost(cost: Money) -> str:
    """Return what a course costs at worst, or gives back."""
    if not cost.amount:
        return "Costs nothing more."
    money = money_on_page(cost.of(abs(cost.amount)))
    return f"{money} more." if cost.amount > 0 else f"{money} back."
