"""Hostile mail drawn at random: headers, charsets, parts and markup of odd kinds."""

from random import Random

HEADERS = [
    *(
        "From: a@b.example",
        "From: a@b.example\r\nFrom: c@d.example",
        'From: "',
        "From:",
    ),
    *("From: (c):", "From: a: b@c.example;", "From: =?x?q?=00?= <a@b.example>"),
    *(
        "Subject: =?idna?q?=80?=",
        "Subject: =?utf-8?b?%%%?=",
        "Subject: =?unicode_escape?q?=5Cx?=",
    ),
    *('Cc: "', "Cc: (c):", "To: " + "a@b.example, " * 2000, "Date: 99 Foo 99999 25:61"),
    *("Date: Mon, 1 Jan 0000 00:00:00 +9999", "Message-ID: <", "In-Reply-To: <a> <b>"),
    *("Auto-Submitted: auto-replied", "Precedence: bulk", "X: \x00\x01", "Ünicode: é"),
]
TYPES = [
    *(
        "text/plain",
        "text/html",
        "multipart/mixed",
        "multipart/report",
        "message/rfc822",
    ),
    *("multipart/signed", "message/delivery-status", "text/calendar", "image/png", "x"),
    *(
        "message/disposition-notification",
        "multipart/alternative",
        "text/rfc822-headers",
    ),
]
CHARSETS = [
    *("utf-8", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "utf-16"),
    *(
        "iso-2022-jp",
        "cp65001",
        "x-unknown",
        "rot13",
        "hex",
        "base64",
        "zip",
        "'",
        "\0",
    ),
    *("raw_unicode_escape", "mbcs", "iso-2022-jp-3", "hz", "big5", "utf-32", "uu"),
]
ENCODINGS = ["7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "x"]
PIECES = [
    *(
        "Your subscription has been cancelled. ",
        "-" * 60,
        "<a ",
        "<!--",
        "<div>",
        "&#0;",
    ),
    *("On " * 50, "\r\n> ", "\0", "\udc80", "=3D=", "=?utf-8?q?", "1.2.3,4 ", "€9,99 "),
    *("<script type='application/ld+json'>", "</script>", '{"@type":"Order"', "]]>"),
    *(
        "--b\r\n",
        "--b--\r\n",
        "\r\n\r\n",
        "Final-Recipient: rfc822; a@b\r\n",
        "Action: failed\r\n",
    ),
    *(
        "begin 644 x\r\n",
        "ﬁ\u202e\u200b",
        "'" * 40,
        "a.b-" * 30,
        "<style>.a{",
        "&" * 30,
    ),
]


def message(random: Random) -> bytes:
    """Return one message: headers, a type with odd parameters, and a body of pieces."""
    lines = random.choices(HEADERS, k=random.randrange(1, 8))
    kind, charset = random.choice(TYPES), random.choice(CHARSETS)
    odd = random.choice(
        ["", "; name*", "; name*0*=x''%", '; boundary=""', "; boundary=b"]
    )
    lines.append(f"Content-Type: {kind}; charset={charset}{odd}")
    if kind.startswith("multipart"):
        lines[-1] += random.choice(["; boundary=b", "; boundary=b", ""])
    lines.append(f"Content-Transfer-Encoding: {random.choice(ENCODINGS)}")
    random.shuffle(lines)
    inside = ""
    for _ in range(random.randrange(4)):
        part = random.choice(TYPES)
        odd = random.choice(CHARSETS)
        inside += (
            f"--b\r\nContent-Type: {part}; charset={odd}\r\n\r\n{_text(random)}\r\n"
        )
    text = "\r\n".join(lines) + "\r\n\r\n" + _text(random) + inside + _text(random)
    raw = text.encode("utf-8", "surrogateescape")
    if random.random() < 0.3:
        place = random.randrange(len(raw))
        raw = raw[:place] + random.randbytes(random.randrange(40)) + raw[place:]
    return raw


def _text(random: Random) -> str:
    pieces = random.choices(PIECES, k=random.randrange(12))
    return "".join(piece * random.choice([1, 1, 1, 30]) for piece in pieces)
