"""Descriptors: how merchants and ways of booking stand on statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a recurring charge is."""

    SUBSCRIPTION = "subscription"
    BILL = "bill"
    INSTALMENT = "instalment"
    OTHER = "other"


class Channel(StrEnum):
    """Who bills, and so who is asked."""

    DIRECT = "direct"
    APPLE = "apple"
    GOOGLE = "google"
    PAYPAL = "paypal"
    RESELLER = "reseller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merchant:
    """A merchant on file, or a brand that bills under its own name."""

    name: str
    kind: str
    """``subscription``, ``bill``, ``instalment``, ``habit`` or ``mixed``."""
    stems: tuple[str, ...]
    sells: str = ""
    service: str = ""
    """Its slug in the catalogue, if it is there."""
    source: str = ""
    """The record in which it was looked up; empty: general knowledge."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Descriptors:
    """What is known of descriptors, folded as ``find.clean`` folds text."""

    merchants: tuple[Merchant, ...]
    noise: tuple[str, ...]
    processors: Mapping[str, Channel]
    stores: Mapping[str, str]
    """Stores by how they stand before what they sold: ``ROKU FOR`` is ROKU's."""
    kinds: Mapping[str, str]
    """Words that tell what is paid for: ``bill``, ``line`` (a bill if the payee ordered
    it), ``instalment``, ``transfer``, ``habit`` or ``subscription``."""
    recurring: frozenset[str]
    fees: tuple[str, ...]
    settlements: tuple[str, ...]
    """Phrases by which a credit card's own bill is paid."""
    refunds: frozenset[str]
    trials: frozenset[str]
    orders: frozenset[str]
    """Words of transfers that the account's holder ordered."""
    transfers: frozenset[str] = frozenset()
    """Words of transfers that say something only beside a person."""
    persons: frozenset[str] = frozenset()
    """Given names, titles, and what people of a family call each other."""
    firms: frozenset[str] = frozenset()
    name_ends: frozenset[str] = frozenset()
    """What is written together with a name that it belongs to: NETFLIXCOM."""
    """Legal forms, and other words by which a payee is no person."""
