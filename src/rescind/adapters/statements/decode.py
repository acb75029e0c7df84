"""From bytes to text: the encoding is recognised, never asked for."""

import codecs
import re

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
_JAPANESE_SHARE = 0.8
"""Of the bytes above ASCII: how many must read as Japanese, two to a letter."""
_ODD_WEIGHT = 3
"""Letters of its own that outweigh one odd sign in a wrong encoding."""
_ODD = re.compile("[\x80-\x9f¡-©«-´¶-¹»-¿×÷€‚„…†‡ˆ‰‹“”•˜›¤\ufffd]")
_LETTERS = {
    "cp1252": "äöüßÄÖÜéèêàçùâîôûñáíóúåøæÅØÆãõ",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰ",
    "cp850": "äöüßÄÖÜéèêàçùñáíóúåøæ",
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώς",
    "cp1251": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
}
_JAPANESE = re.compile(r"[\u3000-\u30ff\uff00-\uff9f\u4e00-\u9fff]{2,}")


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
        return _of_letters(content[max(0, error.start - _BEFORE) :][:_SAMPLE])
    return "utf-8"


def decode(content: bytes) -> tuple[str, str]:
    """Return the text and its encoding; bytes that no letter has become U+FFFD."""
    name = encoding_of(content)
    return content.decode(name, "replace"), name


def _of_letters(sample: bytes) -> str:
    """Return the single-byte encoding whose letters the bytes read as, most often."""
    try:
        text = sample.decode("cp932")
    except UnicodeDecodeError:
        text = ""
    above = sum(byte > _LAST_ASCII for byte in sample)
    letters = sum(map(len, _JAPANESE.findall(text)))
    if text and 2 * letters >= _JAPANESE_SHARE * above:
        return "cp932"

    def fits(name: str) -> int:
        text = sample.decode(name, "replace")
        good = sum(text.count(letter) for letter in _LETTERS[name])
        return good - _ODD_WEIGHT * len(_ODD.findall(text))

    return max(_LETTERS, key=fits)
