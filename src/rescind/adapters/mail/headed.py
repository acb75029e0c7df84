"""Whether bytes begin with the headers of a mail, or with somebody's words."""

import re

MOST_LINES = 200
_NAME = re.compile(rb"([!-9;-~\x80-\xff]{1,60})[ \t]*:")
_NAMES = frozenset(
    {
        *("from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to"),
        *("message-id", "in-reply-to", "references", "received", "return-path"),
        *("delivered-to", "envelope-to", "delivery-date", "mime-version"),
        *("content-type", "content-transfer-encoding", "dkim-signature"),
        *("authentication-results", "auto-submitted", "precedence", "list-id"),
        *("list-unsubscribe", "user-agent", "x-mailer", "x-original-to"),
    }
)
"""Of RFC 5322 and its like: any mail has one of them."""
_SHOWN = frozenset(
    {
        *("von", "an", "betreff", "datum", "gesendet", "de", "objet", "para"),
        *("asunto", "fecha", "enviado", "da", "oggetto", "inviato", "van", "aan"),
        *("onderwerp", "verzonden", "från", "till", "ämne", "skickat", "fra", "til"),
        *("emne", "sendt", "assunto", "data", "od", "do", "temat", "wysłano"),
        *("lähettäjä", "aihe", "lähetetty", "à", "envoyé", "sent"),
    }
)
"""As programs show them, in twelve languages: people paste them along."""


def is_headed(raw: bytes) -> bool:
    r"""Return whether a mail's headers stand first, as one has them or shows them.

    "Reminder: you owe 79.80" is a first line of words, though it has a header's form.

    >>> is_headed(b"Subject: Reminder\n\nHello"), is_headed(b"Reminder: pay\nHello")
    (True, False)
    """
    for line in raw.lstrip(b"\r\n").splitlines()[:MOST_LINES]:
        if not line.strip():
            return False
        found = _NAME.match(line)
        if found is None:
            continue
        name = found[1].decode("utf-8", "replace").casefold()
        if name in _NAMES or name in _SHOWN:
            return True
    return False
