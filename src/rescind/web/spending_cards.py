"""What is paid for, as cards: what it costs a month, the next charge, and an end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from rescind.adapters.data.cldr import sum_on_page
from rescind.adapters.public.finding import StatedMoneyJson
from rescind.adapters.public.spending import PaidByHandJson, PaidJson, SpendingJson
from rescind.app.find.categories import CATEGORIES
from rescind.core.model.descriptor import Kind
from rescind.core.model.recurring_charge import State
from rescind.core.model.sentence import Sentence, Value
from rescind.labels import day_on_card, label, period_name, say
from rescind.store.listing import RunningCase
from rescind.web.paid_cases import cases_of

SHOWN = 6
"""Cards before the rest is folded away."""
FILTERED = 4
"""Cards up to which nobody needs to choose among them."""
_YEAR = "P1Y"
_MONTHS = 12
_Cost: TypeAlias = tuple[str, Decimal]
"""A currency, empty where none is named, and what something costs a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidCard:
    """Something that is paid for again and again."""

    id: str
    merchant: str
    costs: str
    next: str
    """The next charge; empty where none is expected."""
    last: str
    """The last charge, where the next one is not known any longer."""
    note: str
    """A price that rose, a trial that runs; empty for most."""
    billed_by: str
    """Who bills, where it is not the merchant."""
    is_by_hand: bool
    """The person wrote it down; no statement shows it."""
    case: str
    """The id of the case that ends it; empty where none runs."""
    ends: str = ""
    """Its end, where that is confirmed and lies before the next charge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidCards:
    """The page of spending: what it adds up to, and the cards in their groups."""

    title: str
    lead: str
    first: tuple[PaidCard, ...]
    more: tuple[PaidCard, ...]
    bills: tuple[PaidCard, ...]
    bills_cost: str
    in_cases: tuple[PaidCard, ...]
    """What a case is running for already: no sum counts it."""
    ended: tuple[PaidCard, ...]
    ended_last: str
    statements: str
    categories: tuple[tuple[str, str], ...]
    """What can be chosen among, by code and name; empty for few cards."""
    category: str
    """The one that was chosen; empty for all."""


def paid_cards(
    paid: SpendingJson,
    *,
    today: date,
    country: str | None,
    category: str = "",
    cases: Sequence[RunningCase] = (),
) -> PaidCards:
    """Return the cards; subscriptions stand before bills, the dearest first."""
    return _CardsWriter(paid, today, country, category, cases).cards()


class _CardsWriter:
    def __init__(
        self,
        paid: SpendingJson,
        today: date,
        country: str | None,
        category: str,
        running_cases: Sequence[RunningCase],
    ) -> None:
        self._paid, self._today, self._country = paid, today, country
        running = [e for e in paid["findings"] if e["state"] != State.ENDED]
        by_hand = [e for e in paid["by_hand"] if e["finding"] is None]
        every = [*running, *by_hand]
        self._cases = cases = cases_of([*running, *by_hand], running_cases)
        ends = {e.id: e.ends_on for e in running_cases if e.ends_on is not None}
        self._end_by_line = {e: ends[case] for e, case in cases.items() if case in ends}
        names = {e["category"] for e in every}
        self._categories = tuple(
            (code, label(code, "category")) for code in CATEGORIES if code in names
        )
        self._category = category if category in names else ""
        shown = [e for e in running if self._shows(e)]
        in_it = [e for e in shown if e["id"] not in cases]
        self._own = [e for e in in_it if e["kind"] == Kind.SUBSCRIPTION]
        self._bills = [e for e in in_it if e["kind"] != Kind.SUBSCRIPTION]
        written = [e for e in by_hand if self._shows(e)]
        self._by_hand = [e for e in written if e["id"] not in cases]
        self._in_cases = (
            *(self._card(e) for e in shown if e["id"] in cases),
            *(self._hand_card(e) for e in written if e["id"] in cases),
        )

    def _shows(self, each: PaidJson | PaidByHandJson) -> bool:
        return not self._category or each["category"] == self._category

    def cards(self) -> PaidCards:
        """Return the page's cards."""
        priced = [
            *((_year_of(each), self._card(each)) for each in self._own),
            *((_year_of(each), self._hand_card(each)) for each in self._by_hand),
        ]
        costs = [cost for cost, _ in priced]
        whole = _by_currency(costs)
        # the dearest first; of two currencies, the one that more is paid in
        priced.sort(key=lambda pair: (-whole[pair[0][0]], pair[0][0], -pair[0][1]))
        cards = [card for _, card in priced]
        ends = self._paid["ends"]
        few = len(cards) + len(self._bills) <= FILTERED and not self._category
        return PaidCards(
            title=self._title(costs),
            lead=self._lead(costs),
            first=tuple(cards[:SHOWN]),
            more=tuple(cards[SHOWN:]),
            bills=tuple(map(self._card, self._bills)),
            bills_cost=self._rate(map(_year_of, self._bills)),
            in_cases=self._in_cases,
            ended=tuple(map(self._card, ends)),
            ended_last=self._ended(ends),
            statements=self._statements(),
            categories=() if few else self._categories,
            category=self._category,
        )

    def _title(self, costs: Sequence[_Cost]) -> str:
        if not costs:
            is_done = self._in_cases and not self._bills
            return _say("nothing_left" if is_done else "nothing_runs")
        return _say("title", sums=_sums(costs, months=_MONTHS))

    def _lead(self, costs: Sequence[_Cost]) -> str:
        if not costs:
            return ""
        lead = _say("lead", count=len(costs), sums=_sums(costs))
        return f"{lead} {_say('bills_apart')}" if self._bills else lead

    def _rate(self, costs: Iterable[_Cost]) -> str:
        sums = _sums(list(costs), months=_MONTHS)
        return _say("a_month", sums=sums) if sums else ""

    def _ended(self, ends: Sequence[PaidJson]) -> str:
        if not ends:
            return ""
        newest = max(ends, key=lambda each: each["transactions"][-1]["on"])
        day = self._past(newest["transactions"][-1]["on"])
        return _say("ended", name=newest["merchant"], day=day)

    def _statements(self) -> str:
        last, count = self._paid["to"], len(self._paid["imports"])
        if not last:
            return str(count)
        return _say("read_up_to", count=count, day=self._past(last))

    def _card(self, each: PaidJson) -> PaidCard:
        coming, channel = each["next_on"], each["channel"]
        is_known = coming is not None and coming >= self._today.isoformat()
        ends = self._ends(each)
        named = each["billed_by"] or label(channel, "biller")
        biller = "" if channel == "direct" else named
        return PaidCard(
            id=each["id"],
            merchant=each["merchant"],
            costs=_costs(each),
            next=self._next(each) if is_known and not ends else "",
            last="" if is_known else self._past(each["transactions"][-1]["on"]),
            note=_note(each),
            billed_by="" if biller == each["merchant"] else biller,
            is_by_hand=False,
            case=self._cases.get(each["id"], ""),
            ends=ends,
        )

    def _hand_card(self, each: PaidByHandJson) -> PaidCard:
        ends = self._ends(each)
        return PaidCard(
            id=each["id"],
            merchant=each["merchant"],
            costs=_costs(each),
            next=self._next(each) if each["next_on"] and not ends else "",
            last="",
            note="",
            billed_by="",
            is_by_hand=True,
            case=self._cases.get(each["id"], ""),
            ends=ends,
        )

    def _ends(self, each: PaidJson | PaidByHandJson) -> str:
        """Return its end, where no charge may come any more before it."""
        ends_on, coming = self._end_by_line.get(each["id"]), each["next_on"]
        if ends_on is None or (coming is not None and coming < ends_on.isoformat()):
            return ""
        return day_on_card(ends_on, self._today, self._country)

    def _next(self, each: PaidJson | PaidByHandJson) -> str:
        day = self._day(each["next_on"] or "")
        if each["period"] != _YEAR:
            return day
        return _say("at_once", day=day, sum=money_text(each["amount"]))

    def _past(self, day: str) -> str:
        """Return a day that is over: nobody looks for its weekday any more."""
        on = date.fromisoformat(day)
        return day_on_card(on, self._today, self._country, weekday=False)

    def _day(self, day: str) -> str:
        return day_on_card(date.fromisoformat(day), self._today, self._country)


def _year_of(each: PaidJson | PaidByHandJson) -> _Cost:
    rate = each["a_year"]
    return rate["currency"] or "", Decimal(rate["amount"])


def _costs(each: PaidJson | PaidByHandJson) -> str:
    if not each["period"]:
        return _say("once", sum=money_text(each["amount"]))
    a_month = period_name("P1M")
    return _say("a_period", sum=money_text(each["a_month"]), period=a_month)


def _note(each: PaidJson) -> str:
    if each["state"] == State.TRIAL:
        return _say("trial")
    if each["price_rises"] and len(each["prices"]) > 1:
        return _say("up_from", sum=money_text(each["prices"][-2]["amount"]))
    return _say("paused") if each["state"] == State.PAUSED else ""


def _by_currency(costs: Iterable[_Cost]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for currency, amount in costs:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums


def _sums(costs: Sequence[_Cost], *, months: int = 1) -> tuple[str, ...]:
    """Return what some things cost, each currency by itself: they are never added."""
    whole = _by_currency(costs)
    return tuple(
        sum_on_page(str(whole[c] / months), c or None)
        for c in sorted(whole, key=lambda c: (-whole[c], c))
        if whole[c]
    )


def money_text(stated: StatedMoneyJson) -> str:
    """Return a sum in the public form as pages write it."""
    return sum_on_page(stated["amount"], stated["currency"])


def _say(code: str, /, **values: Value) -> str:
    return say(Sentence.of("spending", code, **values))
