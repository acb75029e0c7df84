"""The fields of the workbench: who writes, and what each letter can be told besides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.data.letters import language, read_kind
from rescind.adapters.data.letters import languages as languages_of
from rescind.app.act.workbench import BenchLetter
from rescind.core.act.letter import as_text
from rescind.core.model.letter import Authority, Letter, Problem, ReaderKind
from rescind.core.model.money import Money
from rescind.labels import label, say
from rescind.web.fact_form import PageField

ALL = "all"
"""What holds for every letter of a plan: for whom it is, where the company sits."""
MAX_TEXT = 3000
SENDER = ("name", "email", "address", "card_last4", "invoice_id", "plan")
_ASKED_ALWAYS = ("name", "email")
_SHARED = ("merchant_address", "holder", "authority", "proof")
_OF_BANK = ("bank_name", "bank_address", "account", "mandate_id", "creditor_id")
_OF_LETTER = ("amount", "end_on", "reason", "language", "own_language", "to")
_LINES = frozenset({"address", "merchant_address", "bank_address", "reason"})
_NOT_ASKED = frozenset({"sender_address_missing", "recipient_unsourced"})
"""Problems that only a way of sending makes one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One letter as the page shows it."""

    kind: str
    name: str
    """What the kind of letter is called."""
    subject: str
    recipient: tuple[str, ...]
    day: str
    salutation: str
    blocks: tuple[SafeString, ...]
    """Paragraphs, the second being the references where there are some."""
    closing: str
    signed: str
    because: tuple[tuple[str, str], ...]
    """The beginning of each paragraph that rests on something, and on what."""
    text: str
    language: str
    is_reviewed: bool
    gloss: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    """What is to be known, and the field that mends it."""
    fields: tuple[PageField, ...]
    error: str = ""


def read_form(
    form: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return what was typed: about the sender, and about each letter by its kind."""
    sender: dict[str, str] = {}
    letters: dict[str, dict[str, str]] = {}
    for name, text in form.items():
        group, _, field = name.partition(".")
        value = text.strip()[:MAX_TEXT]
        if group == "sender" and field in SENDER:
            sender[field] = value
        elif field in {*_SHARED, *_OF_BANK, *_OF_LETTER, *_EXTRA}:
            letters.setdefault(group[:40], {})[field] = value
    return sender, letters


def of_kind(typed: Mapping[str, Mapping[str, str]], kind: str) -> dict[str, str]:
    """Return what was typed that counts for a kind of letter."""
    return {n: v for n, v in {**typed.get(ALL, {}), **typed.get(kind, {})}.items() if v}


_EXTRA = (
    *("first_kind", "first_sent_on", "answer", "answered_on", "problem", "body"),
    *("told_on", "change_on", "new_price", "change"),
)
"""Details without which some kinds of letters say too little."""


def sender_fields(
    sender: Mapping[str, str], letters: Sequence[BenchLetter], none: Sequence[str]
) -> tuple[PageField, ...]:
    """Return the fields about the sender: those always needed, and those asked for.

    ``none`` names what the sender said not to have.
    """
    missing = {p.field: p for letter in letters for p in letter.problems}
    asked = [n for n in SENDER if n in _ASKED_ALWAYS or n in missing or sender.get(n)]
    return tuple(
        PageField(
            name=f"sender.{name}",
            label=label(name, "sender_field"),
            value=sender.get(name, ""),
            hint=label("name_missing", "bench") if name == "name" else "",
            error=_missing(name, missing, sender, none),
        )
        for name in asked
        if name != "address"
    )


def _missing(
    name: str,
    missing: Mapping[str | None, Problem],
    sender: Mapping[str, str],
    none: Sequence[str],
) -> str:
    problem = missing.get(name)
    if problem is None or name in none or sender.get(name):
        return ""
    return say(problem.says)


def shared_fields(
    typed: Mapping[str, Mapping[str, str]], letters: Sequence[BenchLetter]
) -> tuple[PageField, ...]:
    """Return the fields that hold for all letters of the plan."""
    readers = {read_kind(letter.kind).reader for letter in letters}
    names = list(_SHARED) + (list(_OF_BANK) if ReaderKind.BANK in readers else [])
    return tuple(_detail(ALL, name, typed.get(ALL, {})) for name in names)


def sheet(letter: BenchLetter, typed: Mapping[str, Mapping[str, str]]) -> Sheet:
    """Return a letter as the page shows it, with its own fields."""
    own = typed.get(letter.kind, {})
    needs = [n for n in read_kind(letter.kind).needs if n in _EXTRA]
    fields = tuple(_detail(letter.kind, name, own) for name in (*needs, *_OF_LETTER))
    name = name_of(letter.kind)
    if letter.written is None:
        error = say(letter.error.message) if letter.error else ""
        return replace(_EMPTY, kind=letter.kind, name=name, fields=fields, error=error)
    final = letter.written.letter
    tint = _Tint(final, letter.written.matter.checked.facts.price)
    return Sheet(
        kind=letter.kind,
        name=name,
        subject=final.subject,
        recipient=final.recipient.lines,
        day=final.written_on_text,
        salutation=final.salutation,
        blocks=tuple(_blocks(final, tint)),
        closing=final.closing,
        signed=final.sender.name,
        because=tuple(_because(final)),
        text=as_text(final),
        language=final.language,
        is_reviewed=final.reviewed,
        gloss=letter.gloss,
        problems=tuple(
            (say(p.says), p.field or "")
            for p in final.problems
            if p.code not in _NOT_ASKED and p.field not in SENDER
        ),
        fields=fields,
    )


def name_of(kind: str) -> str:
    """Return what a kind of letter is called.

    >>> name_of("cancel")
    'Notice of cancellation'
    """
    return str(language("en")["kinds"][kind]).capitalize()


def _detail(group: str, name: str, typed: Mapping[str, str]) -> PageField:
    kind = "text"
    options: tuple[tuple[str, str], ...] = ()
    if name in _LINES:
        kind = "lines"
    elif name in ("language", "own_language"):
        codes = sorted(languages_of("cancel"))
        first = label(name, "bench_choice")
        kind = "select"
        options = (("", first), *((code, language(code)["name"]) for code in codes))
    elif name == "authority":
        kind = "select"
        named = ((each.value, label(each.value, "authority")) for each in Authority)
        options = (("", label("myself", "authority")), *named)
    return PageField(
        name=f"{group}.{name}",
        label=label(name, "letter_field"),
        kind=kind,
        options=options,
        value=typed.get(name, ""),
    )


class _Tint:
    """Marks in a letter what was filled in: names, days and sums."""

    def __init__(self, letter: Letter, price: Money | None) -> None:
        locale = CldrFormat(letter.language, letter.page.region)
        values = [letter.sender.name, *(value for _, value in letter.references)]
        if price is not None:
            values.append(locale.money(price))
        values.append(locale.day(letter.confirm_by))
        self._values = sorted({v for v in values if v}, key=len, reverse=True)

    def mark(self, text: str) -> SafeString:
        """Return a text as HTML, with what was filled in marked."""
        html = escape(text)
        for value in self._values:
            html = html.replace(escape(value), f"<mark>{escape(value)}</mark>", 1)
        return mark_safe(html)  # noqa: S308 - every part was escaped


def _blocks(letter: Letter, tint: _Tint) -> Iterator[SafeString]:
    for number, paragraph in enumerate(letter.paragraphs):
        yield tint.mark(paragraph.text)
        if number == 0 and letter.references:
            rows = [f"{what}{letter.colon}{value}" for what, value in letter.references]
            yield format_html("{}", mark_safe("<br>".join(map(escape, rows))))  # noqa: S308 - escaped


def _because(letter: Letter) -> Iterator[tuple[str, str]]:
    for paragraph in letter.paragraphs:
        if paragraph.claims:
            sources = dict.fromkeys(
                f"{c.source.title}, {c.locator}" for c in paragraph.claims
            )
            yield paragraph.text, "; ".join(sources)


_EMPTY = Sheet(
    kind="",
    name="",
    subject="",
    recipient=(),
    day="",
    salutation="",
    blocks=(),
    closing="",
    signed="",
    because=(),
    text="",
    language="en",
    is_reviewed=True,
    gloss=(),
    problems=(),
    fields=(),
)
