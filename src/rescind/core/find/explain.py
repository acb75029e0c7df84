"""Why a finding is what it is, the strongest reason first, and what would help."""

from datetime import date
from itertools import pairwise

from rescind.core.find import thresholds
from rescind.core.find.judge import Signs
from rescind.core.find.series import Series
from rescind.core.model.descriptor import Channel, Kind
from rescind.core.model.sentence import Sentence
from rescind.core.model.statement import THOUSANDTHS

_FLAG = {
    Kind.BILL: "bill",
    Kind.INSTALMENT: "instalment",
    Kind.OTHER: "transfer",
    Kind.SUBSCRIPTION: "subscription",
}


def because(series: Series, signs: Signs, kind: Kind) -> tuple[Sentence, ...]:
    """Return the reasons, the strongest first."""
    reasons = [_regularity(series), _prices(series), *_content(signs, kind)]
    if signs.channel != Channel.DIRECT:
        reasons.append(Sentence.of("find", f"through_{signs.channel}"))
    if signs.has("recurring"):
        reasons.append(Sentence.of("find", "payees_order"))
    reasons += _silences(series)
    if series.trial is not None:
        day = date.fromordinal(series.trial.day)
        reasons.append(Sentence.of("find", "trial", day=day))
    return tuple(reasons)


def _regularity(series: Series) -> Sentence:
    rhythm = series.rhythm
    return Sentence.of(
        "find",
        "rhythm",
        charges=len(series.charges),
        interval=Sentence.of("interval", rhythm.iso),
        room=Sentence.of("find", "days", count=rhythm.spread + 1),
    )


def _prices(series: Series) -> Sentence:
    costs = [charge.cost for charge in series.charges]
    prices = len(set(costs))
    if prices == 1:
        return Sentence.of("find", "same_amount")
    if sum(a != b for a, b in pairwise(costs)) < prices:
        return Sentence.of("find", "prices_in_turn", prices=prices)
    low, high = min(costs) / THOUSANDTHS, max(costs) / THOUSANDTHS
    return Sentence.of("find", "amounts_between", low=low, high=high)


def _content(signs: Signs, kind: Kind) -> list[Sentence]:
    """Return what tells the kind: the merchant on file, else words, else amounts."""
    if signs.merchant is not None:
        merchant = signs.merchant
        return [
            Sentence.of("find", "on_file", merchant=merchant.name, kind=merchant.kind)
        ]
    if signs.is_counted or signs.has(_FLAG[kind]):
        return [Sentence.of("find", f"words_of_{kind.value}")]
    return [Sentence.of("find", "bill_by_amounts")] if kind is Kind.BILL else []


def _silences(series: Series) -> list[Sentence]:
    """Return when a series fell silent and came back."""
    silence = thresholds.SILENCE * series.rhythm.days
    return [
        Sentence.of(
            "find",
            "silent",
            from_day=date.fromordinal(a.day),
            to_day=date.fromordinal(b.day),
        )
        for a, b in pairwise(series.charges)
        if b.day - a.day > silence
    ]


def surer(series: Series, signs: Signs) -> tuple[Sentence, ...]:
    """Return what would make a finding surer."""
    wishes = []
    if len(series.charges) < thresholds.FEW_CHARGES:
        wishes.append("more_charges")
    if signs.merchant is None:
        if signs.channel in {Channel.APPLE, Channel.GOOGLE}:
            wishes.append("receipt_of_app")
        elif signs.channel == Channel.PAYPAL:
            wishes.append("list_at_paypal")
        else:
            wishes.append("your_word")
    return tuple(Sentence.of("find", code) for code in wishes)
