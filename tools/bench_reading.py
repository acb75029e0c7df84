"""Measure how many messages are read a second: the kept sets, again and again."""

import json
import time
from collections.abc import Callable
from pathlib import Path

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.data.yaml import read_yaml
from rescind.adapters.mail.parse import message_of_row
from rescind.app.confined.mail import read_message
from rescind.core.follow.reading.message import read
from rescind.core.follow.reading.phrases import fold
from rescind.core.model.message import Message, Reading

SETS = Path(__file__).parents[1] / "tests" / "reading"
NAMES = ("messages", "hard", "third", "fourth", "fifth")
SECONDS = 4.0


def by_rules(message: Message) -> Reading:
    """Return what the rules alone make of a message."""
    return read(message, tongues())


def a_second(
    rows: list[dict[str, str]], one: Callable[[Message], Reading] = read_message
) -> float:
    """Return how many messages are read in a second, the first round not counted."""
    messages = [message_of_row(row, "1") for row in rows]
    for message in messages:
        one(message)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        fold.cache_clear()  # no sentence is known from the round before
        for message in messages:
            one(message)
        count += len(messages)
    return count / (time.perf_counter() - started)


def main() -> None:
    """Print the figures."""
    written = [row for name in NAMES for row in read_yaml(SETS / f"{name}.yaml")]
    bounces = read_yaml(SETS / "bounces.yaml")
    long = [json.loads(line) for line in (SETS / "answers" / "t.jsonl").open()]
    print(f"| answers read a second, one core | {a_second(written):,.0f} |")
    print(f"| the same by rules alone | {a_second(written, by_rules):,.0f} |")
    print(f"| long answers by rules alone | {a_second(long, by_rules):,.0f} |")
    print(f"| bounces read a second, one core | {a_second(bounces):,.0f} |")


if __name__ == "__main__":
    main()
