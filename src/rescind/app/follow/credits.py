"""A credit or a voucher that is named in place of money: no money comes back by it."""

import re
from dataclasses import replace

from rescind.adapters.data.phrasebooks import demands
from rescind.core.follow.reading.demands import Demand
from rescind.core.follow.reading.phrases import fold, sentences
from rescind.core.model.message import Label, Reading

_TO_AN_ACCOUNT = re.compile(
    r"\b(visa|mastercard|amex|paypal|iban|bank|banco|banca|banque|original|bankkonto"
    r"|kreditkarte|karte|carte|tarjeta|carta|kort|karta|kartalle|cartao|card)\b"
)
"""Words for what one pays with: money that goes there is no voucher."""
_NOT_DIGIT = re.compile(r"\D")
_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f ]*\d|\d")


def without_credit(reading: Reading) -> Reading:
    """Return a reading without the money that is only offered as a credit.

    Each sentence that names the sum speaks of a credit, a voucher or a balance with
    them, and of nothing that one pays with. What reads as money that comes back then
    grants none; an end beside it stays one.
    """
    money = reading.refund
    if money is None:
        return reading
    digits = _NOT_DIGIT.sub("", f"{money.amount:f}").lstrip("0")
    every = sentences(reading.new_text)
    named = [each for each in every if digits in _numbers(each, str(money.amount))]
    if not named or not all(_is_credit(each) for each in named):
        return reading
    is_granted = reading.label is Label.REFUND_GRANTED
    label = Label.REFUND_REFUSED if is_granted else reading.label
    return replace(reading, label=label, refund=None)


def _numbers(sentence: str, amount: str) -> set[str]:
    """Return the numbers of a sentence as digits, with the cents that a sum has."""
    found = {_NOT_DIGIT.sub("", each).lstrip("0") for each in _NUMBER.findall(sentence)}
    cents = len(amount.partition(".")[2])
    return found | {f"{each}{'0' * cents}" for each in found}


def _is_credit(sentence: str) -> bool:
    """Return whether a sentence gives a credit, and no money."""
    credit, folded = demands()[Demand.CREDIT], fold(sentence)
    if not credit.search(folded):
        return False
    while found := credit.search(folded):
        folded = f"{folded[: found.start()]} {folded[found.end() :]}"
    return not _TO_AN_ACCOUNT.search(folded)
