"""Facts on the command line: a file, standard input, and flags of the same names."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from rescind.core.errors import BadInput

FLAGS: Mapping[str, str] = {
    "offer": "What was bought, such as plus-annual.",
    "channel": "Who bills: web, apple, google, paypal or partner.",
    "country": "Where you live: ISO 3166, such as DE or US-CA.",
    "time_zone": "Your time zone, such as Europe/Berlin.",
    "as_of": "The day or moment to answer for. Default: now.",
    "purchased_at": "When it was bought.",
    "paid_at": "When the last payment was made.",
    "had_trial": "Did it come with a trial? true or false.",
    "trial_ends_at": "When the trial ends.",
    "renews_at": "When the next charge is due.",
    "price": 'What was paid, such as "59.00 USD".',
    "course_starts_on": "When the course starts.",
    "certificate_earned": "Was a certificate earned? true or false.",
    "cancelled_at": "When it was cancelled already.",
    "consumer": "Bought as a consumer? true or false.",
    "withdrawal_waived": "Was the right to withdraw waived, with confirmation?",
    "withdrawal_informed": "Was the right to withdraw explained?",
    "premium_content_used": "Was premium content unlocked or used?",
    "financial_aid": "Was it paid by financial aid?",
    "upgraded_from": "The offer that this one replaced.",
    "merchant": "For a service that is not in the catalogue: who is paid.",
    "kind": "For the same: service, digital_content, goods, telecom, gym, insurance.",
}

MAX_BYTES = 1_000_000

_Command = TypeVar("_Command", bound=Callable[..., object])


def fact_options(command: _Command) -> _Command:
    """Add ``--facts`` and one flag for each fact to a command."""
    return _with_flags(command, tuple(FLAGS))


def letter_fact_options(command: _Command) -> _Command:
    """Add the same to a command whose ``--kind`` is the letter's.

    The kind of a service outside the catalogue then comes from the facts file.
    """
    return _with_flags(command, tuple(name for name in FLAGS if name != "kind"))


def _with_flags(command: _Command, names: tuple[str, ...]) -> _Command:
    for name in reversed(names):
        flag = "--" + name.replace("_", "-")
        option = click.option(flag, name, help=FLAGS[name], metavar="VALUE")
        command = option(command)
    return click.option(
        "--facts",
        "facts_file",
        type=click.Path(allow_dash=True),
        help="A JSON file of facts, or - for standard input; flags win over it.",
    )(command)


def gather(
    service: str | None, facts_file: str | None, flags: Mapping[str, str | None]
) -> dict[str, Any]:
    """Return the facts from a file with the flags and the service laid over it."""
    raw = dict(_read(facts_file)) if facts_file else {}
    raw |= {name: value for name, value in flags.items() if value is not None}
    if service is not None:
        raw["service"] = service
    return raw


def _read(name: str) -> Mapping[str, Any]:
    from rescind.adapters.facts import parse_json

    return parse_json(read_text(name, field="facts"))


def read_text(name: str, *, field: str) -> str:
    """Return a file's text, or standard input's for ``-``; raises BadInput."""
    try:
        if name == "-":
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(field, f"cannot read {name}: {error.strerror}") from error
    if len(content) > MAX_BYTES:
        raise BadInput(field, f"{name} is larger than {MAX_BYTES:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(field, f"{name} is not UTF-8 text: {error}") from error
