"""Write docs/catalogue.md and docs/services/*.md out of the catalogue's files.

Run ``make docs`` after any change of an entry; a test compares.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from rescind.adapters.data.audit import grade
from rescind.adapters.data.catalogue import Catalogue
from rescind.adapters.public.service_summary import at_a_glance, versions
from rescind.core.model.catalogue import Service
from rescind.core.model.source import Claim

DOCS = Path(__file__).parents[1] / "docs"
GRADES = {
    "archived": "archived official terms, dated",
    "official": "official pages",
    "guides": "guides only",
}
MADE = (
    "<!-- Written by tools/catalogue_pages.py; change the catalogue's file instead. -->"
)


def pages() -> dict[str, str]:
    """Return every page by its path inside docs/."""
    catalogue = Catalogue()
    services = [catalogue.service(slug) for slug in catalogue.paths]
    found = {f"services/{each.slug}.md": "\n".join(page(each)) for each in services}
    return {"catalogue.md": "\n".join(table(services)), **found}


def table(services: list[Service]) -> Iterator[str]:
    """Yield the page that lists all services."""
    counts = Counter(grade(service) for service in services)
    yield from (MADE, "# The catalogue", "")
    yield f"{len(services)} services are on file."
    for name, words in GRADES.items():
        yield f"- {words}: {counts[name]}"
    yield from (
        "",
        "What holds is dated, has its source, and is silent where nothing is known.",
    )
    yield "How one is written and checked stands in [contributing](contributing.md)."
    yield from (
        "",
        "| Service | Grade | Offers | Versions | Sources | Oldest reading |",
    )
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in services:
        cells = (
            f"[{each.name}](services/{each.slug}.md)",
            GRADES[grade(each)],
            str(len(each.offers)),
            str(len(versions(each))),
            str(len(each.sources)),
            str(oldest(each)),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def oldest(service: Service) -> str:
    """Return the oldest day on which something of an entry was last read."""
    days = [c.checked_on for c in claims(service) if c.checked_on is not None]
    return str(min(days, default=service.checked_on))


def claims(service: Service) -> Iterator[Claim]:
    """Yield what decides answers."""
    yield from (term.claim for term in service.terms)
    yield from (rule.claim for rule in service.contracts)
    yield from (price.claim for price in service.prices)


def page(service: Service) -> Iterator[str]:
    """Yield the page of one service: what we know, since when, from whom."""
    yield from (MADE, f"# {service.name}", "")
    yield f"It rests on {GRADES[grade(service)]}; last read on {service.checked_on}."
    if service.terms_last_seen_on is not None:
        seen = service.terms_last_seen_on
        yield f"Its newest terms on file were still published on {seen}."
    yield from ("", "| Offer | Billed by | Money back | Since | Source |")
    yield "| --- | --- | --- | --- | --- |"
    for row in at_a_glance(service):
        cells = (row.name, row.billed_by, row.refundable, row.since, row.source)
        yield f"| {' | '.join(cells)} |"
    yield from ("", "## What its texts say", "")
    for term in service.terms:
        yield f"- {term.topic}, {term.answer.value}: {line(term.claim, term.regions)}"
        if term.against_law:
            yield f"  That is the merchant's word; the law: {term.against_law}."
    for rule in service.contracts:
        yield f"- contract: {line(rule.claim, rule.regions)}"
    yield from section("The contract is with", parties(service))
    yield from section("Prices seen", prices(service))
    yield from section("To mind", notes(service))
    yield from section("Where it was read", sources(service))
    yield ""


def line(claim: Claim, regions: frozenset[str]) -> str:
    """Return a claim with where it holds, since when and by whom."""
    span = claim.in_force
    since = f"; from {span.first}" if span.first else ""
    until = f" to {span.last}" if span.last else ""
    where = f"; only {', '.join(sorted(regions))}" if regions else ""
    return f"{claim.value}{where}{since}{until} ({claim.source.id}, {claim.locator})"


def section(title: str, lines: Iterator[str]) -> Iterator[str]:
    """Yield a heading and its lines; nothing where there are none."""
    found = list(lines)
    if found:
        yield from ("", f"## {title}", "", *found)


def parties(service: Service) -> Iterator[str]:
    """Yield the companies that the contract is with."""
    for party in service.contract_with:
        address = f" ({', '.join(party.address)})" if party.address else ""
        yield f"- {party.name}{address}: {line(party.claim, party.regions)}"


def prices(service: Service) -> Iterator[str]:
    """Yield what was asked, and when that was seen."""
    for price in service.prices:
        places = ", ".join(sorted(price.regions))
        length = f" for {price.period.iso()}" if price.period else ""
        name = service.offers[price.offer].name
        seen = f"seen on {price.seen_on} ({price.claim.source.id})"
        yield f"- {name}, {places}: {price.amount}{length}, {seen}"


def notes(service: Service) -> Iterator[str]:
    """Yield warnings, traps and what is lost."""
    own = (
        note for note in service.notes if note.claims[0].source.id in service.sources
    )
    for note in own:
        yield f"- {note.text}"


def sources(service: Service) -> Iterator[str]:
    """Yield each source with its address and days."""
    for source in service.sources.values():
        address = f" <{source.url}>" if source.url else ""
        seen = f", seen on {source.seen_on}" if source.seen_on else ""
        yield f"- `{source.id}`: {source.title}{address}{seen}"


def main() -> None:
    """Write all pages."""
    (DOCS / "services").mkdir(exist_ok=True)
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
