"""Whom is asked for proof, by the settings, and whose roots are trusted for it."""

from collections.abc import Sequence

from rescind.adapters import clock
from rescind.adapters.evidence.trust import TimestampAuthority, Trust
from rescind.adapters.settings.proof import ProofSettings, find_authority, read_settings
from rescind.settings import data_folder


def settings() -> ProofSettings:
    """Return what proof the person asked for."""
    return read_settings(data_folder())


def authorities(names: Sequence[str] = ()) -> tuple[TimestampAuthority, ...]:
    """Return the authorities of these names, or those that the settings name."""
    if names:
        return tuple(find_authority(name) for name in names)
    return settings().authorities


def trust(authorities: Sequence[TimestampAuthority] = ()) -> Trust:
    """Return the roots of these authorities, or of those in the settings, as of now.

    They are trusted for timestamps alone.
    """
    roots = [
        root for each in authorities or settings().authorities for root in each.roots
    ]
    return Trust(now=clock.now(), tsas=tuple(roots))
