"""Character sets that mail may be in: a list, and a fallback that never fails.

Python's codecs include some that are no character sets, run a program's escapes, or
raise errors of their own (``idna``, ``punycode``, ``undefined``, ``unicode_escape``).
"""

import codecs
from email import policy
from email.message import Message
from email.parser import BytesParser

from rescind.adapters.mail.headed import is_headed

_NAMES = frozenset(
    {
        *("ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
        *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))),
        *(f"cp125{part}" for part in range(9)),
        *("cp437", "cp850", "cp852", "cp866", "cp874", "mac-roman", "koi8-r", "koi8-u"),
        *("big5", "big5hkscs", "gb2312", "gbk", "gb18030", "hz"),
        *("euc_jp", "shift_jis", "cp932", "iso2022_jp", "iso2022_jp_2"),
        *("euc_kr", "cp949", "johab", "iso2022_kr"),
    }
)
"""By the names that Python's registry gives them."""


def decode(content: bytes, charset: str) -> str:
    """Return text from bytes that say they are in a character set.

    What is not in it, or no character set for mail, is taken for UTF-8, and then for
    Windows' Western letters. NUL characters, which no database takes, are left out.
    """
    for name in (_known(charset), "utf-8", "cp1252"):
        try:
            text = content.decode(name) if name else None
        except UnicodeError:
            continue
        if text is not None:
            return text.replace("\0", "")
    return content.decode("latin-1").replace("\0", "")


def parse_bytes(raw: bytes) -> Message:
    """Return a mail's parts; a part whose charset is none says UTF-8 instead.

    Words that somebody pasted, without headers, are its text from the first line on.
    ``email`` decodes by what a part says as soon as its content is asked for. Raises
    ValueError for what it cannot parse.
    """
    try:
        whole = raw if is_headed(raw) else b"\n" + raw
        mail: Message = BytesParser(policy=policy.compat32).parsebytes(whole)
        for part in mail.walk():
            charset = part.get_param("charset")
            if charset is not None and not (
                isinstance(charset, str) and _known(charset)
            ):
                kind = part.get_content_type()
                del part["Content-Type"]
                part["Content-Type"] = f"{kind}; charset=utf-8"
    except (
        IndexError,
        LookupError,
        RecursionError,
        AttributeError,
        TypeError,
    ) as error:
        message = f"no mail that can be parsed: {type(error).__name__}"
        raise ValueError(message) from error
    return mail


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    return name if name in _NAMES else ""
