"""Shares as people write them: ``50 %``, ``half of what is left``, ``la mitad``.

A fee for leaving is often told as a share of what is still to be paid; what that comes
to is worked out from the contract.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from rescind.adapters.data.words import why_not
from rescind.adapters.input.values import parse_when, read_money
from rescind.core.errors import BadInput
from rescind.core.know.fees import payments_of
from rescind.core.model.period import Period

_PERCENT = 100
_IN_NUMBERS = re.compile(
    r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per ?cent|prozent|pour ?cent|por ?ciento|"
    r"por ?cento|percento|procent)"
)
_IN_WORDS: Mapping[str, Decimal] = {
    word: share
    for share, words in {
        Decimal(1) / 2: (
            "half hälfte halbe mitad moitié metà metade helft hälften halvdelen "
            "halvparten puolet połowa połowę polovina polovinu μισό 半額 半分 आधा"
        ),
        Decimal(1) / 3: "third drittel tercio tiers terzo terço derde tredjedel",
        Decimal(1) / 4: "quarter viertel cuarto quart kwart fjärdedel fjerdedel",
    }.items()
    for word in words.split()
}
_OF_ALL = re.compile(
    r"\b(?:all|whole|total|entire|gesamt\w*|ganze\w*|totale?|tout|toute|entera?)\b"
)
"""What is shared is all payments of the term, and not what is left of them."""
_OF_REST = re.compile(
    r"\b(?:left|rest\w*|remain\w*|outstanding|verbleibend\w*|resto|restantes?|"
    r"queda\w*|rimane\w*)\b"
)
NEEDS = ("price", "period", "term", "purchased_at")
"""The facts that a share of a contract's payments is worked out from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of the payments of a first term."""

    of_one: Decimal
    of_all: bool
    """Of all payments of the term; else of those that are left."""


def read_share(text: str) -> Share | None:
    """Return the share that somebody wrote; ``None`` where it is none.

    >>> read_share("die Hälfte des Rests"), read_share("232,58 €")
    (Share(of_one=Decimal('0.5'), of_all=False), None)
    """
    words = text.casefold()
    number = _IN_NUMBERS.search(words)
    if number is not None:
        share = Decimal(number[1].replace(",", ".")) / _PERCENT
    else:
        named = [_IN_WORDS[w] for w in re.findall(r"\w+", words) if w in _IN_WORDS]
        if len(named) != 1 or any(character.isdigit() for character in words):
            return None
        share = named[0]
    if not 0 < share <= 1:
        return None
    is_all = bool(_OF_ALL.search(words)) and not _OF_REST.search(words)
    return Share(of_one=share, of_all=is_all)


def sum_of_share(
    share: Share, field: str, facts: Mapping[str, str], *, today: date
) -> str:
    """Return what a share comes to, in standard form.

    ``facts`` are in standard form. Raises BadInput naming the field, where the contract
    is not known well enough, or where no payment is left.
    """
    missing = [name for name in NEEDS if not facts.get(name)]
    if missing:
        raise BadInput(field, why_not("share_of_what"))
    price = read_money(facts["price"], "price")
    assert price is not None  # noqa: S101 - it was read once already
    start = parse_when(facts["purchased_at"], "purchased_at")
    term, period = Period.parse(facts["term"]), Period.parse(facts["period"])
    day = date.fromisoformat(start.isoformat()[: len("2026-01-31")])
    left, every = payments_of(day, term=term, period=period, today=today)
    count = every if share.of_all else left
    if not count:
        raise BadInput(field, why_not("share_of_nothing"))
    amount = (price.amount * count * share.of_one).quantize(
        price.smallest, ROUND_HALF_UP
    )
    return str(price.of(amount))
