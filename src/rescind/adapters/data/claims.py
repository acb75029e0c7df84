"""Claims as files write them: sources, terms, routes, contacts and notes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

from rescind.core.model.catalogue import (
    Anchor,
    Condition,
    Contact,
    Identifier,
    Note,
    ServiceRoute,
    Term,
    Window,
)
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
            regions=frozenset(item.get("regions", ())),
            conditions=read_conditions(
                item, EXCEPTIONAL | frozenset(item.get("exceptional", ()))
            ),
            window=Window(
                length=Period.parse(window["length"]),
                counted_from=Anchor(window["from"]),
            )
            if window
            else None,
            ends_with=tuple(item.get("ends_with", ())),
            exception_to=frozenset(item.get("exception_to", ())),
            vague=item.get("vague", False),
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
        )

    def contact(self, item: Entry) -> Contact:
        """Return an address with where it comes from."""
        return Contact(
            id=item["id"],
            kind=item["kind"],
            use=item["use"],
            value=tuple(item["value"]),
            regions=frozenset(item.get("regions", ())),
            in_use=item["in_use"],
            worked_on=read_day(item.get("worked_on")),
            claim=self.claim(item, value="says"),
            country=item.get("country"),
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
        )


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
