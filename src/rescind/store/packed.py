"""Fields that are kept packed (zlib, RFC 1950) where that saves room.

They are read as they were, and so are rows of earlier releases. What cannot be unpacked
is handed on as it stands: a file's digest then tells that it is damaged.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

LEAST = 1_000
"""Bytes from which on packing is tried."""
WORTH = 0.9
"""What is packed takes no more than this share of its room before."""
MARK = b"\x00rescind:zlib\xd1\x7e"
"""What packed bytes begin with; a file that begins so is packed whatever its size."""
_PACKED_ALREADY = (b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04")


def pack(content: bytes) -> bytes:
    """Return bytes as they are kept."""
    is_marked = content.startswith(MARK)
    if not is_marked and (len(content) < LEAST or content.startswith(_PACKED_ALREADY)):
        return content
    packed = MARK + zlib.compress(content)
    return packed if is_marked or len(packed) < WORTH * len(content) else content


def unpack(kept: bytes) -> bytes:
    """Return bytes as they were."""
    if not kept.startswith(MARK):
        return kept
    try:
        return zlib.decompress(kept[len(MARK) :])
    except zlib.error:
        return kept


class _Packed(models.Field):  # type: ignore[type-arg]  # generic in stubs alone
    """A field that is packed on its way into the database, in another one's column."""

    column_of: ClassVar[str]
    """The field of Django's whose column it is."""

    def deconstruct(self) -> Any:  # noqa: ANN401 - Django's shape
        """Name the column's own field: nothing is to be migrated."""
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.column_of}", args, kwargs

    def get_db_prep_value(
        self,
        value: Any,  # noqa: ANN401 - Django's shape
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's shape
    ) -> Any:  # noqa: ANN401 - Django's shape
        """Pack."""
        return super().get_db_prep_value(_packed(value), connection, prepared)


class PackedBytes(_Packed, models.BinaryField):  # type: ignore[type-arg]  # as above
    """Bytes; the column is that of a ``BinaryField``."""

    column_of = "BinaryField"

    def from_db_value(self, value: Any, *_: object) -> bytes | None:  # noqa: ANN401 - Django's shape
        """Unpack."""
        return None if value is None else unpack(bytes(value))


class PackedJson(_Packed, models.JSONField):
    """An object; the column is that of a ``JSONField``, with a text for a large one."""

    column_of = "JSONField"

    def from_db_value(self, value: Any, *about: Any) -> Any:  # noqa: ANN401 - Django's shape
        """Unpack."""
        kept = super().from_db_value(value, *about)
        return _object(kept) if isinstance(kept, str) else kept


def _packed(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return pack(bytes(value))
    return _packed_object(value) if isinstance(value, dict) else value


def _packed_object(value: Mapping[str, object]) -> object:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return value if len(text) < LEAST else b64encode(zlib.compress(text)).decode()


def _object(kept: str) -> object:
    try:
        return json.loads(zlib.decompress(b64decode(kept)))
    except (ValueError, zlib.error):
        return kept
