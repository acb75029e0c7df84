"""Sentences that people read, as the tests look at all of them."""

import re
from collections.abc import Iterator

READ = frozenset({"text", "headline", "warning", "why_together"})
"""What the public forms call a sentence."""
GAP = re.compile(r"\bNone\b|[{}]|  |\(\)|^$")
"""What is left where a value was not filled in."""


def sentences(answer: object) -> Iterator[str]:
    """Yield every sentence of an answer, wherever in it one stands."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            if name in READ and isinstance(value, str):
                yield value
            yield from sentences(value)
    elif isinstance(answer, list):
        for item in answer:
            yield from sentences(item)


def gaps(answer: object) -> list[str]:
    """Return the sentences of an answer that have a gap."""
    return [text for text in sentences(answer) if GAP.search(text)]
