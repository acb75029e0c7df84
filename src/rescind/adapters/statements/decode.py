"""From bytes to text: the encoding is recognised, never asked for."""

import codecs
import re
from collections import Counter

from rescind.adapters.statements.east_asian import east_asian

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 1000
"""Bytes in which UTF-16 without a mark shows by its zeros."""
_SAMPLE, _BEFORE = 200_000, 2000
"""Bytes whose letters are counted, and how far before the first odd one they begin."""
_LAST_ASCII = 0x7F
_WHOLE_TO_BROKEN = 1
"""Whole letters of UTF-8 to a broken byte, from which it is one that was cut."""
_JAPANESE_SHARE = 0.8
"""Of the bytes above ASCII: how many must read as Japanese, two to a letter."""
_USUAL = frozenset("§°·ºª–—’‘£€\u00a0")
"""Signs above ASCII that stand in statements; others that are no letters are odd."""
_THORN_AT_END = re.compile(r"(?<=\w)þ(?!\w)", re.IGNORECASE)
"""No word of Icelandic ends so; in Turkish it is the s with a cedilla."""
_BEFORE_DIGIT = re.compile(r"(?<![^\W\d_])[^\W\d_a-zA-Z](?=\d)")
"""A lone letter above ASCII before a number, where a currency's sign would stand."""
_WITHIN = re.compile(r"(?<=[a-z])[^\W\d_a-zA-Z]|(?<=[A-Z])[^\W\d_a-zA-Z](?=[A-Z])")
"""A letter above ASCII in a word; it is small or capital as those beside it are."""
_ODD_WEIGHT = 3
"""Letters of a language that one odd sign outweighs."""
_MIDDLE = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž",
)  # fmt: skip
_OLD = ("äöüß", "éèêëàâçùûîïôæ", "áéíóúñü", "áâãàçéêíóôõú", "åäöæø")
_ALPHABETS = {
    "cp1252": (
        "äöüß", "éèêëàâçùûîïôœæÿ", "áéíóúñü", "áâãàçéêíóôõúü", "àèéìíòóùú", "éëïóöü",
        "åäöé", "æøåéôò", "àèéíïòóúüç", "áðéíóúýþæö", "äöõüšž",
    ),
    "cp1250": _MIDDLE,
    "iso8859-2": _MIDDLE,
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
    "cp1254": ("çğıöşüİâî",),
    "cp850": _OLD,
    "cp852": _MIDDLE,
    "mac_roman": _OLD,
    "cp1253": ("αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς",),
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",),
}  # fmt: skip
"""Letters above ASCII of the languages that an encoding is used for. Western ones come
first: of two encodings that read alike, theirs is taken."""
_JAPANESE = re.compile(
    r"(?<![A-Za-z])[\u3000-\u30ff\uff00-\uff9f\u4e00-\u9fff]{2,}(?![A-Za-z])"
)
_BESIDE_LATIN = re.compile(r"(?<=[A-Za-z])[\u0370-\u04ff]|[\u0370-\u04ff](?=[A-Za-z])")
"""Greek or Cyrillic letters inside a word of Latin ones."""


def encoding_of(content: bytes) -> str:
    """Return the encoding of a text file, by its mark or by its letters.

    >>> encoding_of("Größe;12,50".encode("cp1252"))
    'cp1252'
    >>> encoding_of("Größe;12,50".encode())
    'utf-8'
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    if b"\0" in content[:_HEAD]:
        return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        sample = content[max(0, error.start - _BEFORE) :][:_SAMPLE]
        return "utf-8" if _is_cut_utf8(sample) else _of_letters(sample)
    return "utf-8"


def is_utf8(content: bytes) -> bool:
    """Return whether bytes are whole letters of UTF-8."""
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_cut_utf8(sample: bytes) -> bool:
    """Return whether nearly all reads as UTF-8: texts cut by bytes break a letter."""
    text = sample.decode("utf-8", "ignore")
    whole = sum(ord(sign) > _LAST_ASCII for sign in text)
    broken = len(sample) - len(text.encode())
    return whole > _WHOLE_TO_BROKEN * broken


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and its encoding; bytes that no letter has become U+FFFD."""
    name = encoding_of(content)
    return content.decode(name, "replace"), name


def _of_letters(sample: bytes) -> str:
    """Return the encoding whose letters the bytes read as, most often."""
    best = max(_ALPHABETS, key=lambda name: _fits(sample, name)[0])
    _, is_whole = _fits(sample, best)
    if is_whole:
        return best
    return east_asian(sample) or ("cp932" if _is_japanese(sample) else best)


def _is_japanese(sample: bytes) -> bool:
    """Return whether most bytes above ASCII read as Japanese, beside Latin words."""
    try:
        text = sample.decode("cp932")
    except UnicodeDecodeError:
        return False
    above = sum(byte > _LAST_ASCII for byte in sample)
    letters = sum(map(len, _JAPANESE.findall(text)))
    return 2 * letters >= _JAPANESE_SHARE * above


def _fits(sample: bytes, name: str) -> tuple[int, bool]:
    """Return how well bytes read in an encoding, and whether all of them do.

    Capitals count as their small letters do, but inside a word of small ones they are
    odd, as is whatever no language writes.
    """
    text = sample.decode(name, "replace")
    odd = sum(
        not sign.isalpha() and sign not in _USUAL
        for sign in text
        if ord(sign) > _LAST_ASCII
    )
    odd += sum(
        match[0].isupper() != text[match.start() - 1].isupper()
        for match in _WITHIN.finditer(text)
    )
    odd += len(_BESIDE_LATIN.findall(text)) + len(_BEFORE_DIGIT.findall(text))
    odd += len(_THORN_AT_END.findall(text))
    counts = Counter(
        sign if sign == "İ" else sign.lower()  # in small it would be two signs
        for sign in text
        if ord(sign) > _LAST_ASCII
    )
    best = max(
        sum(counts[letter] for letter in set(alphabet)) for alphabet in _ALPHABETS[name]
    )
    rest = sum(n for sign, n in counts.items() if sign.isalpha()) - best
    return best - rest - _ODD_WEIGHT * odd, not rest and not odd
