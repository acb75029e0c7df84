"""The command of ``rescind case`` for what a bank or a body writes."""

from pathlib import Path

import click

from rescind.app.follow import third_party
from rescind.cli.timeline import show_case
from rescind.core.errors import BadInput


@click.command(name="others")
@click.argument("case_id", metavar="CASE")
@click.argument("message", default="")
@click.option("--by", required=True, help="Who wrote it: bank or body.")
@click.option("--says", required=True, help="What it says, or what you did about it.")
@click.option("--sum", "money", default="", help="The sum that it names.")
@click.option("--until", default="", help="The day that it names.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def others(
    case_id: str,
    message: str,
    *,
    by: str,
    says: str,
    money: str,
    until: str,
    as_json: bool,
) -> None:
    """Keep MESSAGE (a file) in CASE: your bank, or a body that has a complaint, wrote.

    A bank credits (for now), pays (for good), refuses or asks; a body looks (into it),
    closes or proposes. What you did about that needs no MESSAGE: you accepted or
    declined a proposal, or sent what the bank asked for; or the money of it came, so
    much as --sum says. --until is the day to answer by, or on which the bank takes
    money back.
    """
    content: bytes | None = None
    if message:
        try:
            content = Path(message).read_bytes()
        except OSError as error:
            words = f"cannot read {message}: {error.strerror}"
            raise BadInput("message", words) from error
    told = third_party.WordTold(
        by=by,
        says=says,
        sum=money,
        until=until,
        content=content,
        name=Path(message).name,
    )
    show_case(third_party.record(case_id, told), as_json=as_json)
