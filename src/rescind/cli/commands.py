"""The commands: which module each one is in, and the page that lists them."""

from collections.abc import Mapping
from types import MappingProxyType

COMMANDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "find": (
            "rescind.cli.find",
            "find",
            "Say what is paid for again and again, from statements.",
        ),
        "watch": (
            "rescind.cli.find",
            "watch",
            "Say which charges came after an end.",
        ),
        "spending": (
            "rescind.cli.spending",
            "spending",
            "Keep statements; say what you pay for by all of them.",
        ),
        "check": (
            "rescind.cli.check",
            "check",
            "Say what can be done, by when, and why.",
        ),
        "plan": ("rescind.cli.plan", "plan", "Choose the best course, with its dates."),
        "letter": (
            "rescind.cli.letter",
            "letter",
            "Write the letter: PDF, text, e-mail.",
        ),
        "routes": (
            "rescind.cli.routes",
            "routes",
            "Rank the ways to send it; make each ready.",
        ),
        "case": (
            "rescind.cli.case",
            "case",
            "Keep cases: new, send, confirm, list, show.",
        ),
        "read": (
            "rescind.cli.read",
            "read",
            "Say what an answer is: a yes, an offer, a bounce.",
        ),
        "verify": (
            "rescind.cli.verify",
            "verify",
            "Check an evidence pack, end to end.",
        ),
        "renew": (
            "rescind.cli.verify",
            "renew",
            "Give a pack a newer timestamp over all of it.",
        ),
        "proof": (
            "rescind.cli.proof",
            "proof",
            "Say whom to ask for timestamps and keys.",
        ),
        "key": (
            "rescind.cli.proof",
            "key",
            "Look at the key that seals, or change it.",
        ),
        "catalogue": (
            "rescind.cli.catalogue",
            "catalogue",
            "Look into the catalogue: search, show, validate.",
        ),
        "law": (
            "rescind.cli.law",
            "law",
            "Look into the law: rights by place, complaints.",
        ),
        "demo": (
            "rescind.cli.demo",
            "demo",
            "Play a whole case with a practice merchant.",
        ),
        "serve": ("rescind.cli.serve", "serve", "Open the web app on this machine."),
        "worker": (
            "rescind.cli.worker",
            "worker",
            "Do what is due: send, look, remind; say how it is.",
        ),
        "notices": (
            "rescind.cli.notices",
            "notices",
            "Say how you want to be told what is due.",
        ),
        "mailbox": (
            "rescind.cli.mailbox",
            "mailbox",
            "Set up the mailbox to send from.",
        ),
        "backup": (
            "rescind.cli.backup",
            "backup",
            "Copy everything kept to one file.",
        ),
        "restore": (
            "rescind.cli.backup",
            "restore",
            "Look at a backup, or put it back in place.",
        ),
        "forget": ("rescind.cli.forget", "forget", "Erase one case for good."),
        "completion": (
            "rescind.cli.completion",
            "completion",
            "Let the shell complete commands and options.",
        ),
    }
)
"""Each command's module, function and summary, in the order a newcomer meets them."""
WITH_STORE = frozenset(
    {
        *("spending", "case", "proof", "key", "demo", "serve", "worker", "notices"),
        *("mailbox", "backup", "restore", "forget"),
    }
)
"""Commands that keep something: Django is made ready before they are imported.

It takes 0.2 s or more, which a verdict, a letter or a look at a file need not wait for.
"""

HELP = """\
Usage: rescind [OPTIONS] COMMAND [ARGS]...

  End a subscription, and be able to prove it.

  From the purchase to the rights, the days, the letter, and the record of it.

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
{commands}

Start here:
  rescind serve                      the web app, with a practice merchant
  rescind check coursera             what must be known, and what follows
  rescind catalogue show coursera    how each kind of purchase is ended

  Rescind gives information, not legal advice.
  Nothing leaves this machine unless you send it.
"""


def help_page() -> str:
    """Return the help page, made from the table of commands."""
    rows = (f"  {name:<11}{summary}" for name, (_, _, summary) in COMMANDS.items())
    return HELP.format(commands="\n".join(rows))
