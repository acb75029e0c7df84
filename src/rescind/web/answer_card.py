"""The card of an answer: what to do, by when, for how much, and one button."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from rescind.adapters.data.cldr import money_on_page
from rescind.adapters.data.words import Words
from rescind.app.act.money_day import money_day
from rescind.app.act.plan import Planned
from rescind.app.act.telling import (
    OF_PERIOD,
    after_first_term,
    cautions,
    fee_asked,
    later_disputes,
    law_of_kind,
    of_the_telling,
    reasons,
    said_back,
)
from rescind.app.follow.told_before import goes_on
from rescind.core.act.action import BARE, Action, How, last_day
from rescind.core.act.decision import (
    dated,
    days_left,
    is_first_day,
    is_of_one_offer,
)
from rescind.core.model.facts import MONTH_FIRST, Facts, day_of
from rescind.core.model.names import titled
from rescind.core.model.sentence import Sentence, Wording
from rescind.core.model.source import Claim
from rescind.core.model.verdict import Answer, Reason
from rescind.labels import day_on_card, label, month_in_words
from rescind.web.card_asks import decides, dispute_of
from rescind.web.card_button import button, purposes
from rescind.web.card_values import LATE, SOON, Because, Card, CardRow, OtherWay
from rescind.web.course_words import costs, end_on_card, first_loss
from rescind.web.room import open_reasons

_ASKED = frozenset({"refund_asked", "refund_asked_and_cancel", "cancel_and_ask"})
"""Headlines by which whoever is asked decides on the money."""
_BY_DAY = range(8, 22)
"""Hours in which the hour is named too; before and after, the day says enough."""
_WORDS = Words("en", money=money_on_page)
_AMERICAN = Words("en", month_first=True, money=money_on_page)


_ENDS_WITH_REFUND = frozenset({"refund_then_cancel", "refund_disputed"})
"""Headlines under which the money for all of it is asked back before it is ended."""


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
        actions = self._decision.actions
        letters = tuple(dict.fromkeys(a.letter for a in actions if a.letter))
        at_store = next((a for a in actions if a.how is How.STORE), None)
        store = self._say(at_store.to) if at_store and at_store.to else ""
        says = tuple(reasons(self._planned))
        shown = open_reasons([self._say(each) for each in says])
        warnings = [self._say(each) for each in cautions(self._planned)]
        ask, is_told = decides(self._planned), goes_on(self._planned)
        return Card(
            about=self._about(),
            title=self._title(),
            rows=tuple(self._rows()),
            is_over=self._is_safe_over,
            letters=letters,
            store=store,
            button=button(self._planned, letters, store, self._words)
            or (label("go_on", "card_button") if is_told else ""),
            goes_on=is_told,
            purposes=purposes(self._decision, self._words),
            steps=() if at_store is None else at_store.steps,
            reasons=tuple(self._because(each) for each in says[:shown]),
            warning=next(iter(warnings), ""),
            ask=ask,
            why=tuple(self._why(says[shown:], warnings[1:])),
            other_ways=tuple(self._other_ways()),
            unknown=tuple(f for f in self._decision.asks if f != ask),
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
        parts = [service.name if offer is None else titled(offer.name, service)]
        if facts.price is not None:
            parts.append(money_on_page(facts.price))
        if facts.purchased_at is not None:
            bought = self._day(day_of(facts.purchased_at, facts.zones), weekday=False)
            parts.append(f"since {bought}")
        return ", ".join(parts)

    def _title(self) -> str:
        headline = self._decision.headline
        code = headline.code
        if code == "who_bills" and self._facts.channel is not None:
            return self._say(Sentence.of("card", "what_bought"))
        if code not in self._words.table("card"):
            return self._say(headline).rstrip(".")
        if code in _TOLD and "cancelled_at" in self._facts.by_month:
            code = "cancelled_month"
        values = {**dict(headline.values), "on": self._told_on()}
        return self._say(Sentence.of("card", code, **values))

    def _told_on(self) -> str:
        """Return the day on which it was cancelled before; empty: it was not."""
        told = self._facts.cancelled_at
        if told is None:
            return ""
        day = day_of(told, self._facts.zones)
        if "cancelled_at" in self._facts.by_month:
            return month_in_words(day)
        return self._day(day, weekday=False)

    def _rows(self) -> Iterator[CardRow]:
        decision, plan = self._decision, self._planned.plan
        paying = (
            a for a in decision.actions if a.amount and a.do not in _NO_MONEY_BACK
        )
        back = next(paying, None)
        has_two = back is not None and back is not dated(decision.actions)
        yield from self._by_when(has_two=has_two)
        fee = fee_asked(self._planned)
        if fee is not None:
            yield CardRow(what=label("fee", "card_row"), value=self._say(fee))
        if back is not None:
            yield from self._back(back)
        if back is not None and has_two:
            yield from self._money_by(back)
        if decision.ends_on is not None:
            end = self._end(decision.actions[0], decision.ends_on)
            yield CardRow(what="Ends", value=end)
            yield from self._still_to_pay(decision.ends_on)
        if plan.best is not None and plan.best.loses.code != "nothing":
            yield from self._lost(first_loss(plan.best.loses))

    def _by_when(self, *, has_two: bool) -> Iterator[CardRow]:
        """Yield by when to act; ``has_two``: the money has a day of its own."""
        decision = self._decision
        named = dated(decision.actions)
        if named.by is not None and not is_of_one_offer(named.by, self._checked):
            is_one = named is decision.actions[0] and not has_two
            what = "by" if is_one else _LAST_DAYS.get(named.do, "by")
            what = "paypal_by" if named.says.code == "dispute_paypal" else what
            yield self._until(named, named.by, what=label(what, "card_row"))
        elif decision.each_day_later:
            yield CardRow(what="By", value=label("each_day_later", "card_row"))
        elif decision.any_day:
            waiting = decision.each_month_costs
            costs = f"; each month costs {money_on_page(waiting)}" if waiting else ""
            yield CardRow(what="By", value=f"no last day{costs}")
            yield from self._next_charge()

    def _next_charge(self) -> Iterator[CardRow]:
        """Yield the next charge that is known: whoever ends it before that saves it."""
        at = self._checked.verdict.topics["renewal"].at
        if at is not None:
            day = self._day(day_of(at, self._facts.zones))
            yield CardRow(what=label("next_charge", "card_row"), value=day)

    def _back(self, back: Action) -> Iterator[CardRow]:
        """Yield the money that comes back, or may."""
        code = self._decision.headline.code
        is_open = back.answer is Answer.DEPENDS or code in _ASKED
        what = "You may get" if is_open else "You get"
        money, why = map(self._say, said_back(back, self._checked))
        yield CardRow(what=what, value=f"{money} back", note=why)

    def _money_by(self, back: Action) -> Iterator[CardRow]:
        """Yield by when to ask for the money, which has a day of its own."""
        day = money_day(self._planned, back)
        if day is None:
            return
        row = replace(self.by(day.by), what=label("money_by", "card_row"))
        if day.charged_on is not None:
            charged = self._day(day.charged_on, weekday=False)
            says = Sentence.of("card_row", "as_if_bought", day=charged)
            row = replace(row, note=self._say(says))
        yield row

    def _until(self, named: Action, by: date | datetime, *, what: str) -> CardRow:
        """Return the line of an action's last day, with why it is so early."""
        row = replace(self.by(by), what=what)
        last = last_day(by, self._facts.zones)
        if is_first_day(named, self._checked):
            left = label("until_first", "card_row")
            return replace(row, what=label("from", "card_row"), left=left, urgency="")
        is_kept = self._has_later(named) and not self._is_safe_over
        if not days_left(last, self._checked) and is_kept:
            # a day that is kept before the last one is never called the last
            row = replace(row, left=label("safe_today", "card_row"))
        notes = filter(None, (row.note, self._why_so_early(named, last)))
        return replace(row, note="; ".join(notes))

    @property
    def _is_safe_over(self) -> bool:
        """Whether a safe moment has passed: no day that is left is called safe."""
        warnings = self._checked.verdict.warnings
        return any(each.code == "safe_moment_passed" for each in warnings)

    def _still_to_pay(self, ends_on: date) -> Iterator[CardRow]:
        """Yield what falls due until it ends, where something certainly does."""
        best = self._planned.plan.best
        cost = best.cost if best is not None else None
        today = day_of(self._facts.as_of, self._facts.zones)
        if best is None or cost is None or cost.amount <= 0 or ends_on <= today:
            return
        code = "until_then" if best.cost_at_best == cost else "until_then_at_most"
        money = money_on_page(cost)
        text = self._say(Sentence.of("card_row", code, money=money))
        yield CardRow(what=label("still", "card_row"), value=text)

    def _end(self, lead: Action, ends_on: date) -> str:
        """Return when it ends: with a withdrawal or the money back, if they come."""
        is_refund = self._decision.headline.code in _ENDS_WITH_REFUND
        if lead.do != "withdraw" and not is_refund:
            return self._say(end_on_card(self._day(ends_on), self._checked))
        code = "refunded" if is_refund else "withdrawn"
        otherwise = end_on_card(self._day(ends_on, weekday=False), self._checked)
        return self._say(Sentence.of("card_row", code, day=otherwise))

    def _lost(self, loss: Sentence) -> Iterator[CardRow]:
        """Yield what is lost first, unless the day that it ends says otherwise."""
        ends_on = self._decision.ends_on
        today = day_of(self._facts.as_of, self._facts.zones)
        is_over = ends_on is not None and ends_on < today
        # at once only if a right holds that is not certain: else on the day above
        goes_on = ends_on is not None and ends_on > today
        is_at_once = loss.code == "access_at_once"
        if not is_over and not (is_at_once and goes_on):
            yield CardRow(what="You lose", value=self._say(loss))

    def _why_so_early(self, action: Action, last: date) -> str:
        """Return the very last day, where the one that is told is kept before it."""
        topic = self._checked.verdict.topics.get(_TOPICS.get(action.do, ""))
        if topic is None or topic.latest is None or not self._has_later(action):
            return ""
        if self._is_biller_open(topic.asks):
            is_near = days_left(last, self._checked) <= SOON
            return label("any_biller", "card_row") if is_near else ""
        if topic.asks:
            # what is not known may make the last day an earlier one
            return ""
        latest = last_day(topic.latest, self._facts.zones)
        day = self._day(latest, weekday=False)
        return self._say(Sentence.of("card_row", "safe", day=day))

    def _has_later(self, action: Action) -> bool:
        """Return whether the day that is told for an action is not the very last."""
        topic = self._checked.verdict.topics.get(_TOPICS.get(action.do, ""))
        if topic is None or topic.latest is None or action.by is None:
            return False
        zones = self._facts.zones
        return last_day(topic.latest, zones) > last_day(action.by, zones)

    def _is_biller_open(self, asks: tuple[str, ...]) -> bool:
        """Return whether who charges is not known, so that the strictest one counts."""
        is_asked = "channel" in asks or "channel" in self._decision.asks
        return self._facts.channel is None and is_asked

    def by(self, by: date | datetime) -> CardRow:
        """Return the line of a last day."""
        last = last_day(by, self._facts.zones)
        left = days_left(last, self._checked)
        text, note = self._day(last), ""
        # far from the day no hour decides anything
        is_near = left <= SOON
        if is_near and isinstance(by, datetime) and len(self._facts.zones) <= 1:
            local = by.astimezone(self._facts.zones[0]) if self._facts.zones else by
            if local.hour in _BY_DAY and local.date() == last:
                text += f", {local.hour}:00"
                note = label("hour", "card_row")
        urgency = "late" if left <= LATE else "soon" if left <= SOON else ""
        days = {0: "the last day", 1: "1 day left"}.get(left, f"{left} days left")
        return CardRow(what="By", value=text, left=days, urgency=urgency, note=note)

    def _day(self, day: date, *, weekday: bool = True) -> str:
        today, where = day_of(self._facts.as_of, self._facts.zones), self._facts.region
        return day_on_card(day, today, where, weekday=weekday)

    def _because(self, says: Sentence) -> Because:
        claims = next(
            (reason.claims for reason in self._reasons() if reason.says == says),
            self._claims_of_right(says),
        )
        numbers = tuple(dict.fromkeys(self._number(claim) for claim in claims))
        text, own = self._say(says), law_of_kind(self._planned)
        if own is not None and says.code in OF_PERIOD:
            named = label("of_law", "card_row")
            text = named.format(law=own.claims[0].source.title, says=text)
        return Because(text=text, numbers=numbers, ask=self._asked_by(says))

    def _asked_by(self, says: Sentence) -> str:
        """Return the first fact that a reason turns on, to link to its question."""
        facts = dict(says.values).get("facts", ())
        each_of = facts if isinstance(facts, tuple) else ()
        names = [each.code for each in each_of if isinstance(each, Sentence)]
        asked = (n for n in names if n in self._decision.asks and n != "country")
        return next(asked, "")

    def _claims_of_right(self, says: Sentence) -> tuple[Claim, ...]:
        """Return what carries the right that a sentence names."""
        named = dict(says.values).get("right")
        rights = (each.right for each in self._checked.verdict.rights)
        return next((right.claims for right in rights if right.name == named), ())

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
        yield from (self._because(each) for each in later_disputes(self._planned))
        later = after_first_term(self._planned)
        if later is not None:
            yield Because(text=self._say(later))
        yield from (self._because(each) for each in of_the_telling(self._planned))
        topics = self._checked.verdict.topics.values()
        reasons_ = (reason for topic in topics for reason in topic.because)
        apart = [self._dissent(each) for each in reasons_ if each.dissent]
        yield from dict.fromkeys(each for each in apart if each.text)
        yield from (Because(text=each) for each in warnings)

    def _dissent(self, reason: Reason) -> Because:
        numbers = tuple(dict.fromkeys(self._number(c) for c in reason.dissent))
        if reason.says.code in BARE:
            # it says who speaks, and nothing that another could say otherwise
            return Because(text="")
        text = f"Sources disagree on this: {self._say(reason.says)}"
        return Because(text=text, numbers=numbers)

    def _other_ways(self) -> Iterator[OtherWay]:
        for other in self._planned.plan.alternatives:
            said = costs(other)
            may = " may" if other.cost_at_best != other.cost else ""
            loses = f"You{may} lose {self._say(other.loses)}."
            yield OtherWay(
                says=self._say(other.says).rstrip("."),
                costs=f"{said} {loses}".strip(),
            )


_TOLD = frozenset({"cancelled", "cancelled_ends"})
"""Titles of what was cancelled before: they name its day."""
_NO_MONEY_BACK = frozenset({"dispute", "contest_fee"})
"""What has a sum that is not one more to come back."""
_TOPICS = {
    "cancel": "cancel",
    "at_store": "cancel",
    "refund": "refund",
    "withdraw": "withdrawal",
}
"""The topic of the verdict that holds the last day of an action."""
_LAST_DAYS = {"dispute": "dispute_by", "cancel": "cancel_by", "at_store": "cancel_by"}
"""What the last day is called where it is not that of what comes first."""


def bank_by(planned: Planned) -> CardRow | None:
    """Return by when the bank has to hear of a wrong charge, where that is known."""
    dispute = dispute_of(planned)
    if dispute is None or dispute.by is None:
        return None
    return _CardWriter(planned).by(dispute.by)
