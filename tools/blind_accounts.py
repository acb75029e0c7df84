"""Accounts made without sight of the finder's rules, each with what is true of it.

Written from what people have on statements: plans of every length, boxes with skipped
weeks, trials, first prices, rises, silences, bills, bundles, and all that is no
subscription. Each country's bank wraps names in its own way.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tools.blind_truth import STEPS, Account, Contract, Line, months_on

START, END = date(2024, 7, 1), date(2026, 6, 30)
DAYS = (END - START).days


GIVEN: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
COUNTRIES: dict[str, Any] = GIVEN["countries"]
PLANS: list[tuple[str, int]] = list(GIVEN["plans"].items())


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("0123456789") for _ in range(count))


class _Maker:
    """Makes one account."""

    def __init__(self, number: int, seed: int) -> None:
        self.dice = random.Random(f"{seed}/{number}")
        self.country = list(COUNTRIES)[number % len(COUNTRIES)]
        self.its = COUNTRIES[self.country]
        self.currency: str = self.its["currency"]
        self.scale: float = self.its["scale"]
        self.number = number
        self.lines: list[Line] = []
        self.contracts: list[Contract] = []
        self.card = _digits(self.dice, 4)
        self.restyled = START + timedelta(self.dice.randrange(2 * DAYS))
        self.later_card, self.replaced = (
            _digits(self.dice, 4),
            START + timedelta(self.dice.randrange(2 * DAYS)),
        )

    def text(self, form: str, name: str, day: date, city: str) -> str:
        """Wrap a name as this country's bank does."""
        card = self.card if day < self.replaced else self.later_card
        return form.format(
            N=name,
            C=city,
            d=f"{day.day:02}",
            m=f"{day.month:02}",
            y=day.year,
            t=f"{day.year % 100:02}",
            s=f"{self.dice.randrange(60):02}",
            r=_digits(self.dice, 9),
            k=card,
        )

    def add(self, day: date, amount: float, text: str) -> Line:
        """Book money out; on weekends some banks book on the Monday after."""
        line = Line(day, -max(1, round(amount)), text)
        self.lines.append(line)
        return line

    def city(self) -> str:
        return str(self.dice.choice(self.its["cities"]))

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def some_day(self) -> date:
        return START + timedelta(self.dice.randrange(DAYS))

    def invented(self) -> str:
        return f"{self.dice.choice(GIVEN['first'])} {self.dice.choice(GIVEN['second'])}"

    def price(self, low: int, high: int) -> int:
        whole = self.dice.randrange(low, high)
        return round(whole * self.scale) // 100 * 100 + self.dice.choice(
            [99, 90, 0, 49, 50]
        )

    def booked(self, day: date) -> date:
        """Return the day on which a due charge is booked: up to two days later."""
        late = self.dice.choice([0, 0, 0, 0, 1, 1, 2])
        day += timedelta(late)
        return (
            day + timedelta(7 - day.weekday())
            if day.weekday() > 4 and self.chance(0.6)
            else day
        )

    def series(
        self,
        contract: Contract,
        name: str,
        price: float,
        *,
        first: date,
        form: str,
        stop: date = END,
        vary: float = 0.0,
    ) -> None:
        """Book the charges of a contract from its first day on."""
        dice, city = self.dice, self.city()
        step, n, traits = STEPS[contract.rhythm], 0, contract.traits
        rise_at = dice.randrange(4, 16) if "rise" in traits else -1
        if "processor" in traits:
            name = dice.choice(GIVEN["processors"]).format(
                name.replace(" ", "") if self.chance(0.5) else name
            )
        later = dice.choice(self.its["card" if form in self.its["card"] else "debit"])
        rename_at = dice.randrange(4, 16) if "renamed" in traits else -1
        rate = 1.0
        while (due := step(first, n)) <= stop:
            paid = price
            if "rising" in traits:
                paid = price * (1 + 0.15 * n)
            if 0 <= rise_at <= n:
                paid = price + round(0.15 * price, -1)
            if "first_price" in traits and n < 3:
                paid = round(price * 0.5, -1)
            if "drift" in traits:
                rate *= 1 + dice.uniform(-0.015, 0.015)
                paid = price * rate
            paid *= 1 + dice.uniform(-vary, vary)
            if n == rename_at:
                name = f"{name.split()[0]}*PRO"
            skipped = contract.rhythm == "irregular" and n and self.chance(0.25)
            day = self.booked(due)
            if day > END:
                break
            text = self.text(
                later if due >= self.restyled and "paypal" not in traits else form,
                name,
                due,
                city,
            )
            if "glued" in traits:
                text = f"{name.replace(' ', '')[:18]}{city}"[:27]
            if not skipped:
                contract.lines.append(self.add(day, paid, text))
                if "drift" in traits and self.country in GIVEN["fees"]:
                    self.add(day, paid * 0.0175, GIVEN["fees"][self.country])
            n += 1
        contract.next_on = None if contract.rhythm == "irregular" else step(first, n)

    def contract(
        self, rhythm: str, traits: set[str], kind: str = "subscription"
    ) -> Contract:
        """Sign a contract and book it."""
        dice = self.dice
        known = self.chance(0.45)
        name, base = (
            dice.choice(PLANS) if known else (self.invented(), self.price(499, 4999))
        )
        price: float = round(base * self.scale) if known else base
        if rhythm in {"weekly", "irregular"}:
            name, price = (
                dice.choice(GIVEN["boxes"]).format(
                    I=dice.choice(GIVEN["first"]).upper()
                ),
                self.price(2500, 7900),
            )
        price *= {"yearly": 9, "half": 5, "quarterly": 2.7}.get(rhythm, 1)
        vary = 0.0
        if kind == "bill":
            name = dice.choice(self.its["bills"]).format(I=dice.choice(GIVEN["first"]))
            price, vary = self.price(2500, 12000), dice.choice([0.0, 0.0, 0.25])
        forms = "card" if kind != "bill" and (known or self.chance(0.6)) else "debit"
        form = dice.choice(self.its[forms])
        if any(
            c.merchant.split()[0].upper() == name.split()[0].upper()
            for c in self.contracts
        ):
            return self.contract(rhythm, traits, kind)
        made = Contract(merchant=name, kind=kind, rhythm=rhythm, traits=traits)
        early = {"yearly": 300, "half": 170}.get(rhythm, 400)
        first = START + timedelta(dice.randrange(early))
        if rhythm == "monthly" and self.chance(0.1):
            first = months_on(date(2024, 7, 31), dice.randrange(8))
            traits.add("month_end")
        if rhythm == "irregular":
            vary = 0.2
        if "paypal" in traits:
            form, made.channel = (
                "PAYPAL *{N} {r}"
                if self.country in {"US", "GB", "CA", "AU"}
                else "PayPal Europe {N} {r}",
                "paypal",
            )
        city = self.city()
        if "silence" in traits:
            made.free.append(self.add(first, price, self.text(form, name, first, city)))
            first = months_on(first, 10)
        if "trial" in traits:
            made.free.append(
                self.add(
                    first, dice.choice([1, 100]), self.text(form, name, first, city)
                )
            )
            first += timedelta(dice.choice([7, 14, 30]))
        if "two" in traits:
            first = (
                months_on(END, -dice.randrange(13, 23))
                if rhythm == "yearly"
                else months_on(END, -2) + timedelta(dice.randrange(3, 25))
            )
        stop = END
        if "ends" in traits:
            stop = first + timedelta(
                dice.randrange(210, max(240, (END - first).days - 120))
            )
        self.series(made, name, price, first=first, form=form, stop=stop, vary=vary)
        if "second" in traits:  # another plan at the same merchant
            other = Contract(
                merchant=name,
                kind=kind,
                rhythm="monthly",
                channel=made.channel,
                traits={"beside"},
            )
            self.series(
                other,
                name,
                price * 1.8,
                first=first + timedelta(dice.randrange(3, 20)),
                form=form,
            )
            self.contracts.append(other)
        if "ends" in traits and len(made.lines) > 2:
            self.after_end(made, name, price, form)
        if made.lines:
            self.contracts.append(made)
        return made

    def after_end(self, made: Contract, name: str, price: float, form: str) -> None:
        """End a contract; on some, charges go on, perhaps under another text."""
        dice, city = self.dice, self.city()
        made.last_rightful = made.lines[-1]
        made.ended_on = made.lines[-1].on + timedelta(dice.choice([-2, 0, 3, 12, 20]))
        due, made.next_on = made.next_on, None
        if due is None or self.chance(0.5):
            return
        if self.chance(0.3):
            name = f"{name.split(maxsplit=1)[0][:9]}-SVCS"
        if self.chance(0.3):
            due = STEPS[made.rhythm](due, 2)
        for n in range(dice.choice([1, 2, 2, 3, 4])):
            day = self.booked(STEPS[made.rhythm](due, n))
            if day <= END:
                made.owed.append(self.add(day, price, self.text(form, name, day, city)))

    def store(self, name: str, form: str) -> None:
        """Several plans and one-offs under one store's name."""
        dice = self.dice
        channel = "apple" if "APPLE" in name else "google"
        prices = dice.sample([99, 299, 499, 699, 1099, 1499], 2)
        for each in prices:
            made = Contract(
                merchant=name,
                kind="subscription",
                rhythm="monthly",
                channel=channel,
                traits={"store"},
            )
            first = START + timedelta(dice.randrange(200))
            self.series(made, name, round(each * self.scale), first=first, form=form)
            self.contracts.append(made)
        for _ in range(dice.randrange(3, 9)):
            day = self.some_day()
            self.add(
                day,
                self.price(99, 2999),
                self.text(form, name, day, self.city()),
            )

    def noise(self) -> None:
        """All that people pay for besides."""
        dice = self.dice
        salary, rent, cash, card_bill, person = self.its["words"].values()
        city = self.city()
        for n in range(24):
            pay = months_on(START.replace(day=25), n)
            self.lines.append(
                Line(pay, round(250000 * self.scale), self.text(salary, "", pay, ""))
            )
            self.add(
                months_on(START, n), 80000 * self.scale, self.text(rent, "", START, "")
            )
            if self.number % 3 == 0:
                day = months_on(START.replace(day=dice.randrange(8, 12)), n)
                self.add(
                    day,
                    dice.randrange(20000, 90000) * self.scale,
                    self.text(card_bill, "", day, ""),
                )
            if self.number % 4 == 0:
                self.add(months_on(START.replace(day=3), n), 5000 * self.scale, person)
        for _ in range(dice.randrange(150, 420)):
            day = START + timedelta(dice.randrange(DAYS + 1))
            shop = dice.choice(self.its["shops"]).format(
                n=dice.randrange(1000, 1040), z=_digits(dice, 7), r=""
            )
            form = dice.choice(self.its["card"])
            self.add(
                day,
                dice.lognormvariate(7.6, 0.7) * self.scale,
                self.text(form, shop, day, city),
            )
        for _ in range(dice.randrange(2, 8)):
            day = self.some_day()
            flight = dice.choice(GIVEN["airlines"]).format(
                z=_digits(dice, 6), r=_digits(dice, 9)
            )
            self.add(
                day,
                dice.randrange(3900, 42000) * self.scale,
                self.text(self.its["card"][0], flight, day, city),
            )
        for _ in range(dice.randrange(6, 30)):
            day = self.some_day()
            self.add(
                day,
                dice.choice([20, 50, 100]) * 100 * self.scale,
                self.text(cash, "", day, ""),
            )
        if self.number % 5 == 0:  # coffee at a fixed price on working days
            for n in range(0, DAYS, dice.choice([1, 2, 3])):
                day = START + timedelta(n)
                if day.weekday() < 5 and self.chance(0.5):
                    self.add(
                        day,
                        350 * self.scale,
                        self.text(self.its["card"][0], "KAFFEE KONTOR", day, city),
                    )
        if self.number % 6 == 0:
            made = Contract(merchant="KLARNA", kind="instalment", rhythm="monthly")
            first = START + timedelta(dice.randrange(500))
            self.series(
                made,
                "KLARNA RATENKAUF",
                self.price(2000, 6000),
                first=first,
                form=self.its["debit"][0],
                stop=months_on(first, dice.choice([3, 6])),
            )
            self.contracts.append(made)

    def make(self) -> Account:
        """Make the account."""
        dice = self.dice
        for _ in range(dice.randrange(1, 4)):
            traits = {
                t
                for t, p in (
                    ("rise", 0.3),
                    ("drift", 0.12),
                    ("first_price", 0.12),
                    ("trial", 0.15),
                    ("silence", 0.08),
                    ("renamed", 0.06),
                    ("paypal", 0.12),
                    ("processor", 0.1),
                    ("glued", 0.12),
                    ("second", 0.08),
                )
                if self.chance(p)
            }
            self.contract(
                "monthly", traits - ({"rise"} if "drift" in traits else set())
            )
        usual = (
            ("thirty", 0.15),
            ("four_weeks", 0.12),
            ("quarterly", 0.15),
            ("half", 0.08),
            ("weekly", 0.15),
            ("irregular", 0.2),
        )
        for rhythm, share in usual:
            if self.chance(share):
                self.contract(rhythm, set())
        if self.chance(0.5):
            self.contract("yearly", {"rising"} if self.chance(0.3) else {"two"})
        if self.chance(0.3):
            self.contract("monthly", {"two"})
        for _ in range(dice.choice([0, 1, 1])):
            self.contract(
                "monthly", {"ends", "second"} if self.chance(0.15) else {"ends"}
            )
        for _ in range(dice.randrange(1, 4)):
            self.contract(
                dice.choice(["monthly", "monthly", "quarterly"]), set(), "bill"
            )
        if self.chance(0.25):
            self.store(
                dice.choice(["APPLE.COM/BILL", "GOOGLE *Google Play"]),
                dice.choice(self.its["card"]),
            )
        self.noise()
        self.lines.sort(key=lambda line: line.on)
        for row, line in enumerate(self.lines, 1):
            line.row = row
        name = f"{self.number:03}-{self.country}.csv"
        return Account(name, self.country, self.currency, self.lines, self.contracts)


def accounts(seed: int = 11, count: int = 204) -> Iterator[Account]:
    """Yield accounts of twelve countries, the same for a seed each time."""
    for number in range(count):
        yield _Maker(number, seed).make()


def as_csv(account: Account) -> str:
    """Return an account's entries as a file, in the order of their days."""
    rows = [
        f"{line.on};{line.text};{line.amount / 100:.2f};{account.currency}"
        for line in account.lines
    ]
    return "\n".join(["Date;Description;Amount;Currency", *rows]) + "\n"
