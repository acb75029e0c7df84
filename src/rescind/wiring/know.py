"""Wiring of *know*: raw facts in, a verdict out; no database, no network."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from rescind.adapters import clock
from rescind.adapters.catalogue import Catalogue, other_service
from rescind.adapters.facts import read_facts
from rescind.adapters.law import read_law
from rescind.core.errors import BadInput
from rescind.core.know.verdict import Law, verdict
from rescind.core.model.catalogue import Service
from rescind.core.model.checked import Checked
from rescind.core.model.verdict import Caution
from rescind.settings import data_folder

KINDS = ("service", "digital_content", "goods", "telecom", "gym", "insurance")


@cache
def catalogue(overlay: Path | None = None) -> Catalogue:
    """Return the catalogue, with the user's own folder laid over it if there is one."""
    own = overlay or data_folder() / "catalogue-overlay"
    return Catalogue(own if own.is_dir() else None)


@cache
def law() -> Law:
    """Return the statutory rights on file."""
    return read_law()


def check(raw: Mapping[str, Any]) -> Checked:
    """Return the verdict on facts as a person or a program wrote them.

    Raises BadInput for facts that cannot be used or that contradict each other.
    """
    read = read_facts(raw, now=clock.now(), find=lambda slug: _find(slug, raw))
    service = _find(read.facts.service, raw)
    answer = verdict(read.facts, service, law())
    if read.not_used:
        names = ", ".join(read.not_used)
        note = Caution(code="fact_not_used", text=f"Nothing here turns on: {names}.")
        answer = replace(answer, warnings=(*answer.warnings, note))
    return Checked(facts=read.facts, service=service, verdict=answer)


def _find(slug: str, raw: Mapping[str, Any]) -> Service:
    if slug != "other":
        return catalogue().service(slug)
    merchant, kind = raw.get("merchant"), raw.get("kind")
    if not isinstance(merchant, str) or not merchant.strip():
        raise BadInput("merchant", "a service not in the catalogue needs its merchant")
    if kind is not None and kind not in KINDS:
        raise BadInput.unknown_value("kind", str(kind), KINDS)
    return other_service(merchant.strip(), kind or "service")
