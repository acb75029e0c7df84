"""What mail servers report of a letter, and the copy of it that came back."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveredDetails:
    """A server says that the letter was delivered (RFC 3464)."""

    KIND: ClassVar = "delivered"
    dispatch: str | None = None
    action: str | None = None
    recipient: str | None = None
    status: str | None = None
    said: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailedDetails:
    """A server says that the letter was not delivered (RFC 3464)."""

    KIND: ClassVar = "delivery_failed"
    dispatch: str | None = None
    action: str | None = None
    recipient: str | None = None
    status: str | None = None
    said: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKeptDetails:
    """A delivery notice came."""

    KIND: ClassVar = "notice_kept"
    message: str = ""
    dispatch: str | None = None
    action: str | None = None
    recipient: str | None = None
    status: str | None = None
    said: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyKeptDetails:
    """The blind copy of a letter came back."""

    KIND: ClassVar = "copy_kept"
    message: str = ""
    dispatch: str = ""
