"""The fields of the workbench: who writes, and what each letter can be told besides."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.data.letters import language, read_kind
from rescind.adapters.data.letters import languages as languages_of
from rescind.adapters.data.questions import question
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.details import DAYS
from rescind.app.act.letters import Written
from rescind.app.act.workbench import THEIRS, BenchLetter, preferred_language
from rescind.app.know.debits import may_have_mandate
from rescind.core.act.letter import as_text
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.letter import Letter, Problem, ReaderKind
from rescind.core.model.money import Money
from rescind.core.model.sentence import Sentence
from rescind.labels import day_in_words, days_in_words, label, place, say
from rescind.web.bench_asked import asked_beside, asked_of_sender, is_asked_of_heirs
from rescind.web.bench_choices import CHOICES, name_of
from rescind.web.page_errors import page_error
from rescind.web.page_field import PageField

ALL = "all"
"""What holds for every letter of a plan: for whom it is, where the company sits."""
MAX_TEXT = 100_000
"""Characters of a field that are looked at: one that is too long is said to be."""
SENDER = (
    *("name", "email", "address", "card_last4", "invoice_id", "plan"),
    *("other_email", "customer_number"),
)
_ASKED_ALWAYS = ("name", "email")
_SHARED = ("merchant_address", "holder", "authority", "proof")
_OF_BANK = ("bank_name", "bank_address", "account", "mandate_id", "creditor_id")
_OF_MANDATE = frozenset({"mandate_id", "creditor_id"})
_OF_LETTER = ("amount", "end_on", "reason", "language", "own_language", "to")
_PRINT = ("signed", "layout", "with_code")
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
    about_sender: tuple[str, ...]
    """The sender's address and e-mail, as the letter names them below the name."""
    because: tuple[tuple[str, str], ...]
    """The beginning of each paragraph that rests on something, and on what."""
    text: str
    language: str
    is_reviewed: bool
    gloss: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    """What is to be known, and the field that mends it."""
    asked: tuple[PageField, ...]
    """The fields without which it says too little."""
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
        elif field in {*_SHARED, *_OF_BANK, *_PRINT, *_OF_LETTER, *_EXTRA}:
            letters.setdefault(group[:40], {})[field] = value
    return sender, letters


def of_kind(typed: Mapping[str, Mapping[str, str]], kind: str) -> dict[str, str]:
    """Return what was typed that counts for a kind of letter."""
    return {n: v for n, v in {**typed.get(ALL, {}), **typed.get(kind, {})}.items() if v}


_EXTRA = (
    *("first_kind", "first_sent_on", "answer", "answered_on", "problem", "body"),
    *("biller_refused_on", "paid_through"),
    *("told_on", "change_on", "new_price", "change", "their_end_on", "repaid"),
    *("new_home", "papers"),
)
"""Details without which some kinds of letters say too little."""


def sender_fields(
    sender: Mapping[str, str],
    letters: Sequence[BenchLetter],
    none: Sequence[str],
    *,
    is_name_before: bool = False,
) -> tuple[PageField, ...]:
    """Return the fields about the sender: those always needed, and those asked for.

    ``none`` names what the sender said not to have. ``is_name_before``: the name stands
    there from an earlier letter.
    """
    of_name = label("name_before" if is_name_before else "name_missing", "bench")
    missing = {p.field: p for letter in letters for p in letter.problems}
    always = (*_ASKED_ALWAYS, *(("card_last4",) if _goes_to_bank(letters) else ()))
    wanted = {name for letter in letters for name in asked_of_sender(letter)}
    known = {*always, *missing, *wanted}
    asked = [n for n in SENDER if n in known or sender.get(n)]
    return tuple(
        PageField(
            name=f"sender.{name}",
            label=label(name, "sender_field"),
            value=sender.get(name, ""),
            hint=of_name if name == "name" else "",
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
    return _problem(problem)


def shared_fields(
    typed: Mapping[str, Mapping[str, str]], *, is_posted: bool
) -> tuple[PageField, ...]:
    """Return the fields of all letters; of a posted one the office stands elsewhere."""
    names = [n for n in _SHARED if n != "merchant_address" or not is_posted]
    return tuple(_detail(ALL, name, typed.get(ALL, {})) for name in names)


def bank_fields(
    typed: Mapping[str, Mapping[str, str]], letters: Sequence[BenchLetter]
) -> tuple[PageField, ...]:
    """Return what a letter to the bank is found by there; none where none goes there.

    What is missing is said beside its own field; of a card there is no mandate.
    """
    if not _goes_to_bank(letters):
        return ()
    lacks = {p.field: p for letter in letters for p in letter.problems}
    written = [e.written for e in letters if e.written is not None]
    has_mandate = not written or any(
        may_have_mandate(each.matter.checked.facts) for each in written
    )
    names = [name for name in _OF_BANK if has_mandate or name not in _OF_MANDATE]
    fields = (_detail(ALL, name, typed.get(ALL, {})) for name in names)
    return tuple(
        replace(field, error=_problem(lacks[name]) if name in lacks else "")
        for name, field in zip(names, fields, strict=True)
    )


def _goes_to_bank(letters: Sequence[BenchLetter]) -> bool:
    return ReaderKind.BANK in {read_kind(letter.kind).reader for letter in letters}


def print_fields(typed: Mapping[str, Mapping[str, str]]) -> tuple[PageField, ...]:
    """Return the fields on how the letters are signed and printed."""
    return tuple(_detail(ALL, name, typed.get(ALL, {})) for name in _PRINT)


def sheet(
    letter: BenchLetter,
    typed: Mapping[str, Mapping[str, str]],
    known: Mapping[str, object],
) -> Sheet:
    """Return a letter as the page shows it, with its own fields.

    ``known`` is what a case tells of it; it stands in the fields till it is changed.
    """
    own = {**_as_typed(known), **typed.get(letter.kind, {})}
    needs = [n for n in read_kind(letter.kind).needs if n in _EXTRA]
    needs += ["their_end_on"] if own.get("answer") == "later_end" else []
    needs += ["repaid"] if letter.kind == "refund" else []
    needs += ["papers"] if is_asked_of_heirs(letter) else []
    needs += ["new_home"] if _tells_of_move(letter) or "new_home" in own else []
    every = {n: _detail(letter.kind, n, own) for n in (*needs, *_OF_LETTER)}
    wrong = _wrong(letter) | dict.fromkeys(asked_beside(letter), "")
    asked = tuple(replace(f, error=wrong[n]) for n, f in every.items() if n in wrong)
    fields = tuple(field for name, field in every.items() if name not in wrong)
    sheet = replace(_EMPTY, kind=letter.kind)
    name = name_of(letter.kind, [problem.code for problem in letter.problems])
    sheet = replace(sheet, name=name, asked=asked, fields=fields)
    if letter.written is None:
        error = _why_not_written(letter.error) if letter.error else ""
        return replace(sheet, error=error)
    return _written(sheet, letter, letter.written, shown_elsewhere=every.keys())


def _tells_of_move(letter: BenchLetter) -> bool:
    """Return whether a letter has a place for the new home."""
    written = letter.written
    is_moved = written is not None and written.matter.checked.facts.moved_at is not None
    return is_moved and letter.kind == "cancel"


def _wrong(letter: BenchLetter) -> dict[str, str]:
    """Return the details that are missing or cannot be read, with what is wrong."""
    why = label("detail_missing", "bench_problem")
    missing = [p.field for p in letter.problems if p.code == "detail_missing"]
    wrong = {field: why for field in missing if field}
    error = letter.error
    if error is not None and _lacks_ground(error):
        wrong["reason"] = label("no_ground", "bench_problem")
    elif error is not None:
        wrong[error.field] = page_error(error).message
    return wrong


def _written(
    sheet: Sheet,
    letter: BenchLetter,
    written: Written,
    shown_elsewhere: Collection[str],
) -> Sheet:
    """Return a sheet with its letter, and with what is to be known of it."""
    final = written.letter
    tint = _Tint(final, written.matter.checked.facts.price)
    return replace(
        sheet,
        subject=final.subject,
        recipient=final.recipient.lines,
        day=final.written_on_text,
        salutation=final.salutation,
        blocks=tuple(_blocks(final, tint)),
        closing=final.closing,
        signed=final.sender.name,
        about_sender=final.sender.lines[1:],
        because=tuple(_because(final)),
        text=as_text(final),
        language=final.language,
        is_reviewed=final.reviewed,
        gloss=letter.gloss,
        problems=tuple(
            (_problem(p), p.field or "")
            for p in final.problems
            if p.code not in _NOT_ASKED
            and p.field not in {*SENDER, *_OF_BANK}
            and not (p.code == "detail_missing" and p.field in shown_elsewhere)
        ),
    )


def _problem(problem: Problem) -> str:
    """Return what is to be known of a letter, in the page's own words where it has."""
    if problem.code == "detail_missing" and problem.field and problem.field in FACTS:
        asked = question(problem.field).text
        return label("fact_missing", "bench_problem").format(question=asked)
    in_own_words = problem.code in ENGLISH.table("bench_problem")
    return label(problem.code, "bench_problem") if in_own_words else say(problem.says)


def _why_not_written(error: BadInput) -> str:
    """Return why a letter cannot be written yet, with what is missing first."""
    if _lacks_ground(error):
        return label("no_ground", "bench_problem")
    if error.field == "merchant":
        return label("name_unprintable", "bench_problem")
    said = page_error(error)
    return f"{said.field}: {said.message}" if error.field in _NAMED else said.message


_NAMED = frozenset({*_EXTRA, *SENDER, *_SHARED, *_OF_BANK, *_OF_LETTER})
"""Fields that a message is about where it stands away from them."""


def _lacks_ground(error: BadInput) -> bool:
    message = error.message
    return isinstance(message, Sentence) and message.code == "no_ground"


def changed(typed: Mapping[str, str], known: Mapping[str, object]) -> dict[str, str]:
    """Return what was typed about a letter and is not what the case tells anyway."""
    same = _as_typed(known)
    return {name: text for name, text in typed.items() if same.get(name) != text}


def _as_typed(known: Mapping[str, object]) -> dict[str, str]:
    """Return details of a case as a person would type them."""
    texts = {name: str(known[name]) for name in (*_EXTRA, *_OF_LETTER) if name in known}
    return {n: day_in_words(v) if n in DAYS else v for n, v in texts.items()}


def _detail(group: str, name: str, typed: Mapping[str, str]) -> PageField:
    kind, value = "text", typed.get(name, "")
    options: tuple[tuple[str, str], ...] = ()
    if name in _LINES:
        kind = "lines"
    elif name in ("language", "own_language"):
        codes = sorted(languages_of("cancel"))
        first = label(name, "bench_choice")
        kind = "select"
        if name == "language":
            value = value or preferred_language(group)
        none = THEIRS if name == "language" else ""
        options = ((none, first), *((code, language(code)["name"]) for code in codes))
    elif name in CHOICES:
        kind, options = "select", CHOICES[name]()
    return PageField(
        name=f"{group}.{name}",
        label=label(name, "letter_field"),
        kind=kind,
        options=options,
        value=value,
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
                f"{c.source.title}, {place(c.locator)}" for c in paragraph.claims
            )
            yield paragraph.text, days_in_words("; ".join(sources))


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
    about_sender=(),
    because=(),
    text="",
    language="en",
    is_reviewed=True,
    gloss=(),
    problems=(),
    asked=(),
    fields=(),
)
