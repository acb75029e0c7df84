"""Ways: the routes for a letter, ranked, and what each needs made ready."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.mail.compose import mailto_link
from rescind.adapters.public.routes import (
    RouteJson,
    RoutesJson,
    route_json,
    routes_json,
)
from rescind.app.act import letters
from rescind.core.act.letter import as_form_text
from rescind.core.act.routes import find_routes
from rescind.core.errors import BadInput
from rescind.core.model.letter import PrintedLetter
from rescind.core.model.route import By, RankedRoutes, Route
from rescind.core.model.sentence import Sentence
from rescind.settings import write_folder


def ranked(written: letters.Written) -> RankedRoutes:
    """Return the ways for a letter, the best first."""
    return find_routes(written.checked, written.letter.kind, written.matter.today)


@cache
def _post() -> Mapping[str, Any]:
    entry: Mapping[str, Any] = read_yaml(SHIPPED / "post.yaml")
    return entry


def posted_from(written: letters.Written) -> str | None:
    """Return the country that a letter is posted in: where its sender lives."""
    return written.checked.facts.country or written.letter.sender.country


def at_the_counter(country: str | None) -> str:
    """Return what to ask for at the post office, and what it proves."""
    name = _post()["services"].get((country or "")[:2])
    request = f"Ask for: {name}. " if name else ""
    return request + str(_post()["gives"])


def form_text(written: letters.Written, way: Route) -> str:
    """Return the text to paste into a form; raises BadInput if it cannot fit."""
    text = as_form_text(written.letter, way.max_length)
    if text is None:
        message = f"does not fit into a form of {way.max_length} characters"
        raise BadInput("letter", message, ["write by e-mail or post"])
    return text


def ready_routes(written: letters.Written) -> RoutesJson:
    """Return the routes in the public form, each with what it needs made ready."""
    best_first = ranked(written)
    routes = [_ready_route(route, written) for route in best_first.ranked]
    service, kind = written.checked.service.slug, written.letter.kind
    return routes_json(best_first, service, kind, routes)


def _ready_route(route: Route, written: letters.Written) -> RouteJson:
    row = route_json(route)
    if route.by is By.FORM:
        row["text"] = form_text(written, route)
        row["max_length"] = route.max_length
    if route.by is By.POST:
        row["post"] = at_the_counter(posted_from(written))
    return row


def make_ready(written: letters.Written, folder: Path) -> dict[str, str]:
    """Write what the ways need into a new folder; returns the files by what they are.

    Raises BadInput when the folder is there already or cannot be made.
    """
    return _write(folder, everything(written, letters.printed(written)))


def everything(written: letters.Written, final: PrintedLetter) -> dict[str, bytes]:
    """Return what the ways for a letter need, by the names of the files."""
    contents = {"ways.txt": as_text(written, ranked(written)).encode()}
    contents |= {n: t.encode() for n, t in _forms(written).items()}
    return of_letter(final) | contents


def of_letter(final: PrintedLetter) -> dict[str, bytes]:
    """Return a letter as page, text and mail, by the names of the files."""
    contents = {"letter.pdf": final.pdf, "letter.txt": final.text.encode()}
    if final.sender_email is not None:
        contents["letter.eml"] = letters.draft(final)
        contents["mailto.txt"] = mailto_link(final, final.recipient_email).encode()
    return contents


def _forms(written: letters.Written) -> dict[str, str]:
    forms = [way for way in ranked(written).ranked if way.by is By.FORM]
    return {"form.txt": form_text(written, forms[0])} if forms else {}


def _write(folder: Path, contents: Mapping[str, bytes]) -> dict[str, str]:
    try:
        write_folder(folder, contents)
    except FileExistsError as error:
        message = f"{folder} exists already"
        raise BadInput("out", message, [f"{folder}-2"]) from error
    except OSError as error:
        raise BadInput("out", f"cannot write {folder}: {error.strerror}") from error
    return {name: str(folder / name) for name in contents}


def as_text(written: letters.Written, routes: RankedRoutes) -> str:
    """Return the ways as a page to read."""
    lines = []
    for number, way in enumerate(routes.ranked, 1):
        lines.append(f"{number}. {way.by.value}: {ENGLISH.say(way.to)}")
        counts = ENGLISH.say(Sentence.of("acceptance_note", way.acceptance))
        lines.append(f"   {counts}")
        lines += [f"   - {ENGLISH.say(step)}" for step in way.steps]
        if way.link:
            lines.append(f"   link: {way.link}")
        if way.by is By.POST:
            lines.append(f"   {at_the_counter(posted_from(written))}")
        lines += [f"   keep: {ENGLISH.say(item)}" for item in way.keep]
        lines.append("")
    if routes.why_together is not None:
        lines.append(f"Do {' and '.join(routes.together)} on one day.")
        lines.append(ENGLISH.say(routes.why_together))
    return "\n".join(lines).rstrip() + "\n"
