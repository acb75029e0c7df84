"""Made-up accounts with their truth: seeded, labelled, in the manner of many countries.

The names of most merchants here are not in the shipped table, on purpose: what is found
must be found by rhythm and words. Everything is drawn from one seed.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

START, MONTHS = date(2023, 1, 1), 24


@dataclass(slots=True)
class Line:
    """One booked entry; ``owner`` is the truth it belongs to, if any."""

    on: date
    cents: int
    text: str
    owner: int | None = None
    role: str = "charge"
    """``charge``, ``trial``, ``refund``, ``after`` (came after the end), ``fee``."""
    row: int = 0


@dataclass(slots=True)
class Truth:
    """What an account pays for, as it really is."""

    id: int
    kind: str
    merchant: str
    channel: str
    period: str
    state: str = "active"
    next_on: date | None = None
    is_known: bool = False
    """Whether the merchant is in the shipped table."""
    effective_on: date | None = None
    """Of a cancellation."""
    resumed_on: date | None = None
    amount: int = 0
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """A bank account or card over some months."""

    country: str
    currency: str
    lines: list[Line]
    truths: list[Truth]


@dataclass(frozen=True, slots=True)
class Manner:
    """How one country's banks write."""

    currency: str
    scale: float
    """Units of money for a euro."""
    cities: tuple[str, ...]
    card: tuple[str, ...]
    """Templates of card entries: ``{n}`` name, ``{c}`` city, ``{r}`` reference,
    ``{d}`` day, ``{k}`` card digits."""
    debit: tuple[str, ...]
    transfer: tuple[str, ...]
    salary: str
    rent: str
    habits: tuple[str, ...]
    bills: tuple[tuple[str, str], ...]
    loan: str


def _manners() -> dict[str, Manner]:
    path = Path(__file__).with_name("manners.yaml")
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    listed = ("cities", "card", "debit", "transfer", "habits")
    found = {}
    for country, entry in given.items():
        fields: dict[str, Any] = {
            n: tuple(v) if n in listed else v for n, v in entry.items()
        }
        found[country] = Manner(**fields)
    return found


MANNERS = _manners()
KNOWN = (
    "NETFLIX.COM",
    "Spotify",
    "DISNEY PLUS",
    "ADOBE",
    "DROPBOX",
    "AUDIBLE",
    "NYTIMES",
    "COURSERA",
    "DUOLINGO",
    "NORDVPN",
    "CANVA",
    "LINKEDIN",
    "STRAVA",
    "CRUNCHYROLL",
    "DEEZER",
    "HELLOFRESH",
    "CHATGPT SUBSCR OPENAI",
    "1PASSWORD",
    "BABBEL",
    "HEADSPACE",
)
_ONE = (
    "LUMEN",
    "VERDANT",
    "ORBITAL",
    "PIXELFORGE",
    "KINDRED",
    "MOSAIC",
    "HELIX",
    "NIMBUS",
    "TRELLA",
    "QUILLON",
    "SONANT",
    "FABLEY",
    "BRIGHTLY",
    "ZENDARA",
    "CURIO",
    "VANTIQ",
    "MELODIX",
    "OAKLEAF",
    "RIVETLY",
    "SPROUTLY",
    "GLYPHIC",
    "TANDEMO",
    "WAVELET",
    "PARLO",
    "NOVARA",
    "INKWELL",
    "STELLAR",
    "MARGIN",
    "COBALT",
    "HARBORLY",
)
_TWO = (
    "FITNESS",
    "STUDIO",
    "MEDIA",
    "CLOUD",
    "BOX",
    "CLUB",
    "ACADEMY",
    "PRESS",
    "LABS",
    "FIT",
    "TV",
    "READS",
    "YOGA",
    "APP",
    "GAMES",
    "HQ",
    "DIGITAL",
    "SOFTWARE",
    "NEWS",
    "STREAM",
)
_TAIL = ("", ".COM", " INC", " LTD", " GMBH", ".IO", ".CO", " AB")
_PEOPLE = (
    "M SCHULZ",
    "ANNA BERG",
    "J MARTIN",
    "P ROSSI",
    "K NOWAK",
    "L SILVA",
    "R PATEL",
)
_RESELLERS = ("PADDLE.NET* {n}", "FS *{n}", "2CO.COM*{n}", "DRI*{n}")


class Maker:
    """Makes one account."""

    def __init__(self, seed: int, country: str, busy: float = 1.0) -> None:
        self.busy = busy
        self.random = Random(f"{seed}-{country}")
        self.manner = MANNERS[country]
        self.country = country
        self.end = _add(START, MONTHS) - timedelta(days=1)
        self.lines: list[Line] = []
        self.truths: list[Truth] = []
        self.city = self.random.choice(self.manner.cities)
        self.cards = [f"{self.random.randrange(1000, 9999)}" for _ in range(2)]
        self.change = START + timedelta(days=self.random.randrange(200, 600))
        """The day on which the card is replaced and the bank changes its style."""
        self.cut = self.random.choice((None, None, None, 27, 22, 18))
        self.glues = self.random.random() < 0.15
        self.missed = START
        self.styles = [self.random.randrange(8) for _ in range(2)]

    def account(self) -> Account:
        chance = self.random
        for _ in range(chance.randrange(4, 10)):
            self.subscription()
        for make in (
            self.bills,
            self.loan,
            self.habits,
            self.salary,
            self.transfers,
            self.shops,
        ):
            make()
        self.lines.sort(key=lambda line: line.on)
        if chance.random() < 0.3:
            days: dict[date, list[Line]] = {}
            for line in self.lines:
                days.setdefault(line.on, []).append(line)
            for same in days.values():
                chance.shuffle(same)
            self.lines = [line for on in sorted(days) for line in days[on]]
        for row, line in enumerate(self.lines, 1):
            line.row = row
        return Account(self.country, self.manner.currency, self.lines, self.truths)

    # How an entry is written.
    def text(
        self, templates: tuple[str, ...], name: str, on: date, *, city: bool = True
    ) -> str:
        chance = self.random
        late = on >= self.change
        template = templates[self.styles[late] % len(templates)]
        place = self.city if city else chance.choice(self.manner.cities)
        day = {"US": on.strftime("%m/%d"), "JP": on.strftime("%m%d")}.get(
            self.country, on.strftime("%d.%m.")
        )
        text = template.format(
            n=name,
            c=place,
            d=day,
            k=self.cards[late],
            s=chance.randrange(10, 9999),
            r=chance.choice(
                (
                    f"{chance.randrange(10**9, 10**10)}",
                    f"{chance.choice('ABCDEFGH')}{chance.randrange(10**6, 10**7)}{chance.choice('KLMNP')}{chance.randrange(10, 99)}",
                )
            ),
            p=f"{chance.randrange(200, 999)}-{chance.randrange(200, 999)}-{chance.randrange(1000, 9999)}",
        )
        if self.glues and name in text and f"{name} {place}" in text:
            text = text.replace(f"{name} {place}", f"{name}{place}")
        return (
            text[: self.cut].strip()
            if self.cut and template.startswith("{n}")
            else text
        )

    def money(self, euros: float) -> int:
        """Return cents of a price as a merchant would set it."""
        units = euros * self.manner.scale
        if self.manner.currency == "JPY":
            return max(100, round(units / 10) * 10) * 100
        if self.manner.scale > 3:
            return max(900, round(units) * 100 - self.random.choice((0, 10, 0)))
        return max(
            99, int(units) * 100 + self.random.choice((99, 99, 99, 49, 0, 90, 95))
        )

    def name(self) -> tuple[str, bool]:
        if self.random.random() < 0.5:
            return self.random.choice(KNOWN), True
        return (
            f"{self.random.choice(_ONE)}{self.random.choice(('', ' '))}{self.random.choice(_TWO)}{self.random.choice(_TAIL)}",
            False,
        )

    # What is paid for.
    def subscription(self) -> None:
        chance = self.random
        period, months, days = chance.choices(
            (
                ("P1M", 1, 0),
                ("P1Y", 12, 0),
                ("P4W", 0, 28),
                ("P3M", 3, 0),
                ("P1W", 0, 7),
                ("P6M", 6, 0),
                ("P2M", 2, 0),
            ),
            (70, 13, 4, 5, 3, 3, 2),
        )[0]
        name, is_known = self.name()
        channel = chance.choices(
            ("direct", "apple", "google", "paypal", "reseller"), (68, 9, 7, 10, 6)
        )[0]
        by_debit = channel == "direct" and chance.random() < 0.3
        truth = Truth(
            len(self.truths), "subscription", name, channel, period, is_known=is_known
        )
        price = self.money(
            chance.choice((3, 5, 8, 10, 12, 15, 20, 30))
            * (max(1, months) * 0.85 if months else days / 30)
        )
        begin = START + timedelta(days=int(chance.triangular(-400, 550, -60)))
        foreign = chance.random() < 0.08
        lag = chance.choice((0, 0, 1, 2))
        is_open = chance.random() < 0.25
        anchor = begin.day if chance.random() < 0.9 else 31
        dues: list[date] = []
        for k in range(400):
            due = (
                _add(begin.replace(day=1), months * k, anchor)
                if months
                else begin + timedelta(days=days * k)
            )
            if due > _add(self.end, 14):
                break
            dues.append(due)
        inside = [due for due in dues if START <= due <= self.end]
        if len(inside) < 2:
            return
        stop: date | None = None
        if not is_open and chance.random() < 0.35 and len(inside) > 3:
            stop = chance.choice(inside[2:])
        trial = months == 1 and begin >= START and chance.random() < 0.25
        rise = chance.choice(inside[1:]) if chance.random() < 0.3 else None
        pause: tuple[date, date] | None = None
        if months == 1 and stop is None and len(inside) > 9 and chance.random() < 0.08:
            at = chance.randrange(3, len(inside) - 4)
            pause = (
                inside[at],
                inside[min(at + chance.randrange(2, 4), len(inside) - 2)],
            )
        drift_name = chance.random() < 0.12
        change_at = chance.choice(inside)
        other = self._renamed(name)
        if trial and dues and dues[0] >= START:
            first = dues[0] - timedelta(days=chance.choice((7, 14, 30)))
            if first >= START:
                self._charge(
                    truth,
                    first,
                    chance.choice((0, 100)),
                    name,
                    channel,
                    by_debit,
                    role="trial",
                    lag=0,
                )
        for due in dues:
            cost = price
            if rise and due >= rise:
                cost = self._raised(price)
            if foreign:
                cost = int(cost * (1 + 0.03 * chance.uniform(-1, 1)))
            if stop and due >= stop:
                continue
            if pause and pause[0] <= due < pause[1]:
                continue
            shown = other if drift_name and due >= change_at else name
            if due > self.end:
                truth.next_on = truth.next_on or self._posted(due, lag, by_debit)
                continue
            if due >= START:
                truth.amount = cost
                if not self._charge(
                    truth, due, cost, shown, channel, by_debit, lag=lag
                ):
                    truth.next_on = self.missed
        if not truth.lines:
            return
        if stop and (self.end - truth.lines[-1].on).days > 12 + (30.4 * months or days):
            truth.state, truth.next_on = "ended", None
            self._after(truth, name, channel, by_debit)
        elif stop:
            truth.state, truth.next_on = "ended", None
        if chance.random() < 0.05:
            line = chance.choice(truth.lines)
            self.lines.append(
                Line(
                    line.on + timedelta(days=5),
                    line.cents * -1,
                    line.text,
                    truth.id,
                    "refund",
                )
            )
        self.truths.append(truth)

    def _raised(self, price: int) -> int:
        step = {"JPY": 10000}.get(self.manner.currency, 100)
        return price + step * max(1, round(price * 0.12 / step))

    def _renamed(self, name: str) -> str:
        base = name.split(".", maxsplit=1)[0]
        return self.random.choice(
            (
                f"{base[:5]}{base[6:]}",
                f"{base} INTERNATIONAL",
                f"SP {base}",
                base[: max(5, len(base) - 3)],
            )
        )

    def _posted(self, due: date, lag: int, by_debit: bool) -> date:
        on = due + timedelta(days=lag)
        if by_debit:
            while on.weekday() > 4:
                on += timedelta(days=1)
        elif self.random.random() < 0.1:
            on += timedelta(days=self.random.choice((1, 2, 3)))
        return on

    def _charge(
        self,
        truth: Truth,
        due: date,
        cents: int,
        name: str,
        channel: str,
        by_debit: bool,
        *,
        role: str = "charge",
        lag: int = 0,
    ) -> Line | None:
        on = self._posted(due, lag, by_debit)
        if not START <= on <= self.end:
            self.missed = on
            return None
        line = Line(
            on, -cents, self.written(name, channel, by_debit, on), truth.id, role
        )
        self.lines.append(line)
        if role in {"charge", "trial"}:
            truth.lines.append(line)
        return line

    def written(self, name: str, channel: str, by_debit: bool, on: date) -> str:
        if channel == "apple":
            return self.text(
                (
                    "APPLE.COM/BILL {p} CA",
                    "APPLE.COM/BILL ITUNES.COM",
                    "APPLE.COM/BILL",
                ),
                name,
                on,
            )
        if channel == "google":
            return self.text(
                (f"GOOGLE *{name} g.co/helppay#", f"GOOGLE*{name} {{c}}"), name, on
            )
        if channel == "paypal":
            if (
                self.manner.currency == "EUR"
                and by_debit is False
                and self.styles[0] % 2
            ):
                return self.text(
                    (
                        f"PAYPAL EUROPE S.A.R.L. ET CIE S.C.A PP.{{r}}.PP . {name}, Ihr Einkauf bei {name}",
                    ),
                    name,
                    on,
                )
            return self.text(
                (f"PAYPAL *{name} {{p}}", f"PAYPAL *{name[:12]}"), name, on
            )
        if channel == "reseller":
            template = _RESELLERS[self.styles[0] % len(_RESELLERS)].format(n=name)
            return self.text((f"{template} {{c}}", template), name, on)
        return self.text(self.manner.debit if by_debit else self.manner.card, name, on)

    def _after(self, truth: Truth, name: str, channel: str, by_debit: bool) -> None:
        """Let charges come after an end, some of the time; or let it be taken up again."""
        last = truth.lines[-1]
        step = {
            "P1W": 7,
            "P4W": 28,
            "P1M": 30,
            "P2M": 61,
            "P3M": 91,
            "P6M": 182,
            "P1Y": 365,
        }[truth.period]
        truth.effective_on = last.on + timedelta(
            days=self.random.randrange(1, max(2, min(step - 8, 25)))
        )
        if self.random.random() < 0.35:
            due = last.on + timedelta(days=step * self.random.choice((1, 1, 1, 2, 3)))
            shown = self.random.choice((name, name, self._renamed(name)))
            line = self._charge(
                truth, due, -last.cents, shown, channel, by_debit, role="after"
            )
            if line and self.random.random() < 0.15:
                truth.resumed_on = line.on - timedelta(days=2)
                line.role = "resumed"

    def bills(self) -> None:
        for name, manner in self.manner.bills:
            if self.random.random() < 0.2:
                continue
            months = {"q": 3}.get(manner, self.random.choice((1, 1, 1, 3)))
            price = self.money(self.random.choice((25, 40, 60, 90)))
            self._monthly(
                "bill", name, price, months, vary=0.3 if manner == "v" else 0.0
            )
        rent = self.money(self.random.choice((600, 800, 1100)))
        self._monthly("bill", self.manner.rent, rent, 1, exact=True)

    def _monthly(
        self,
        kind: str,
        name: str,
        price: int,
        months: int,
        *,
        vary: float = 0.0,
        exact: bool = False,
        stop: int = 999,
        begin: int = 0,
    ) -> None:
        day = self.random.randrange(1, 29)
        truth = Truth(len(self.truths), kind, name, "direct", f"P{months}M")
        for count, k in enumerate(range(begin, MONTHS + 4, months)):
            if count >= stop:
                break
            on = self._posted(_add(START, k, day), 0, by_debit=True)
            cost = int(price * (1 + vary * self.random.uniform(-1, 1)))
            if on > self.end:
                truth.next_on = truth.next_on or on
                continue
            text = self.text((name,) if exact else self.manner.debit, name, on)
            line = Line(on, -cost, text, truth.id)
            self.lines.append(line)
            truth.lines.append(line)
        if truth.lines:
            self.truths.append(truth)

    def loan(self) -> None:
        if self.random.random() < 0.4:
            self._monthly(
                "instalment",
                self.manner.loan,
                self.money(self.random.choice((150, 220))),
                1,
                exact=True,
            )
        if self.random.random() < 0.4:
            self._monthly(
                "instalment",
                f"KLARNA*{self.random.choice(_ONE)} SHOP",
                self.money(40),
                1,
                stop=self.random.choice((3, 4, 6)),
                begin=self.random.randrange(18),
            )

    def salary(self) -> None:
        pay = self.money(2400)
        for k in range(MONTHS):
            on = self._posted(_add(START, k, 27), 0, by_debit=True)
            if on <= self.end:
                self.lines.append(
                    Line(on, pay, self.text((self.manner.salary,), "", on))
                )

    def transfers(self) -> None:
        if self.random.random() < 0.5:
            self._monthly(
                "other",
                f"{self.random.choice(_PEOPLE)} SAVINGS"
                if self.country in {"US", "GB", "AU", "CA", "IN"}
                else f"{self.random.choice(_PEOPLE)} SPAREN",
                self.money(100),
                1,
            )
        for _ in range(self.random.randrange(5, 20)):
            on = self._day()
            self.lines.append(
                Line(
                    on,
                    -self.money(self.random.uniform(5, 120)),
                    self.text(self.manner.transfer, self.random.choice(_PEOPLE), on),
                )
            )

    def _day(self) -> date:
        return START + timedelta(
            days=self.random.randrange((self.end - START).days + 1)
        )

    def habits(self) -> None:
        chance = self.random
        for habit in self.manner.habits:
            times = int(chance.choice((10, 40, 90, 160)) * self.busy)
            fixed = (
                self.money(chance.choice((3, 4, 50))) if chance.random() < 0.3 else None
            )
            for _ in range(times):
                on = self._day()
                cost = fixed or int(self.money(1) * chance.uniform(2, 60) / 1.5)
                self.lines.append(
                    Line(
                        on,
                        -cost,
                        self.text((habit,), "", on, city=chance.random() < 0.8),
                    )
                )
        if chance.random() < 0.5:  # the same coffee on the same weekdays
            price, days = self.money(3), chance.sample(range(5), chance.randrange(1, 4))
            on = START
            while on <= self.end:
                if on.weekday() in days and chance.random() < 0.85:
                    self.lines.append(
                        Line(
                            on, -price, self.text(self.manner.card, "CAFE MIRABEAU", on)
                        )
                    )
                on += timedelta(days=1)
        if chance.random() < 0.6:  # the barber, every five weeks or so
            price, on = self.money(28), START + timedelta(days=chance.randrange(20))
            while on <= self.end:
                self.lines.append(
                    Line(
                        on,
                        -price,
                        self.text(
                            self.manner.card,
                            chance.choice(("SALON", "HAIR")) + " TONI",
                            on,
                        ),
                    )
                )
                on += timedelta(days=chance.randrange(26, 46))

    def shops(self) -> None:
        chance = self.random
        for _ in range(int(chance.randrange(10, 60) * self.busy)):
            on = self._day()
            shop = chance.choice(
                (
                    "AMZN Mktp {r}",
                    "AMAZON.COM*{r}",
                    "ZALANDO {r}",
                    "IKEA {c}",
                    "H&M {s} {c}",
                    "EBAY O*{r}",
                )
            )
            self.lines.append(
                Line(on, -self.money(chance.uniform(5, 90)), self.text((shop,), "", on))
            )
        for _ in range(chance.randrange(0, 14)):  # one-offs among what Apple bills
            on = self._day()
            self.lines.append(
                Line(
                    on,
                    -self.money(chance.choice((1, 3, 5, 8))),
                    self.written("", "apple", by_debit=False, on=on),
                )
            )
        if chance.random() < 0.15:  # a trial that never converted
            on = self._day()
            self.lines.append(
                Line(
                    on,
                    -chance.choice((0, 100)),
                    self.text(self.manner.card, chance.choice(KNOWN[4:]), on),
                )
            )
        for _ in range(
            int(chance.randrange(10, 40) * self.busy)
        ):  # a shop visited once
            on = self._day()
            self.lines.append(
                Line(
                    on,
                    -self.money(chance.uniform(3, 150)),
                    self.text(
                        self.manner.card,
                        f"{chance.choice(_ONE[::-1])[:5]}{chance.choice(('ERIA', 'MART', 'LAND', 'SHOP', 'HAUS'))}",
                        on,
                        city=False,
                    ),
                )
            )


def _add(day: date, months: int, of_month: int | None = None) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    wanted = of_month or day.day
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))


def accounts(seed: int, count: int, busy: float = 1.0) -> Iterator[Account]:
    """Yield some accounts, countries in turn; ``busy`` ones buy more often."""
    countries = sorted(MANNERS)
    for number in range(count):
        yield Maker(
            seed * 100_000 + number, countries[number % len(countries)], busy
        ).account()


def as_csv(account: Account, write: Callable[[str], object]) -> None:
    """Write an account as a plain CSV."""
    write("Date,Description,Amount,Currency\n")
    for line in account.lines:
        text = line.text.replace('"', "'")
        write(
            f'{line.on.isoformat()},"{text}",{line.cents / 100:.2f},{account.currency}\n'
        )
