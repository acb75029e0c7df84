"""Character sets that mail may be in: a list, and a fallback that never fails.

Python's codecs include some that are no character sets, run a program's escapes, or
raise errors of their own (``idna``, ``punycode``, ``undefined``, ``unicode_escape``).
"""

import codecs

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


def _known(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return ""
    return name if name in _NAMES else ""
