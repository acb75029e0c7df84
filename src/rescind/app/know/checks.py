"""Checks: what a person wants to end, from its name to the facts of it."""

from collections.abc import Mapping
from datetime import date

from rescind.adapters import clock
from rescind.adapters.data.billed_names import without_mark
from rescind.adapters.data.countries import zone_choices, zone_of_purchase, zones_of
from rescind.adapters.data.directories import Found
from rescind.adapters.data.line_names import is_line, name_in_line, with_star
from rescind.adapters.data.name_words import fold
from rescind.adapters.data.printable import unprintable
from rescind.adapters.data.words import why_not
from rescind.adapters.input.facts import taken_as
from rescind.adapters.input.statement_line import WrittenLine, read_line
from rescind.adapters.input.text import MAX_LINE, clean_line, without_pictures
from rescind.adapters.input.written import in_standard_form, standard_place
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.adapters.settings.profile import home_country
from rescind.app.know import directories
from rescind.app.know.check import OTHER, catalogue, channel_in, find_service
from rescind.app.know.generic import facts_in, without_generic
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import Service
from rescind.settings import data_folder
from rescind.store import checks
from rescind.store.checks import OpenCheck

MAX_NAME = 80


def begin(name: str, typed: Mapping[str, str] | None = None) -> OpenCheck:
    """Keep a new check of what a person calls by some name.

    A name that is not on file is another service; pictures are no part of it, since no
    letter could be addressed with them. Raises BadInput for no name.
    """
    words = with_star(_line(name[:MAX_LINE], "called"))
    if not words:
        raise BadInput("called", why_not("name_what"))
    line = read_line(words, today=clock.today())
    if _slug(words) != OTHER:
        # a name on file is one, whatever number it ends with
        line = WrittenLine(name=words)
    words = line.name
    told = facts_in(words)
    slug = OTHER if told else _slug(words)
    if slug == OTHER and not told:
        # "Coursera specialization" is what is bought at a service on file
        slug = _slug(without_generic(words))
    called = without_mark(words)
    if slug == OTHER and not told and (line.is_of_statement or is_line(words)):
        called, slug = _named_by_line(words)
        told = {FROM_LINE: words}
    called = called[:MAX_NAME] if slug == OTHER else catalogue().service(slug).name
    told |= channel_in(words, None if slug == OTHER else slug)
    told |= {n: t for n, t in (("price", line.price), ("paid_at", line.day)) if t}
    told |= typed or {}
    if slug != OTHER and "channel" in told:
        # the page offers what the entry has
        known = taken_as(told["channel"], catalogue().service(slug))
        told |= {"channel": known} if known else {}
    return checks.begin(slug, called, told, now=clock.now())


FINDING = "finding"
"""What of the spending a contract is, where one is ended from there."""
FROM_LINE = "line"
"""Under which name the line is kept from which a company's name was taken.

It stays beside what is typed until the person has seen the name in a field.
"""


def _line(name: str, field: str) -> str:
    return clean_line(without_pictures(name.strip()), field)


def _named_by_line(words: str) -> tuple[str, str]:
    """Return the name in a line of a statement, and the service that it surely is.

    Words beside its name have to be of what it sells: a gym may be called as a film
    service is.
    """
    named = name_in_line(words)
    if not named.merchant:
        return named.name, _slug(named.name)
    slug = _slug(named.merchant)
    sold = {
        word
        for each in catalogue().all_names
        if each.slug == slug
        for word in each.offer_words()
    }
    return named.name, slug if sold.issuperset(named.rest) else OTHER


def is_name_open(check: OpenCheck) -> bool:
    """Return whether a name that a statement tells was not yet shown to be corrected.

    A letter goes to nobody whom only a line of a statement calls so.
    """
    return check.service == OTHER and FROM_LINE in check.typed


def asks_company(check: OpenCheck) -> bool:
    """Return whether the name of a check names no company that a letter can name."""
    return check.service == OTHER and (
        _is_generic(check) or bool(unprintable(check.name))
    )


def _is_generic(check: OpenCheck) -> bool:
    return bool(facts_in(check.name))


def name_company(check: OpenCheck, name: str) -> OpenCheck:
    """Say which company it is, where a check began with no name that can be used."""
    words = _line(name[:MAX_NAME], "merchant")
    is_known = words == check.name or check.service != OTHER
    if not words or is_known or facts_in(words):
        return check
    slug = _slug(words)
    called = words if slug == OTHER else catalogue().service(slug).name
    return checks.rename(check.id, slug, called, now=clock.now())


def turn_to(check: OpenCheck, slug: str) -> OpenCheck:
    """Say that a check is about a service on file; raises BadInput for none such."""
    service = catalogue().service(slug)
    return checks.rename(check.id, slug, service.name, now=clock.now())


def call_it(check: OpenCheck, name: str) -> OpenCheck:
    """Say what the company of a contract that is not on file is really called."""
    words = _line(name[:MAX_NAME], "merchant")
    if not words or check.service != OTHER:
        return check
    return checks.rename(check.id, OTHER, words, now=clock.now())


def elsewhere(check: OpenCheck) -> tuple[Found, ...]:
    """Return what directories of others have under the name of an unknown company."""
    if check.service != OTHER or _is_generic(check):
        return ()
    return directories.search(check.name)[:MOST_NEAR]


def keep_origin(check: OpenCheck, told: Mapping[str, str]) -> None:
    """Keep from what of the spending a check was begun, where it was."""
    if told.get(FINDING):
        checks.begin_from(check.id, told[FINDING], now=clock.now())


def keep_typed(check: OpenCheck, typed: Mapping[str, str]) -> OpenCheck:
    """Keep what stands in the fields of the page, as it was typed."""
    return checks.change(check.id, now=clock.now(), typed=typed)


def service_of(check: OpenCheck) -> Service:
    """Return the service of a check: of the catalogue, or as far as it is described."""
    told = {name: check.typed.get(name) for name in ("channel", "billed_by")}
    described = {"merchant": check.name, "kind": None, **told}
    return find_service(check.service, described)


def near(check: OpenCheck) -> tuple[Service, ...]:
    """Return the services on file whose names are close to an unknown one."""
    if check.service != OTHER:
        return ()
    if _is_generic(check):
        return _selling(check.name)
    try:
        slug = catalogue().slug_of(check.name)
    except BadInput as error:
        known = [each for each in error.suggestions if each != OTHER]
        close = tuple(catalogue().service(each) for each in known)
        return close or _named_in(check.name)
    return _named_in(check.name) if slug is None else (catalogue().service(slug),)


def _selling(words: str) -> tuple[Service, ...]:
    """Return the services on file with something on offer that is called so."""
    word = f"{words.casefold()} "
    return tuple(
        service
        for each in catalogue().search("")
        if (service := catalogue().service(each.slug))
        and any(
            f"{offer.name.casefold().replace(',', '')} ".startswith(word)
            for offer in service.offers.values()
        )
    )[:MOST_NEAR]


MOST_NEAR = 3
"""Services that are offered for a word."""


def _named_in(words: str) -> tuple[Service, ...]:
    """Return the services on file whose whole names stand in some words."""
    spaced = f" {' '.join(words.casefold().split())} "
    return tuple(
        catalogue().service(each.slug)
        for each in catalogue().search("")
        if f" {each.name.casefold()} " in spaced
    )


def standard_facts(facts: Mapping[str, str]) -> dict[str, str]:
    """Return facts as they are written in files; raises BadInput naming the field.

    Where the country has several time zones, the person's own is among the facts.
    """
    standard = in_standard_form(facts, today=today_at(facts))
    country = standard.get("country")
    own = PREFERENCES.entries(data_folder()).get("time_zone")
    has_several = len(zones_of(country)) > 1
    is_there = has_several and own in zone_choices(country)
    return {"time_zone": str(own), **standard} if is_there else standard


def today_at(facts: Mapping[str, str]) -> date:
    """Return today where the facts are told to be: the day that is asked about.

    Where they name no place of one zone, it is the person's own day, else this
    machine's.
    """
    place = standard_place(facts.get("country", ""))
    zone = zone_of_purchase({"time_zone": facts.get("time_zone"), "country": place})
    return clock.now().astimezone(zone).date()


def _slug(words: str) -> str:
    """Return the service on file that is called so; ``other`` where none surely is.

    One of a single country is no guess for who lives elsewhere, or has not said where:
    a bare Viaplay is not the British one.
    """
    try:
        slug = catalogue().slug_of(words) or OTHER
    except BadInput:
        return OTHER
    name = next((each for each in catalogue().all_names if each.slug == slug), None)
    if name is None or len(name.countries) != 1 or fold(words) == fold(slug):
        return slug
    _, _, country = name.name.partition(" (")
    is_told = not country or fold(country) in fold(words)
    return slug if is_told or name.countries[0] == home_country()[:2] else OTHER
