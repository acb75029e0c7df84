"""Checks: what a person wants to end, from its name to the facts of it."""

from collections.abc import Mapping

from rescind.adapters import clock
from rescind.adapters.input.text import clean_line
from rescind.adapters.input.written import in_standard_form
from rescind.app.know.check import OTHER, catalogue, find_service
from rescind.core.errors import BadInput
from rescind.core.model.catalogue import Service
from rescind.store import checks
from rescind.store.checks import OpenCheck

MAX_NAME = 80


def begin(name: str, typed: Mapping[str, str] | None = None) -> OpenCheck:
    """Keep a new check of what a person calls by some name.

    A name that is not on file is another service. Raises BadInput for no name.
    """
    words = clean_line(name.strip()[:MAX_NAME], "service")
    if not words:
        raise BadInput("service", "no name was given", ["Coursera"])
    slug = _slug(words)
    called = words if slug == OTHER else catalogue().service(slug).name
    return checks.begin(slug, called, typed or {}, now=clock.now())


def turn_to(check: OpenCheck, slug: str) -> OpenCheck:
    """Say that a check is about a service on file; raises BadInput for none such."""
    service = catalogue().service(slug)
    return checks.rename(check.id, slug, service.name, now=clock.now())


def keep_typed(check: OpenCheck, typed: Mapping[str, str]) -> OpenCheck:
    """Keep what stands in the fields of the page, as it was typed."""
    return checks.change(check.id, now=clock.now(), typed=typed)


def service_of(check: OpenCheck) -> Service:
    """Return the service of a check: of the catalogue, or as far as it is described."""
    described = {"merchant": check.name, "kind": None}
    return find_service(check.service, described)


def near(check: OpenCheck) -> tuple[Service, ...]:
    """Return the services on file whose names are close to an unknown one."""
    if check.service != OTHER:
        return ()
    try:
        slug = catalogue().slug_of(check.name)
    except BadInput as error:
        known = [each for each in error.suggestions if each != OTHER]
        return tuple(catalogue().service(each) for each in known)
    return () if slug is None else (catalogue().service(slug),)


def standard_facts(facts: Mapping[str, str]) -> dict[str, str]:
    """Return facts as they are written in files; raises BadInput naming the field."""
    return in_standard_form(facts, today=clock.now().date())


def _slug(words: str) -> str:
    try:
        return catalogue().slug_of(words) or OTHER
    except BadInput:
        return OTHER
