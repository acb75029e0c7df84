"""What the words of an answer want before anything is done, and what they refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rescind.adapters.data.named import by_when, named
from rescind.adapters.data.phrasebooks import (
    asked,
    demands,
    fee_words,
    figures,
    signs,
    tongues,
)
from rescind.app.follow.answers import Reply
from rescind.core.follow.named import NamedThing, find_named, wanted_by
from rescind.core.follow.reading.asked import WantedDetail, find_asked
from rescind.core.follow.reading.demands import Demand, Sign, find_demands, has_sign
from rescind.core.follow.reading.figures import figures_in
from rescind.core.follow.reading.meaning import MOST_SENTENCES
from rescind.core.follow.reading.phrases import fold, sentences
from rescind.core.follow.reading.sums import beside_sum
from rescind.core.follow.shortfall import ENDS
from rescind.core.model.case import Case
from rescind.core.model.message import Label, Reading


def wants_call(reading: Reading) -> bool:
    """Return whether an answer asks for a call before anything is done.

    One for whoever has questions is none.
    """
    if reading.label not in _MAY_WANT_CALL:
        return False
    by_phone, for_help = demands()[Demand.BY_PHONE], tongues().for_help
    said = map(fold, sentences(reading.new_text)[:MOST_SENTENCES])
    return any(by_phone.search(each) and not for_help.search(each) for each in said)


_MAY_WANT_CALL = frozenset(
    {Label.REDIRECTED, Label.NEEDS_INFORMATION, Label.ACKNOWLEDGED}
    | {Label.REFUSED, Label.OTHER}
)
"""What an answer reads as that does nothing before somebody calls."""


def wants_form(reading: Reading) -> bool:
    """Return whether an answer takes a notice only signed, or only by post."""
    if reading.label not in _MAY_WANT_CALL:
        return False
    said = find_demands(reading.new_text, demands())
    return bool({Demand.IN_WRITING, Demand.ON_PAPER} & said.keys())


def says_no_notice(reading: Reading) -> bool:
    """Return whether an answer ends nothing, and says that no notice came."""
    if reading.label not in _WITHOUT_NOTICE:
        return False
    return Demand.NOT_RECEIVED in find_demands(reading.new_text, demands())


_WITHOUT_NOTICE = frozenset(
    {Label.REFUSED, Label.REFUND_REFUSED, Label.REDIRECTED}
    | {Label.INVOICE, Label.ACKNOWLEDGED, Label.OTHER}
)
"""What an answer reads as whose sender has no notice."""


def about_asked(reading: Reading) -> dict[str, str]:
    """Return what a reply says of what an answer asks for.

    What heirs enclose of it they say themselves.
    """
    found = find_asked(reading.new_text, asked())
    return {"asked": " ".join(found)} if found else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPapers:
    """The papers that heirs are asked for."""

    heirship: bool
    """That they may act for the estate, too."""
    by: date | None
    """The day by which they are wanted; ``None``: none was named."""


def papers_wanted(case: Case, replies: Sequence[Reply]) -> WantedPapers | None:
    """Return the papers that the newest answer asks of heirs; ``None`` for none.

    An answer that surely ends it on a day asks for none that anything waits for.
    """
    newest = replies[-1] if replies and not replies[-1].is_unverified else None
    if newest is None or not case.facts.get("died_at"):
        return None
    reading = newest.reading
    found = set(find_asked(reading.new_text, asked()))
    is_end = reading.label in ENDS and newest.ends_on is not None
    is_settled = is_end and not reading.needs_person
    if not _OF_DEATH & found or is_settled:
        return None
    text = reading.new_text
    spoken = [each.days for each in figures_in(text, figures())]
    return WantedPapers(
        heirship=WantedDetail.HEIRSHIP in found,
        by=wanted_by(text, by_when(), spoken, newest.came_on),
    )


_OF_DEATH = {WantedDetail.CERTIFICATE, WantedDetail.HEIRSHIP}


def about_named(reading: Reading) -> tuple[str, ...]:
    """Return what an answer names, which no reply asks for."""
    found = find_named(reading.new_text, named())
    is_unpaid = waits_for_payment(reading)
    kept = [each.value for each in found if each is not NamedThing.UNPAID]
    kept += [NamedThing.UNPAID.value] if is_unpaid else []
    kept += [_CREDIT] if offers_credit(reading) else []
    return tuple(kept)


_CREDIT = "credit"
"""That something else than money is offered: a code beside those of ``NamedThing``."""


def offers_credit(reading: Reading) -> bool:
    """Return whether an answer offers a credit or a voucher, and no money."""
    said = find_demands(reading.new_text, demands())
    is_none = reading.label is Label.REFUND_REFUSED and reading.refund is None
    return is_none and Demand.CREDIT in said


def waits_for_payment(reading: Reading) -> bool:
    """Return whether an answer asks for money before anything ends."""
    if reading.label not in _MAY_WAIT or not reading.asks_fee:
        return False
    text = reading.new_text
    is_said = NamedThing.UNPAID in find_named(text, named())
    return is_said or Demand.CONDITION in find_demands(text, demands())


_MAY_WAIT = frozenset({Label.INVOICE, Label.REFUSED, Label.ACKNOWLEDGED, Label.OTHER})
"""What an answer reads as that ends nothing before a payment."""


def waives_fee(reading: Reading) -> bool:
    """Return whether an answer says that money which was asked is asked no more."""
    words = fee_words()
    said = [fold(each) for each in sentences(reading.new_text)[:MOST_SENTENCES]]
    return not reading.asks_fee and any(
        words.denied.search(each)
        and (words.named.search(each) or words.asked.search(each))
        for each in said
    )


def refuses_money(reading: Reading) -> bool:
    """Return whether an answer says that no money comes back, and names none."""
    said = find_demands(reading.new_text, demands())
    return reading.refund is None and Demand.NO_MONEY in said


def pays_without_a_sum(reading: Reading) -> bool:
    """Return whether an end comes with money that is promised, and with no sum.

    A sentence that denies, asks or makes it turn on something promises nothing.
    """
    if reading.label not in ENDS or reading.refund is not None:
        return False
    said = sentences(reading.new_text)[:MOST_SENTENCES]
    return any(_pays_back(fold(e)) for e in said if not e.rstrip().endswith("?"))


def _pays_back(folded: str) -> bool:
    if not signs()[Sign.PAYS_BACK].search(folded):
        return False
    denied = any(each.sums.nothing.search(folded) for each in figures())
    others = (Demand.NO_MONEY, Demand.DEPENDS, Demand.CREDIT)
    return not denied and not any(demands()[each].search(folded) for each in others)


def stops_charging(reading: Reading) -> bool:
    """Return whether an answer says that no further charge comes."""
    return has_sign(reading.new_text, signs()[Sign.NOTHING_MORE])


def end_beside(case: Case, replies: Sequence[Reply]) -> date | None:
    """Return the end that the newest answer names beside a refusal of the money.

    ``None`` where it grants it. By letter an end and a refusal are told together.
    """
    newest = replies[-1] if replies and not replies[-1].is_unverified else None
    if newest is None:
        return None
    reading = newest.reading
    is_told = not case.has_letter and reading.label in ENDS and refuses_money(reading)
    return newest.ends_on if is_told or reading.label in _PAYS_NOTHING else None


_PAYS_NOTHING = frozenset({Label.REFUND_REFUSED, Label.REDIRECTED})


def says_rest(reading: Reading) -> bool:
    """Return whether an answer calls what it pays the rest of a larger sum."""
    if reading.refund is None:
        return False
    beside = beside_sum(reading.new_text, reading.refund)
    return any(has_sign(each, signs()[Sign.REST]) for each in beside)


def is_unread(reading: Reading) -> bool:
    """Return whether nobody knows what an answer is: no letter can answer it."""
    return reading.label in _NOT_UNDERSTOOD and not reading.asks_fee


_NOT_UNDERSTOOD = frozenset({Label.OTHER, Label.MARKETING})


def is_money_refused(replies: Sequence[Reply]) -> bool:
    """Return whether the newest answer says that no money comes back."""
    theirs = [each.reading for each in replies if not each.is_unverified]
    says_so = bool(theirs) and theirs[-1].label is Label.REFUND_REFUSED
    return says_so or (bool(theirs) and refuses_money(theirs[-1]))
