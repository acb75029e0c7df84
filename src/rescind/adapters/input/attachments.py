"""Attachments: what a file that somebody adds is, by its own bytes."""

from rescind.adapters.data.words import why_not
from rescind.core.errors import BadInput

MAX_BYTES = 20_000_000
_FIRST_BYTES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"%PDF-", "application/pdf"),
)
_WEBP = (b"RIFF", b"WEBP")


def media_type(content: bytes) -> str:
    """Return a file's media type; raises BadInput for what is kept nowhere.

    Text is kept as text, whatever it says it is; nothing is ever shown as a page.
    """
    if not 0 < len(content) <= MAX_BYTES:
        message = why_not("upload_size", size=len(content), most=MAX_BYTES)
        raise BadInput("upload", message)
    for head, kind in _FIRST_BYTES:
        if content.startswith(head):
            return kind
    if content[:4] == _WEBP[0] and content[8:12] == _WEBP[1]:
        return "image/webp"
    try:
        content.decode()
    except UnicodeDecodeError as error:
        kinds = ["PNG", "JPEG", "WebP", "PDF", "a mail", "plain text"]
        raise BadInput("upload", why_not("upload_kind"), kinds) from error
    return "text/plain"
