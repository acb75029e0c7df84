"""``standings``: work out anew where cases stand, in the columns that lists read."""

from django.core.management.base import BaseCommand, CommandParser

from rescind.store import standings


class Command(BaseCommand):
    """Works out every case, or those that other rules left."""

    help = "Work out anew where cases stand, as lists have it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one option."""
        parser.add_argument("--stale", action="store_true", help="Of other rules only.")

    def handle(self, *_: object, stale: bool, **__: object) -> None:
        """Work out, unless nothing is stale."""
        if stale and not standings.is_stale():
            return
        every, changed = standings.rebuild(is_whole=not stale)
        self.stdout.write(f"{every} cases worked out anew, {changed} of them changed")
