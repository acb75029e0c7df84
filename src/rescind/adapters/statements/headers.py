"""What a column's header says that it holds, in whatever words a bank writes it."""

import re
from collections.abc import Iterator
from functools import cache

from rescind.adapters.statements.currencies import is_currency_word
from rescind.adapters.statements.words import fold_header, marks, pairs, roles

_GENERIC_LAST, _WITH_MORE, _SIDE, _LAST_WORD = 100, 10, 20, 300
"""What a header loses in rank: a generic word; one with words behind it; a side among
other words; one known by its last word alone."""
_GENERIC = frozenset(
    {"date", "datum", "fecha", "data", "dato", "pvm", "time", "timestamp", "created"}
)
"""Headers that yield to a more exact one beside them."""
_SUMS = frozenset({"amount", "debit", "credit", "balance", "foreign", "fee"})
_SIDES = frozenset({"debit", "credit"})
_KEY_DOT = re.compile(r"(?<=\w)\.(?=\w)")
"""What parts the levels of a key; behind it stands no space."""
_SIGN = re.compile(r"(?:\b[A-Za-z]{1,3})?[$€£¥￥₹₺₴₽₩฿₫₪]")
"""A currency's sign, with the letters that tell one dollar from another: US$, R$."""
_ANY = " eur "
"""Any currency, for a sign that comparing would drop."""


def role_of(header: str) -> tuple[str, int]:
    """Return what a header says, and how well it says so; lower is better.

    The currency that stands in it says nothing of what the column holds.

    >>> role_of("Gutschrift in EUR")[0], role_of("Amount in USD")[0]
    ('credit', 'amount')
    >>> role_of("Paid in (GBP)")[0], role_of("Bedrag af in EUR")[0], role_of("Foo")[0]
    ('credit', 'debit', '')
    """
    parts = _KEY_DOT.split(_SIGN.sub(_ANY, header))
    tails = [fold_header(" ".join(parts[place:])) for place in range(len(parts))]
    name = next((tail for tail in tails if tail in roles()), tails[-1])
    role, rank = _by_words(name)
    return role, rank + _GENERIC_LAST if role and name in _GENERIC else rank


def side_of(header: str) -> str:
    """Return ``debit`` or ``credit`` where a header says one of them, or nothing."""
    role, _ = role_of(header)
    return role if role in _SIDES else ""


def sides_of(first: str, second: str) -> tuple[str, str] | None:
    """Return the sides of two columns whose headers are a pair of marks, or None.

    >>> sides_of("Sortie (EUR)", "Entrée (EUR)"), sides_of("Foo", "Bar")
    (('debit', 'credit'), None)
    """
    one, other = (frozenset(fold_header(name).split()) for name in (first, second))
    for pair in pairs():
        if one & pair.out and other & pair.into and not one & pair.into:
            return "debit", "credit"
        if one & pair.into and other & pair.out and not one & pair.out:
            return "credit", "debit"
    return None


def bare_names(header: str) -> list[str]:
    """Return a header as it is compared, and without its currency.

    >>> bare_names("Haben in EUR"), bare_names("Saldo")
    (['haben in eur', 'haben', 'haben in'], ['saldo'])
    """
    name = fold_header(_SIGN.sub(_ANY, header))
    return [name, *_without_currency(name)]


def _by_words(name: str) -> tuple[str, int]:
    table = roles()
    without = list(_without_currency(name))
    for words in (name, *without):
        if words in table:
            return table[words]
    short = without[0] if without else name
    role, rank = _by_start(short)
    side = _side_among(short.split()) if role in {"", "amount"} else ""
    return (side, _SIDE) if side else (role, rank)


def _without_currency(name: str) -> Iterator[str]:
    """Yield a header without its currency, and first without the word before that.

    In "Amount in USD" the word belongs to the currency; in "Paid in USD" it does not.
    """
    words = name.split()
    while len(words) > 1 and is_currency_word(words[0]):
        words = words[1:]
    is_last = len(words) > 1 and is_currency_word(words[-1])
    while len(words) > 1 and is_currency_word(words[-1]):
        words = words[:-1]
    if is_last and len(words) > 1 and words[-1] in marks("before_currency"):
        yield " ".join(words[:-1])
    if " ".join(words) != name:
        yield " ".join(words)


def _by_start(name: str) -> tuple[str, int]:
    """Return what the first words of a header say, or the last one."""
    table = roles()
    words = name.split()
    for end in range(len(words) - 1, 0, -1):
        start = " ".join(words[:end])
        if start in table and (end > 1 or len(words) == end + 1):
            role, rank = table[start]
            return role, rank + _WITH_MORE
    tail = words[-1] if words else ""
    if len(words) > 1 and tail in table and table[tail][0] in _SUMS:
        return table[tail][0], table[tail][1] + _LAST_WORD
    return "", 0


def _side_among(words: list[str]) -> str:
    """Return the one side that words of a header name, or nothing.

    A word that may belong to a currency counts at the end alone.
    """
    last = words[-1] if words else ""
    named = {
        side
        for word in words
        if (side := _side_words().get(word))
        if word == last or word not in marks("before_currency")
    }
    return named.pop() if len(named) == 1 else ""


@cache
def _side_words() -> dict[str, str]:
    return {w: role for w, (role, _) in roles().items() if role in _SIDES}
