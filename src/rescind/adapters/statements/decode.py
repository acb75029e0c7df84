"""From bytes to text: the encoding is found out, never asked for."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
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
    if b"\0" in content[:1000]:
        return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _of_letters(content[max(0, error.start - 2000) :][:_SAMPLE])
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
    marked = sum(byte > 0x7F for byte in sample)
    if text and 2 * sum(map(len, _JAPANESE.findall(text))) >= 0.8 * marked:
        return "cp932"

    def fits(name: str) -> int:
        read = sample.decode(name, "replace")
        good = sum(read.count(letter) for letter in _LETTERS[name])
        return good - 3 * len(_ODD.findall(read))

    return max(_LETTERS, key=fits)
