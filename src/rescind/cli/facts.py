"""Facts on the command line: a file, standard input, and flags of the same names."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from rescind.adapters.input.facts import parse_json
from rescind.adapters.input.senders import DETAILS
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
    "kind": "For the same: service, course, goods, telecom, gym, insurance and so on.",
    "period": "For the same: what one payment buys, such as P1M.",
    "term": "For the same: the minimum term, such as P12M.",
    "notice": "For the same: how long before the end it wants to be told, such as P1M.",
    "renewal_term": 'For the same: by how much it renews, such as P12M; or "open".',
    "refund_window": "For the same: how long its terms give money back, such as P30D.",
    "term_ends_at": "The last day of the running term.",
    "delivered_at": "When the goods came.",
    "withdrawn_at": "When the withdrawal was sent.",
    "withdrawal_informed_at": "When the right to withdraw was explained, if late.",
    "trial_price_clear": "Was the price after the trial made clear at sign-up?",
    "start_requested": "Did you expressly ask it to begin at once?",
    "fully_performed": "Was the service wholly given already?",
    "disclosure_complete": "Did the merchant give all that the law wants to be told?",
    "contract_copy_received": "Did a copy of the contract come?",
    "contract_copy_at": "When a copy of the contract came.",
    "return_rule_shown": "Was a rule on returns shown with the goods?",
    "cancel_button_missing": "Is the cancellation button missing on the site?",
    "renewal_notice_given": "Did the reminder before the renewal come in time?",
    "charge_unauthorised": "Was the charge made without any mandate of yours?",
    "service_not_as_promised": "Is the service not as promised?",
    "payment_method": "visa-credit, visa-debit, mastercard-credit, sepa-debit, ...",
    "sold_by": "online (taken for granted), phone or doorstep.",
    "statement_at": "The date of the first statement that shows the charge.",
    "erasure_requested_at": "When erasure of your data was asked for.",
    "complained_at": "When you complained to the merchant or the bank.",
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


def split_details(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return ``NAME=VALUE`` pairs; raises BadInput with the names there are."""
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        name = name.strip().replace("-", "_")
        if not equals:
            raise BadInput("detail", f"{pair!r} has no '='", [f"{pair}=..."])
        if name not in DETAILS:
            raise BadInput.unknown_value("detail", name, DETAILS)
        found[name] = value
    return found


def _read(name: str) -> Mapping[str, Any]:

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
