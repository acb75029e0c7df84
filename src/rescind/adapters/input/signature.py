"""Drawn signatures: a PNG that is one, small enough for a letter."""

import struct

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput

MAX_BYTES = 200_000
MAX_SIDE = 4000
_HEAD = b"\x89PNG\r\n\x1a\n"
_IHDR = 16
"""Where width and height stand (PNG, section 11.2.1)."""


def read_signature(content: bytes | None) -> bytes | None:
    """Return a drawn signature; raises BadInput for anything but a small PNG."""
    if content is None:
        return None
    if not content.startswith(_HEAD) or len(content) < _IHDR + 8:
        raise BadInput("signature", why_not("no_png"), ["signature.png"])
    width, height = struct.unpack(">II", content[_IHDR : _IHDR + 8])
    if len(content) > MAX_BYTES or max(width, height) > MAX_SIDE:
        size = {"size": len(content), "width": width, "height": height}
        most = {"most": MAX_BYTES, "side": MAX_SIDE}
        raise BadInput("signature", why_not("picture_too_large", **size, **most))
    return content
