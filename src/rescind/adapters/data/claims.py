"""Claims as files write them: sources, terms, routes, contacts and notes."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from rescind.core.model.catalogue import (
    Anchor,
    Condition,
    Contact,
    ContractRule,
    Identifier,
    Note,
    Party,
    Price,
    ServiceRoute,
    StatementName,
    Term,
    Window,
)
from rescind.core.model.money import Money
from rescind.core.model.period import Period
from rescind.core.model.source import ALWAYS, Claim, Source, SourceKind, Span
from rescind.core.model.verdict import Answer

Entry: TypeAlias = Mapping[str, Any]
EXCEPTIONAL = frozenset({"upgraded_from"})
"""Conditions that are never asked about, only warned of."""


def read_day(text: str | None) -> date | None:
    """Return the day an entry names, if it names one."""
    return None if text is None else date.fromisoformat(text)


def read_span(days: list[str | None] | None) -> Span:
    """Return the days an entry holds for; always, where it does not say."""
    if days is None:
        return ALWAYS
    return Span(first=read_day(days[0]), last=read_day(days[1]))


EU = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR"),
        *("HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI"),
        "SK",
    }
)
GROUPS = {"EU": EU, "EEA": EU | {"IS", "LI", "NO"}}
"""Names for several countries at once, as on 2026-11-28."""


def read_regions(names: Iterable[str]) -> frozenset[str]:
    """Return countries and states, those of a group one by one.

    >>> len(read_regions(["EEA", "GB"]))
    31
    """
    return frozenset().union(*(GROUPS.get(name, {name}) for name in names))


def read_sources(entries: Mapping[str, Entry]) -> dict[str, Source]:
    """Return the sources of a file by their ids."""
    return {
        name: Source(
            id=name,
            title=item["title"],
            kind=SourceKind(item["kind"]),
            url=item.get("url"),
            dated=item.get("dated"),
            seen_on=read_day(item.get("seen_on")),
            verification=item.get("verification", "primary-seen"),
            note=item.get("note", ""),
            regions=read_regions(item.get("regions", ())),
        )
        for name, item in entries.items()
    }


class Reader:
    """Reads entries whose claims point to one file's sources."""

    def __init__(self, checked_on: str | None, sources: Mapping[str, Entry]) -> None:
        """Keep the file's day of checking and its sources."""
        self._checked_on = checked_on
        self.sources = read_sources(sources)

    def claim(self, item: Entry, *, value: str = "value") -> Claim:
        """Return one claim; ``value`` names the key of its words."""
        return Claim(
            id=item["id"],
            value=item[value],
            source=self.sources[item["source"]],
            locator=item["at"],
            checked_on=read_day(item.get("checked_on", self._checked_on)),
            in_force=read_span(item.get("in_force")),
            rule=item.get("rule", ""),
            places=frozenset(item.get("places", ())),
        )

    def claims(self, items: list[Entry]) -> tuple[Claim, ...]:
        """Return claims in order."""
        return tuple(self.claim(item) for item in items)

    def term(self, item: Entry) -> Term:
        """Return a term with its conditions and window."""
        window = item.get("window")
        return Term(
            claim=self.claim(item),
            topic=item["topic"],
            answer=Answer(item["says"]),
            offers=frozenset(item.get("offers", ())),
            channels=frozenset(item.get("channels", ())),
            regions=self._regions(item),
            conditions=read_conditions(
                item, EXCEPTIONAL | frozenset(item.get("exceptional", ()))
            ),
            window=Window(
                length=Period.parse(window["length"]),
                counted_from=Anchor(window["from"]),
                working_days=window.get("working_days", False),
            )
            if window
            else None,
            ends_with=tuple(item.get("ends_with", ())),
            exception_to=frozenset(item.get("exception_to", ())),
            vague=item.get("vague", False),
            by_cancelling=item.get("by_cancelling", False),
            against_law=item.get("against_law", ""),
        )

    def _regions(self, item: Entry) -> frozenset[str]:
        """Return where a claim holds: as it says, or else where its source speaks."""
        own: list[str] | None = item.get("regions")
        return read_regions(own) if own else self.sources[item["source"]].regions

    def contract(self, item: Entry) -> ContractRule:
        """Return a minimum term, a notice and what follows."""
        renews = item.get("renews")
        fee = item.get("early_fee")
        return ContractRule(
            claim=self.claim(item),
            offers=frozenset(item.get("offers", ())),
            channels=frozenset(item.get("channels", ())),
            regions=self._regions(item),
            term=read_period(item.get("term")),
            notice=read_period(item.get("notice")),
            renewal_term=None if renews == "open" else read_period(renews),
            renews_open=renews == "open",
            ends_any_day=item.get("ends_any_day", False),
            early_fee=None if fee is None else read_sum(fee),
            early_fee_share=item.get("early_fee_share"),
        )

    def price(self, item: Entry, usual: Period | None) -> Price:
        """Return a price; ``usual`` is what the offer is paid for."""
        words = f"{item['amount']} {item['currency']}"
        return Price(
            claim=self.claim({"value": words, **item}),
            offer=item["offer"],
            channels=frozenset(item.get("channels", ())),
            regions=read_regions(item["regions"]),
            amount=read_sum(item),
            period=read_period(item.get("period")) or usual,
            seen_on=date.fromisoformat(item["seen_on"]),
            without_tax=item.get("without_tax", False),
            promotional=item.get("promotional", False),
        )

    def party(self, item: Entry) -> Party:
        """Return a company that the contract is with."""
        return Party(
            claim=self.claim(item),
            name=item["name"],
            address=tuple(item.get("address", ())),
            country=item.get("country"),
            regions=self._regions(item),
            offers=frozenset(item.get("offers", ())),
        )

    def statement_name(self, item: Entry, *, is_company: bool) -> StatementName:
        """Return how a service or a company stands on statements."""
        return StatementName(
            claim=self.claim(item),
            names=tuple(item.get("names", ())),
            regions=self._regions(item),
            channels=frozenset(item.get("channels", ())),
            is_company=is_company,
        )

    def route(self, item: Entry, channels: tuple[str, ...]) -> ServiceRoute:
        """Return a route, for the channels given where it names none."""
        return ServiceRoute(
            topic=item["topic"],
            channels=frozenset(item.get("channels", channels)),
            offers=frozenset(item.get("offers", ())),
            steps=tuple(item["steps"]),
            link=item.get("link"),
            needs=tuple(item.get("needs", ())),
            claims=self.claims(item["claims"]),
            regions=read_regions(item.get("regions", ())),
        )

    def contact(self, item: Entry, channels: tuple[str, ...] = ()) -> Contact:
        """Return an address with where it comes from, and whose it is."""
        return Contact(
            id=item["id"],
            kind=item["kind"],
            use=item["use"],
            value=tuple(item["value"]),
            regions=self._regions(item),
            in_use=item["in_use"],
            worked_on=read_day(item.get("worked_on")),
            claim=self.claim(item, value="says"),
            country=item.get("country"),
            channels=frozenset(channels),
            max_length=item.get("max_length"),
        )

    def identifier(self, item: Entry) -> Identifier:
        """Return something the merchant asks for."""
        claim = {"id": f"identifier-{item['fact']}", **item}
        return Identifier(
            fact=item["fact"],
            label=item["label"],
            needed_for=frozenset(item["needed_for"]),
            channels=frozenset(item.get("channels", ())),
            required=item["required"],
            labels=item.get("labels", {}),
            claim=self.claim(claim, value="says"),
        )

    def note(self, item: Entry, channels: tuple[str, ...]) -> Note:
        """Return a note, for the channels given where it names none."""
        return Note(
            code=item["code"],
            text=item["text"],
            shown=item.get("shown", "always"),
            offers=frozenset(item.get("offers", ())),
            channels=frozenset(item.get("channels", channels)),
            claims=self.claims(item["claims"]),
            regions=self._regions_of_note(item),
            about=item.get("about", ""),
        )

    def _regions_of_note(self, item: Entry) -> frozenset[str]:
        """Return where a note holds: as it says, or wherever a source of it speaks."""
        own: list[str] | None = item.get("regions")
        if own:
            return read_regions(own)
        spoken = [self._regions(claim) for claim in item["claims"]]
        return frozenset().union(*spoken) if all(spoken) else frozenset()


def read_period(text: str | None) -> Period | None:
    """Return the length an entry names, if it names one."""
    return None if text is None else Period.parse(text)


def read_sum(item: Entry) -> Money:
    """Return a sum of money."""
    return Money(amount=Decimal(item["amount"]), currency=item["currency"])


def read_conditions(item: Entry, rare: frozenset[str]) -> tuple[Condition, ...]:
    """Return what has to be so; ``rare`` facts are never asked about."""
    return tuple(
        Condition(
            fact=fact,
            equals=tuple(value) if isinstance(value, list) else value,
            exceptional=fact in rare,
        )
        for fact, value in item.get("when", {}).items()
    )
