"""Damage: what of a kept case is no longer as it was written, told by its digests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rescind.core.model.case import Event
from rescind.core.model.sentence import Sentence
from rescind.core.prove.chain import find_breaks
from rescind.core.prove.digest import digest
from rescind.core.prove.log_rules import files_named

_BREAKS = {"changed": "event_changed", "out_of_order": "event_out_of_order"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something that was kept and is changed, cut off or gone."""

    sentence: Sentence
    """What is damaged."""
    case_id: str = ""
    """Empty for what concerns more than one case."""


def case_damage(
    case_id: str, events: Sequence[Event], kept: Mapping[str, str]
) -> tuple[Damage, ...]:
    """Return what of a case is damaged: events off the chain, files off their digest.

    ``kept`` has the digest of what is kept now, by the digest under which it is kept.
    """
    sentences = [
        Sentence.of("damage", _BREAKS[each.code], number=each.number)
        for each in find_breaks(events)
    ]
    for name in sorted({*kept, *files_named(events)}):
        if name not in kept:
            sentences.append(Sentence.of("damage", "file_gone", name=name))
        elif kept[name] != name:
            sentences.append(Sentence.of("damage", "file_changed", name=name))
    if not events:
        sentences.append(Sentence.of("damage", "no_events"))
    return tuple(Damage(sentence=each, case_id=case_id) for each in sentences)


def kept_digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    """Return what ``case_damage`` compares: the digest of what each name stands for."""
    return {name: digest(content) for name, content in contents.items()}
