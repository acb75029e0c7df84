"""A new entry's skeleton: valid as it stands, with what is still to be read marked."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from rescind.core.errors import BadInput

MODELINE = "# yaml-language-server: $schema={schema}"
"""What editors read to complete names and to show what each field means."""


MOST_LETTERS = 80
"""Of a slug; a name of a file has its limits too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What a person says of a service when they begin its entry."""

    name: str
    website: str
    kind: str
    terms: str
    """The address of the merchant's own terms."""
    period: str | None
    """What one payment buys (ISO 8601); ``None``: it is paid once."""

    @property
    def slug(self) -> str:
        """Return the file's name without its ending; raises BadInput for none."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore")
        slug = "-".join(re.findall(r"[a-z0-9]+", plain.decode().lower()))
        if len(slug) > MOST_LETTERS:
            why = f"it is longer than {MOST_LETTERS} letters"
            raise BadInput("name", why, ["netflix"])
        if not slug:
            why = "a file's name is made of it: write it in Latin letters"
            raise BadInput("name", why, ["netflix"])
        return slug


def skeleton(entry: NewEntry, today: date, schema: str) -> str:
    """Return the text of a new entry, valid against the schema.

    It says nothing yet that nobody read: the one source is named and the one term says
    that it is not known.
    """
    host = (urlsplit(entry.website).hostname or "").removeprefix("www.")
    period = f", period: {entry.period}" if entry.period else ""
    sold_as = "subscription" if entry.period else "one_time"
    return f"""\
{MODELINE.format(schema=schema)}
service: {_quoted(entry.slug)}
name: {_quoted(entry.name)}
kind: {entry.kind}
website: {_quoted(entry.website)}
checked_on: {today}
aliases: []
official_domains: [{_quoted(host)}]

sources:
  # dated: the day that the text gives itself; seen_on: the day you read it
  terms: {{kind: official_terms, title: {_quoted(f"{entry.name}, terms")}, url: {_quoted(entry.terms)}, seen_on: {today}}}

channels: [web]

offers:
  standard: {{name: "Standard", sold_as: {sold_as}{period}}}

terms:
  # one for each rule, in your own words, with its days in in_force and its place in at
  - {{id: cancel, topic: cancel, says: unknown, value: "not read yet", source: terms, at: "not read yet"}}

# contracts: a minimum term, a notice, a renewal; prices: with the day they were seen.
# contacts: use "cancel" only where the terms name the address for that.
# docs/contributing.md has the steps and the ten cases.
"""  # noqa: E501 - lines of the file


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
