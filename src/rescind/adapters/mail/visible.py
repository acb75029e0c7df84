"""What of an HTML mail can be seen: its text in order, without quotes.

What a reader cannot see must not speak for the merchant: text of no size, of the colour
of its ground, or off the page is left out, by its own style or that of its class.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

MOST_HTML = 400_000
"""Characters of HTML that are read."""
_UNSEEN_TAGS = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "blockquote"}
)
_QUOTES = ("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote")
_QUOTE_FOLLOWS = frozenset({"appendonsend", "divrplyfwdmsg"})
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "ul"})
_NOTHING = re.compile(r"0*(?:\.0+)?(?:px|pt|em|rem|%|ex|ch|vw|vh)?")
_TINY = re.compile(r"(?:0?\.\d+|1(?:\.0*)?)(?:px|pt)|0?\.[01]\d*(?:em|rem)|[0-9]%")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt)|-\d{2,}(?:em|rem)|-\d{3,}%")
_CLASS_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{0,1000})\}")
_PAPER = "ffffff"
"""What a mail stands on where it says nothing."""
_COLOURS = {"white": "ffffff", "black": "000000"}


def visible_text(html: str) -> str:
    """Return what of HTML can be seen, quotes left out; a line for each block.

    The tree is made in one pass (libxml2); nothing is loaded.
    """
    parser = etree.HTMLParser(
        recover=True, no_network=True, remove_comments=True, remove_pis=True,
        encoding="utf-8",
    )  # fmt: skip
    content = html[:MOST_HTML].encode("utf-8", "replace")
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        return ""
    if root is None:
        return ""
    _cut_quote(root)
    text = "".join(_pieces(root, _class_rules(root), _PAPER))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _cut_quote(root: etree._Element) -> None:
    """Drop what follows the mark by which Outlook begins a quote, and the mark."""
    marks = (e for e in root.iter() if e.get("id", "").lower() in _QUOTE_FOLLOWS)
    element = next(marks, None)
    while element is not None and (parent := element.getparent()) is not None:
        after = list(element.itersiblings())
        for each in after:
            parent.remove(each)
        element.tail = ""
        if element.get("id", "").lower() in _QUOTE_FOLLOWS:
            parent.remove(element)
        element = parent


def _pieces(
    element: etree._Element, rules: Mapping[str, str], ground: str
) -> Iterator[str]:
    """Yield the text of what is seen, in its order; a break before and after a block.

    libxml2 makes no tree deeper than 256 levels.
    """
    tag, style = str(element.tag).lower(), _style(element, rules)
    ground = _colour(style, "background") or ground
    if _is_unseen(tag, element, style, ground):
        return
    ends = "\n" if tag in _BLOCKS else ""
    yield ends
    yield (element.text or "").replace("\n", " ")
    for child in element:
        yield from _pieces(child, rules, ground)
        yield (child.tail or "").replace("\n", " ")
    yield ends


def _is_unseen(
    tag: str, element: etree._Element, style: Mapping[str, str], ground: str
) -> bool:
    if tag in _UNSEEN_TAGS or element.get("hidden") is not None:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return any(quote in names for quote in _QUOTES) or _is_hidden(style, ground)


def _is_hidden(style: Mapping[str, str], ground: str) -> bool:
    """Return whether a style hides text; a colour as near its ground as none."""
    if any(style.get(name) in values for name, values in _HIDDEN.items()):
        return True
    sizes = [style.get(name, "") for name in _SIZES]
    if "hidden" in style.get("overflow", ""):
        sizes += [style.get(name, "") for name in ("height", "width")]
    if any(size and _NOTHING.fullmatch(size) for size in sizes):
        return True
    if any(_FAR.fullmatch(style.get(name, "")) for name in _PLACES):
        return True
    colour = _colour(style, "color")
    return (
        bool(_TINY.fullmatch(style.get("font-size", "")))
        or "rect(0" in style.get("clip", "")
        or bool(colour and _is_near(colour, ground))
    )


_HIDDEN = {
    "display": ("none",),
    "visibility": ("hidden", "collapse"),
    "mso-hide": ("all",),
    "color": ("transparent",),
}
_SIZES = ("font-size", "opacity", "max-height")
_PLACES = ("left", "top", "right", "text-indent", "margin-left")


def _is_near(one: str, other: str) -> bool:
    """Return whether two colours can hardly be told apart (of 255 each)."""
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return all(abs(a - b) <= _NEAR for a, b in pairs)


_NEAR = 12


def _colour(style: Mapping[str, str], name: str) -> str:
    """Return a colour as six hexadecimal digits, empty for one that is not told so."""
    value = style.get(f"{name}-color", "") or style.get(name, "")
    value = _COLOURS.get(value, value)
    numbers = re.match(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", value)
    if numbers:
        return bytes(min(int(n), 255) for n in numbers.groups()).hex()
    digits = value.lstrip("#")
    if re.fullmatch(r"[0-9a-f]{3}", digits):
        return "".join(digit * 2 for digit in digits)
    return digits if re.fullmatch(r"[0-9a-f]{6}", digits) else ""


def _style(element: etree._Element, rules: Mapping[str, str]) -> Mapping[str, str]:
    """Return an element's declarations: its classes', its attributes', its own."""
    texts = [rules.get(name, "") for name in str(element.get("class", "")).split()[:20]]
    own = {
        name: value.strip().lower()
        for name, value in (
            ("background", element.get("bgcolor")),
            ("color", element.get("color")),
        )
        if value
    }
    return own | declarations(";".join([*texts, element.get("style", "")]))


def declarations(text: str) -> dict[str, str]:
    """Return the declarations of a style by name, the last of each.

    >>> declarations("Color : #FFF; display:none !important")
    {'color': '#fff', 'display': 'none'}
    """
    pairs = (part.partition(":") for part in text[:2000].lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon
    }


def _class_rules(root: etree._Element) -> dict[str, str]:
    """Return the declarations of the classes that a style sheet in a mail names."""
    rules: dict[str, str] = {}
    for sheet in root.iter("style"):
        for name, text in _CLASS_RULE.findall((sheet.text or "")[:MOST_HTML]):
            rules[name] = f"{rules.get(name, '')};{text}"
    return rules
