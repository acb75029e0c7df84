"""Languages in which messages are read: phrases, days and sums from the data."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.follow.reading.asked import WantedDetail
from rescind.core.follow.reading.blame import Blame
from rescind.core.follow.reading.days import DayRule, DayWords
from rescind.core.follow.reading.demands import Demand, Demands, Sign
from rescind.core.follow.reading.evidence import STRONG, WEAK
from rescind.core.follow.reading.failed_recipients import RecipientWords
from rescind.core.follow.reading.fees import FeeWords
from rescind.core.follow.reading.figures import FigureWords
from rescind.core.follow.reading.languages import Language
from rescind.core.follow.reading.meaning import CUT
from rescind.core.follow.reading.message import Tongues
from rescind.core.follow.reading.money_wait import WaitWords
from rescind.core.follow.reading.phrases import (
    FIRST_IDEOGRAPH,
    Either,
    Finder,
    Unless,
    any_of,
    fold,
    phrases_of,
)
from rescind.core.follow.reading.reply_text import Quotes
from rescind.core.follow.reading.sums import SumWords
from rescind.core.follow.reading.transport import Wording
from rescind.core.model.message import Label

FOLDER = SHIPPED / "reading"
CODES = ("en", "de", "fr", "es", "it", "nl", "sv", "pt")
_LABELS = frozenset(Label)
_LISTS = ("thing", "done", "refund")
_WHOM = ("heading", "named", "help")
_BLAMES = ("address", "sender", "soft", "other")


@cache
def languages() -> tuple[Language, ...]:
    """Return every language that messages are read in."""
    return tuple(_language(read_yaml(FOLDER / f"{code}.yaml")) for code in CODES)


def _language(entry: Mapping[str, Any]) -> Language:
    words = {name: entry[name] for name in _LISTS}
    joins = "|".join(re.escape(word) for word in entry["joins"])
    return Language(
        code=entry["language"],
        common=frozenset(entry["common"]),
        joins=re.compile(rf"{CUT}|(?<!\w)(?:{joins})(?!\w)", re.IGNORECASE),
        addressed=phrases_of(entry["addressed"]),
        declared=phrases_of(entry["declared"]),
        unmet=phrases_of(entry["unmet"]),
        negations=phrases_of(entry["negations"]),
        conditions=any_of(entry["conditions"]),
        waits=any_of(entry["waits"]),
        later=any_of(entry["later"]),
        help=phrases_of(entry["help"]),
        cues={name: any_of(words_) for name, words_ in entry["cues"].items()},
        phrases=_phrases(entry, words),
        negative=phrases_of(entry["confirmed"]["negative"], words),
    )


def _phrases(
    entry: Mapping[str, Any], words: Mapping[str, list[str]]
) -> dict[tuple[Label, int], Finder]:
    return {
        (Label(name), strength): phrases_of(lists[key], words)
        for name, lists in entry.items()
        if name in _LABELS
        for key, strength in (("strong", STRONG), ("weak", WEAK))
        if key in lists
    }


@cache
def quotes() -> Quotes:
    """Return how mail programs introduce what they quote, in every language."""
    entry = read_yaml(FOLDER / "quotes.yaml")
    fields: dict[str, str] = {}
    for holds, names in entry["headers"].items():
        for name in names:
            fields.setdefault(fold(name), holds)
    said = {
        name: _any_word(entry[name])
        for name in ("wrote", "forwarded", "between_dashes", "reply_line", "device")
    }
    return Quotes(fields=fields, **said)


def _any_word(names: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of some words; scripts without blanks have no word's edge."""
    spaced = [re.escape(fold(n)) for n in names if n[0] < FIRST_IDEOGRAPH]
    others = [re.escape(fold(n)) for n in names if n[0] >= FIRST_IDEOGRAPH]
    return re.compile("|".join([rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)", *others]))


def _every_month() -> str:
    """Return the pattern of every month's whole name, in all languages."""
    entries = read_yaml(FOLDER / "figures.yaml").values()
    names = {each.replace(")?", ")") for entry in entries for each in entry["months"]}
    # "it may go ahead as usual" names none
    fees = r"may(?=\W+(?:fees?|dues|payment|invoice|bill|charge|rent|instal\w+))"
    return _either([fees, *sorted(names - {"may"})])


@cache
def demands() -> Demands:
    """Return by what an answer is known to want what a law may not leave it."""
    entry = read_yaml(FOLDER / "demands.yaml")
    found = {demand: phrases_of(entry[demand.value]) for demand in Demand}
    found[Demand.FEE] = phrases_of([*entry["fee"], *entry["owed"]])
    until = any_of(entry["until"])
    # "the June fee is charged as usual" is said of the last month
    last = re.compile(rf"{until.pattern}|(?<!\w)(?:{_every_month()})(?!\w)")
    runs_on = Unless(words=found[Demand.GOES_ON], others=until)
    pays_on = Unless(words=phrases_of(entry["pays_on"]), others=last)
    return {**found, Demand.GOES_ON: Either((runs_on, pays_on))}


@cache
def until() -> re.Pattern[str]:
    """Return by which words something lasts to the day that follows them."""
    return any_of(read_yaml(FOLDER / "demands.yaml")["until"])


@cache
def asked() -> Mapping[WantedDetail, Finder]:
    """Return by what an answer is known to ask for details, or for papers."""
    entry = read_yaml(FOLDER / "asked.yaml")
    patterns = {
        each: any_of(entry[each.value]) for each in WantedDetail if each in entry
    }
    return patterns | {WantedDetail.IDENTITY: demands()[Demand.IDENTITY_COPY]}


@cache
def signs() -> Mapping[Sign, re.Pattern[str]]:
    """Return by what an answer is known to say more, and to ask nothing by it."""
    entry = read_yaml(FOLDER / "demands.yaml")
    return {sign: any_of(entry[sign.value]) for sign in Sign}


@cache
def tongues() -> Tongues:
    """Return all that messages are read with."""
    entry = read_yaml(FOLDER / "transport.yaml")
    said = {n: any_of(entry[n]) for n in entry}
    blame = Blame(**{name: said.pop(name) for name in _BLAMES})
    whom = RecipientWords(**{name: said.pop(name) for name in _WHOM})
    wording = Wording(blame=blame, recipients=whom, **said)
    return Tongues(
        languages=languages(),
        figures=figures(),
        quotes=quotes(),
        wording=wording,
        demands=demands(),
        fees=fee_words(),
        for_help=any_of(read_yaml(FOLDER / "demands.yaml")["for_help"]),
    )


@cache
def fee_words() -> FeeWords:
    """Return how answers ask a fee for leaving, or waive one."""
    entry = read_yaml(FOLDER / "demands.yaml")
    return FeeWords(
        asked=demands()[Demand.FEE],
        denied=any_of(entry["no_fee"]),
        named=any_of(entry["the_fee"]),
        still_owed=any_of(entry["still_owed"]),
        pay_us=demands()[Demand.PAY_US],
        to_pay=demands()[Demand.TO_PAY],
        dues=demands()[Demand.DUES],
        rest_of_term=any_of(entry["rest_of_term"]),
        leaving=any_of(entry["fee"]),
        lowered=any_of(entry["lowered"]),
        no_money=demands()[Demand.NO_MONEY],
        offered=demands()[Demand.CREDIT],
        plus=any_of(read_yaml(FOLDER / "demands.yaml")["plus"]),
    )


@cache
def figures() -> tuple[FigureWords, ...]:
    """Return how each of twelve languages writes days and sums."""
    entries = read_yaml(FOLDER / "figures.yaml")
    known = {each.code: each for each in languages()}
    every_month = _either(name for each in entries.values() for name in each["months"])
    return tuple(
        FigureWords(
            code=code,
            common=(
                known[code].common if code in known else frozenset(entry["common"])
            ),
            addressed=(
                known[code].addressed
                if code in known
                else _whole_words(entry["addressed"])
            ),
            ended=any_of(entry["ended"]) if "ended" in entry else None,
            not_ended=_whole_words(entry.get("not_ended", ())),
            denied=any_of(entry["denied"]) if "denied" in entry else None,
            matter=_whole_words(entry["matter"]),
            days=_days(entry, every_month, is_day_first=code != "en"),
            wait=_wait(entry),
            sums=SumWords(
                crowns=entry.get("crowns"),
                dollar=entry.get("dollar"),
                back=_whole_words(entry["back"]),
                other=_whole_words(entry["not_back"]),
                nothing=_whole_words(entry["nothing"]),
                joins=_whole_words(entry["joins"]),
                total=re.compile(rf"(?<!\w)(?:{_either(entry['total'])})\W{{0,3}}$"),
                each=_whole_words(entry["each"]),
                two=_whole_words(entry["two"]),
                months=_whole_words(entry["months"]),
                part_of=re.compile(
                    rf"\W{{0,3}}(?:{_either(entry['part_of'])})\W{{0,3}}"
                ),
            ),
        )
        for code, entry in entries.items()
    )


def _wait(entry: Mapping[str, Any]) -> WaitWords:
    numbers = sorted(entry["numbers"], key=len, reverse=True)
    count = {"n": rf"\d{{1,3}}|{_either(numbers)}"}
    return WaitWords(
        days=_rule(entry["wait_days"], count),
        working_days=_rule(entry["wait_working_days"], count),
        weeks=_rule(entry["wait_weeks"], count),
        numbers=entry["numbers"],
    )


def _days(
    entry: Mapping[str, Any], every_month: str, *, is_day_first: bool
) -> DayWords:
    parts = {
        "d": r"\d{1,2}",
        "m": _either(entry["months"]),
        "w": _either(entry["weekdays"]),
        # the longest first, or "twenty" would be read of "twenty-one"
        "o": _either(sorted(entry["ordinals"], key=len, reverse=True)),
        "n": rf"\d{{1,3}}|{_either(sorted(entry['numbers'], key=len, reverse=True))}",
    }
    forms = {rule: entry[rule.value] for rule in DayRule}
    forms[DayRule.DAY] = [_IN_ONE_WORD, *forms[DayRule.DAY]]
    forms[DayRule.COMING_DAY] = [
        form + rf"(?!\W{{0,3}}(?:de |of )?(?:{every_month})(?!\w)|[./:,-]?\d)"
        for form in forms[DayRule.COMING_DAY]
    ]
    forms[DayRule.THIS_MONTH_END] = [
        form + _NOT_A_LATER_MONTH for form in forms[DayRule.THIS_MONTH_END]
    ]
    forms[DayRule.MONTH_END] = [
        form + r"(?!\W{0,2}\d{1,2}(?!\d))" for form in forms[DayRule.MONTH_END]
    ]
    return DayWords(
        rules={rule: _rule(forms[rule], parts) for rule in DayRule},
        months=tuple(map(re.compile, entry["months"])),
        weekdays=tuple(map(re.compile, entry["weekdays"])),
        numbers=entry["numbers"],
        ordinals=entry["ordinals"],
        period_end=any_of(entry["period_end"]),
        is_day_first=is_day_first,
        **{name: _whole_words(entry[name]) for name in _DAY_CUES},
    )


_IN_ONE_WORD = r"{d}[-/.]{m}[-/.]{yy}"
"""3-Feb-2027 and 3.Feb.27, in any language."""
_NOT_A_LATER_MONTH = (
    r"(?!\W{0,2}(?:after|following|na|nach|apres|suivant|que suit|siguiente|que sigue"
    r"|successivo|dopo|volgend|efter|etter|po|seguinte|jalkeen)(?!\w))"
)
"""Behind "the end of the month": "after your notice" is another month."""
_DAY_CUES = (
    "effect",
    "with_day",
    "wished",
    "ends",
    "other",
    "nothing",
    "joins",
    "last_year",
    "coming",
    "past",
    "at_once",
)


def _rule(patterns: Sequence[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern; the parts of its several forms are numbered."""
    forms = []
    for number, pattern in enumerate(patterns):
        form = pattern.replace("{y}", rf"(?:'?(?P<y{number}>20\d\d|(?<=')\d\d)(?!\d))?")
        form = form.replace("{yy}", rf"(?P<y{number}>20\d\d|\d\d)(?!\d)")
        for name, part in parts.items():
            form = form.replace(f"{{{name}}}", f"(?P<{name}{number}>{part})")
        forms.append(form)
    return _whole_words(forms)


def _whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_either(patterns) or '(?!)'})(?!\w)")


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{each})" for each in patterns)
