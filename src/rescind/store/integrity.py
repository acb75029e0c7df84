"""Integrity: what is kept, compared with the digests that it was kept under."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import Error

from rescind.core.errors import Damaged
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence
from rescind.core.prove.damage import Damage, case_damage, kept_digests
from rescind.store import selectors
from rescind.store.models import CaseRecord, FileRecord
from rescind.store.opening import database_fault
from rescind.store.speech import RESTORE, said, say_damage


def damage_of(case: Case) -> tuple[Damage, ...]:
    """Return what of a case is damaged: its chain of events, its files.

    It reads every file of the case.
    """
    rows = FileRecord.objects.filter(case=UUID(case.id))
    contents = rows.values_list("digest", "content").iterator(chunk_size=20)
    kept: dict[str, str] = {}
    for name, content in contents:
        kept |= kept_digests({name: bytes(content)})
    return case_damage(case.id, case.events, kept)


def all_damage() -> Iterator[Damage]:
    """Yield all that is damaged: the file of the database, then case by case.

    A backup asks this before it copies anything. Where the file itself is damaged
    nothing more is looked at.
    """
    if fault := database_fault():
        yield Damage(sentence=fault)
        return
    for name in map(str, CaseRecord.objects.values_list("pk", flat=True)):
        try:
            yield from damage_of(selectors.read_case(name))
        except Damaged as error:
            sentence = Sentence.of("damage", "unreadable", line=error.what)
            yield Damage(sentence=sentence, case_id=name)


def in_words(damage: Iterable[Damage]) -> str:
    """Return what is damaged, and what to do; empty where nothing is."""
    parts = [
        say_damage("of_case", case=each.case_id, what=each.sentence)
        if each.case_id
        else said(each.sentence)
        for each in damage
    ]
    if not parts:
        return ""
    shown = parts[:MOST_SHOWN]
    if len(parts) > MOST_SHOWN:
        shown.append(say_damage("and_more", count=len(parts) - MOST_SHOWN))
    remedy = Sentence.of("damage", "case_remedy")
    return say_damage("whole", what="; ".join(shown), remedy=remedy)


MOST_SHOWN = 5


def damage_behind(error: Exception) -> Damaged | None:
    """Return the damage that an error comes of; ``None`` where all is whole.

    A value that was changed on the disk fails wherever it is used: what is said then is
    what was changed, and not where that came up.
    """
    if not isinstance(error, selectors.UNREADABLE):
        return None
    try:
        require_whole(all_damage())
    except Damaged as damaged:
        return damaged
    except Error:
        return None
    return None


def require_whole(damage: Iterable[Damage]) -> None:
    """Raise Damaged where something is."""
    if words := in_words(damage):
        raise Damaged("what is kept", words, [RESTORE])
