"""Letters: facts and a sender in, a letter out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from rescind.adapters import clock
from rescind.adapters.data.cldr import CldrFormat, is_spoken
from rescind.adapters.data.letters import (
    DEFAULT,
    kinds,
    language,
    language_of,
    languages,
    problems,
    read_kind,
    read_letter_text,
    split_language,
)
from rescind.adapters.data.postal import envelope_lines, with_honour
from rescind.adapters.data.words import ENGLISH
from rescind.adapters.input.details import DETAILS
from rescind.adapters.input.senders import (
    clean,
    read_address,
    read_details,
    read_sender,
)
from rescind.adapters.input.signature import read_signature
from rescind.adapters.mail.compose import build_draft
from rescind.adapters.typst import TypstRenderer
from rescind.app.act.arrival import as_arrived
from rescind.app.act.bodies import competent_body, seat_of
from rescind.app.know import check
from rescind.core.act.further_charges import asked_in_all
from rescind.core.act.grounds import EXIT, find_grounds
from rescind.core.act.letter import as_text, claims_money, compose, for_money_alone
from rescind.core.act.letter_money import money_asked
from rescind.core.act.letter_values import ANSWERS, sum_claimed
from rescind.core.act.matter import Matter
from rescind.core.act.recipient import find_recipient
from rescind.core.act.routes import POST_TAKES
from rescind.core.errors import BadInput
from rescind.core.facts import FACTS
from rescind.core.model.checked import Checked
from rescind.core.model.facts import day_of
from rescind.core.model.law import Body
from rescind.core.model.letter import (
    Authority,
    Details,
    Letter,
    Page,
    PrintedLetter,
    PrintedProblem,
    Problem,
    ReaderKind,
)
from rescind.core.model.money import Money
from rescind.core.model.route import By
from rescind.core.model.verdict import OPEN_LENGTHS
from rescind.ports import Renderer

PROBLEMS = {"withdraw": "withdrawal", "refund": "refund", "erase": "data"}
"""What a second notice is about, by the first one's kind, as bodies name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which letter is wanted, and how its page is set up."""

    kind: str = "cancel"
    language: str | None = None
    """``None``: the one that the recipient answers in."""
    to: str | None = None
    """An e-mail address that the sender brings."""
    layout: str | None = None
    signature: bytes | None = None
    typed: bool = False
    with_code: bool = False
    by: str | None = None
    """The way it goes out, as the route's name; a notice by post counts later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter with the verdict that it rests on, and what it was written from."""

    letter: Letter
    checked: Checked
    matter: Matter


def write(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    wanted: Wanted | None = None,
    *,
    now: datetime | None = None,
) -> Written:
    """Return the letter for a purchase; raises BadInput naming the field.

    Details of the kind of letter stand among the facts, by their names. Days are
    counted from ``now``, else from the facts' own ``as_of``, else from today.
    """
    order = wanted or Wanted()
    kind = read_kind(order.kind)
    matter = _matter(facts, sender, order, now)
    chosen = order.language or _language(matter, kind.reader, order.kind)
    letter = _composed(matter, order, chosen)
    if order.language is None:
        letter = _with_note_on_language(letter, matter, kind.reader)
    end = matter.checked.verdict.topics["cancel"].ends_on
    if matter.arrives_later and end is not None:
        note = Problem.of("counts_from_arrival", days=POST_TAKES.days, day=end)
        letter = replace(letter, problems=(*letter.problems, note))
    return Written(letter=letter, checked=matter.checked, matter=matter)


def gloss(written: Written, tag: str) -> tuple[tuple[str, str], ...]:
    """Return each clause beside its meaning in another language.

    A kind that is not written in that language is explained in English; a clause
    that the other text does not have stands beside nothing.
    """
    slug = split_language(tag)[0]
    language(slug)
    kind = written.letter.kind
    other_tag = tag if slug in languages(kind) else DEFAULT
    other = _composed(written.matter, Wanted(kind=kind), other_tag)
    meaning: dict[str, list[str]] = {}
    for paragraph in other.paragraphs:
        meaning.setdefault(paragraph.id, []).append(paragraph.text)
    pairs = [(written.letter.subject, other.subject)]
    for paragraph in written.letter.paragraphs:
        meanings = meaning.get(paragraph.id, [])
        pairs.append((paragraph.text, meanings.pop(0) if meanings else ""))
    return tuple(pairs)


_NOTICES = frozenset({"cancel", "on-behalf-of"})
"""Letters whose end is counted from the day on which they are there."""
_CHANGES = {"price-rise": "price_raised_at", "term-change": "terms_changed_at"}
"""The fact that tells from when a change holds, by the letter that refuses it."""


def _matter(
    facts: Mapping[str, Any],
    sender: Mapping[str, Any],
    order: Wanted,
    now: datetime | None,
) -> Matter:
    kind = order.kind
    writer = read_sender(sender)
    details = read_details(facts)
    if details.first_kind is not None and details.first_kind not in kinds():
        raise BadInput.unknown_value("first_kind", details.first_kind, kinds())
    if details.answer is not None and details.answer not in ANSWERS:
        raise BadInput.unknown_value("answer", details.answer, ANSWERS)
    if details.problem is not None and details.problem not in problems():
        raise BadInput.unknown_value("problem", details.problem, problems())
    if facts.get("merchant"):
        clean(str(facts["merchant"]), "merchant")
    stated = {n: value for n, value in facts.items() if n in FACTS or n not in DETAILS}
    change = _CHANGES.get(kind)
    if change and details.change_on and not stated.get(change):
        # without the fact, no right that the change opens would be found or cited
        stated[change] = details.change_on.isoformat()
    checked = check.check(stated)
    details = _with_what_follows(details, checked, kind)
    today = day_of(now or checked.facts.as_of, checked.facts.zones)
    if kind in ("withdraw", "refund") and checked.facts.withdrawn_at is None:
        checked = _as_withdrawn(checked, stated, today.isoformat())
    checked = _with_first_law(checked, stated, details, kind)
    there = checked
    if order.by == By.POST.value and kind in _NOTICES:
        there = as_arrived(checked, stated, today)
    return Matter(
        checked=there,
        arrives_later=there is not checked,
        sender=writer,
        details=details,
        today=today,
        body=_body(checked, details),
    )


def _with_what_follows(details: Details, checked: Checked, kind: str) -> Details:
    """Return the details with those that the facts tell by themselves."""
    facts = checked.facts
    if details.authority is None:
        details = replace(details, authority=_authority(checked))
    if kind == "reply" and details.answer is None and facts.early_termination_fee:
        details = replace(details, answer="invoice")
    if kind in _CHANGES:
        begins, told = getattr(facts, _CHANGES[kind]), facts.change_told_at
        details = replace(
            details,
            change_on=details.change_on or (begins and day_of(begins, facts.zones)),
            told_on=details.told_on or (told and day_of(told, facts.zones)),
        )
    first = facts.withdrawn_at or facts.cancelled_at
    if kind != "second-notice" or first is None or details.first_kind is not None:
        return details
    return replace(
        details,
        first_kind="withdraw" if facts.withdrawn_at else "cancel",
        first_sent_on=details.first_sent_on or day_of(first, facts.zones),
    )


def _authority(checked: Checked) -> Authority | None:
    """Return in what capacity somebody writes for another, where the facts say it."""
    if checked.facts.died_at is not None:
        return Authority.HEIR
    return Authority.GUARDIAN if checked.facts.minor else None


def _as_withdrawn(checked: Checked, stated: Mapping[str, Any], today: str) -> Checked:
    """Return the verdict with the day by which the money has to be back.

    That day follows from the withdrawal being sent today; the rest is as it was.
    """
    facts = dict(stated) | {"withdrawn_at": today}
    try:
        withdrawal = check.check(facts).verdict.topics["withdrawal"]
    except BadInput:
        return checked
    topics = dict(checked.verdict.topics)
    topics["withdrawal"] = replace(
        topics["withdrawal"], refund_due_by=withdrawal.refund_due_by
    )
    return replace(checked, verdict=replace(checked.verdict, topics=topics))


def _with_first_law(
    checked: Checked, stated: Mapping[str, Any], details: Details, kind: str
) -> Checked:
    """Return the verdict of a reply with the law that the notice was given by.

    That it was cancelled since is why the verdict of today names none any more, nor
    that a term or a notice that nobody told may end it later.
    """
    told = checked.facts.cancelled_at
    of_notice = (kind, details.first_kind) == ("reply", "cancel")
    if told is None or not of_notice:
        return checked
    day = day_of(told, checked.facts.zones).isoformat()
    try:
        first = check.check({**stated, "cancelled_at": None, "as_of": day})
    except BadInput:
        return checked
    law, topics = first.verdict.topics["cancel"], dict(checked.verdict.topics)
    cancel = topics["cancel"]
    because = law.because
    if find_grounds(checked, (EXIT,)):
        because = tuple(each for each in because if each.code in OPEN_LENGTHS)
    topics["cancel"] = replace(cancel, because=(*cancel.because, *because))
    return replace(checked, verdict=replace(checked.verdict, topics=topics))


def _body(checked: Checked, details: Details) -> Body | None:
    country = checked.facts.country
    if country is None:
        return None
    problem = details.problem or PROBLEMS.get(details.first_kind or "", "cancellation")
    if details.body is None:
        kind = checked.facts.kind or checked.service.kind
        return competent_body(country, problem, kind, seat_of(checked))
    bodies = check.law().bodies_for(country)
    matching = [body for body in bodies if body.id == details.body]
    if not matching:
        raise BadInput.unknown_value("body", details.body, [body.id for body in bodies])
    return matching[0]


def _language(matter: Matter, reader: ReaderKind, kind: str) -> str:
    """Return the language that the recipient answers in, if the letter is in it."""
    theirs = _answers_in(matter, reader)
    return theirs if theirs in languages(kind) else DEFAULT


def _answers_in(matter: Matter, reader: ReaderKind) -> str:
    service = matter.checked.service
    if reader in (ReaderKind.MERCHANT, ReaderKind.PRIVACY) and service.answers_in:
        return service.answers_in[0]
    return language_of(matter.checked.facts.country or matter.sender.country)


def _with_note_on_language(
    letter: Letter, matter: Matter, reader: ReaderKind
) -> Letter:
    theirs = _answers_in(matter, reader)
    if theirs == letter.language:
        return letter
    name = language(theirs)["name"]
    note = Problem.of("language_missing", "lang", language=name)
    return replace(letter, problems=(*letter.problems, note))


def _composed(matter: Matter, order: Wanted, tag: str) -> Letter:
    kind = read_kind(order.kind)
    to = read_address(order.to) if order.to is not None else None
    recipient = find_recipient(matter, kind.reader, None)
    slug, own = split_language(tag)
    places = (recipient.country, matter.checked.facts.country)
    # where the recipient's country does not speak the language, the buyer's may; a
    # part of a country (US-CA) writes as the country does
    countries = (place[:2] for place in places if place)
    spoken_in = (country for country in countries if is_spoken(slug, country))
    region = own or next(spoken_in, "")
    text = read_letter_text(order.kind, tag, region)
    shared = language(slug)
    page = Page(
        layout=order.layout,
        region=region if is_spoken(slug, region) else "",
        signature=read_signature(order.signature),
        typed=order.typed,
        with_code=order.with_code,
        page_word=shared["labels"]["page"],
        data_word=shared["labels"]["enclosed_json"],
    )
    spoken = region if is_spoken(slug, region) else shared["region"]
    locale = CldrFormat(slug, spoken)
    letter = compose(matter, text=text, locale=locale, to_email=to, page=page)
    lines = envelope_lines(
        letter.recipient.lines, letter.recipient.country, matter.sender.country, slug
    )
    envelope = with_honour(lines, slug) if kind.reader is not ReaderKind.BODY else lines
    return replace(letter, recipient=replace(letter.recipient, lines=envelope))


def _asked_for(written: Written) -> Money | None:
    """Return the sum that a letter asks for by itself, whatever the plan said."""
    matter, kind = written.matter, written.letter.kind
    claimed = money_asked(matter, written.letter)
    if claimed is not None and claimed.sum is not None:
        return claimed.sum
    if kind == "refund" and matter.details.first_sent_on is not None:
        return asked_in_all(matter.details, sum_claimed(matter, kind))
    return asked_in_all(matter.details, matter.details.amount)


def printed(written: Written, *, own_language: str | None = None) -> PrintedLetter:
    """Return the letter as it will be sent, each clause explained in one's language."""
    letter = written.letter
    claim, asked = letter.recipient.claim, _asked_for(written)
    claimed = money_asked(written.matter, letter)
    source = f"{claim.source.title}, checked on {claim.checked_on}" if claim else ""
    return PrintedLetter(
        kind=letter.kind,
        language=letter.language,
        reviewed=letter.reviewed,
        subject=letter.subject,
        sender_email=letter.sender.email,
        recipient=letter.recipient.lines,
        recipient_email=letter.recipient.email,
        recipient_source=source,
        confirm_by=letter.confirm_by,
        problems=tuple(
            PrintedProblem(code=p.code, text=ENGLISH.say(p.says), field=p.field)
            for p in letter.problems
        ),
        text=as_text(letter),
        gloss=gloss(written, own_language) if own_language else (),
        pdf=renderer().pdf(letter),
        picture=renderer().picture(letter),
        amount=str(asked) if asked else None,
        claims_money=claims_money(letter),
        pay_by=claimed.by if claimed is not None else None,
        for_money_alone=for_money_alone(letter),
    )


def draft(letter: PrintedLetter) -> bytes:
    """Return a letter as a mail draft, to the address it is written to, if any."""
    return build_draft(letter, to=letter.recipient_email, at=clock.now())


@cache
def renderer() -> Renderer:
    """Return what lays letters out; loaded when first needed."""
    return TypstRenderer()


__all__ = [
    "Wanted",
    "Written",
    "draft",
    "gloss",
    "kinds",
    "languages",
    "printed",
    "renderer",
    "write",
]
