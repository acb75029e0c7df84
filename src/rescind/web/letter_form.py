"""The form of a letter: which kind, in which language, and what it needs besides."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rescind.adapters.data.layouts import layouts
from rescind.adapters.data.letters import kinds, language, problems
from rescind.adapters.data.words import why_not
from rescind.app.act.letters import Wanted, languages
from rescind.core.act.letter_values import ANSWERS
from rescind.core.errors import BadInput
from rescind.core.model.letter import Authority
from rescind.web.forms import Field, filled

MAX_TEXT = 3000
MAX_DRAWN = 400_000
_PREFIX = "data:image/png;base64,"
_CODES = sorted(languages("cancel"))
_LANGUAGES = tuple((code, language(code)["name"]) for code in _CODES)
_KINDS = tuple((kind, language("en")["kinds"][kind].capitalize()) for kind in kinds())
_PROBLEMS = tuple((p, language("en")["labels"][f"problem_{p}"]) for p in problems())
_ANSWERS = tuple((a, a.replace("_", " ").capitalize()) for a in ANSWERS)
_FIRST = (
    Field(
        name="letter",
        label="Which letter?",
        kind="select",
        options=(
            ("cancel", "Notice of cancellation"),
            *(k for k in _KINDS if k[0] != "cancel"),
        ),
    ),
    Field(
        name="language",
        label="In which language?",
        help="A letter is read best in the language of who reads it.",
        kind="select",
        options=(("", "The one they answer in"), *_LANGUAGES),
    ),
    Field(
        name="own_language",
        label="Explain each clause to me in",
        kind="select",
        options=(("", "No explanation"), *_LANGUAGES),
    ),
)
_MORE = (
    Field(
        name="reason",
        label="In your own words",
        help="Printed as typed; each line becomes a paragraph.",
        kind="lines",
    ),
    Field(name="end_on", label="The day on which it is to end", kind="date"),
    Field(name="amount", label="The charge that you fight", help="13.50 EUR"),
    Field(name="first_sent_on", label="When you wrote before", kind="date"),
    Field(
        name="first_kind",
        label="What you wrote before",
        kind="select",
        options=(("", "Nothing yet"), *_KINDS),
    ),
    Field(
        name="answer",
        label="What they answered",
        kind="select",
        options=(("", "Nothing yet"), *_ANSWERS),
    ),
    Field(name="answered_on", label="When they answered", kind="date"),
    Field(
        name="problem",
        label="What the complaint is about",
        kind="select",
        options=(("", "Choose one"), *_PROBLEMS),
    ),
    Field(name="holder", label="Whose contract it is, if you write for another"),
    Field(
        name="authority",
        label="You write as",
        kind="select",
        options=(("", "Myself"), *((a.value, a.value) for a in Authority)),
    ),
    Field(name="told_on", label="When a change was announced", kind="date"),
    Field(name="change_on", label="When the change is to apply", kind="date"),
    Field(name="new_price", label="The new price", help="19.99 EUR"),
    Field(name="change", label="What is to change"),
    Field(name="bank_name", label="Your bank or card issuer"),
    Field(
        name="bank_address",
        label="Its address",
        help="One line for each line.",
        kind="lines",
    ),
    Field(name="account", label="Your account, as the bank knows it"),
    Field(name="mandate_id", label="Mandate reference"),
    Field(name="creditor_id", label="Creditor identifier"),
)
_PAGE = (
    Field(
        name="layout",
        label="Envelope",
        kind="select",
        options=(
            ("", "The one of your country"),
            *((name, str(layout["name"])) for name, layout in layouts().items()),
        ),
    ),
    Field(
        name="typed",
        label="Sign with your typed name",
        kind="select",
        options=(("", "No"), ("yes", "Yes")),
    ),
    Field(
        name="with_code",
        label="A QR code with the digest of the letter",
        kind="select",
        options=(("", "No"), ("yes", "Yes")),
    ),
)
FIELDS = (*_FIRST, *_MORE, *_PAGE)
_NAMES = tuple(field.name for field in FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterForm:
    """The fields about a letter, in their groups."""

    first: tuple[Field, ...]
    more: tuple[Field, ...]
    """What some kinds of letters need besides."""
    is_open: bool
    """Something stands in them, or is wrong with them."""
    page: tuple[Field, ...]


def letter_fields(
    values: Mapping[str, str], error: tuple[str, str] | None = None
) -> LetterForm:
    """Return the fields about a letter, with what was typed and what is wrong."""

    def group(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(filled(field, values, error) for field in fields)

    more = {field.name for field in _MORE}
    is_wrong = error is not None and error[0] in more
    return LetterForm(
        first=group(_FIRST),
        more=group(_MORE),
        is_open=is_wrong or any(values.get(name) for name in more),
        page=group(_PAGE),
    )


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, by the names of the fields."""
    texts = {name: form.get(name, "").strip()[:MAX_TEXT] for name in _NAMES}
    return texts | {"drawn": form.get("drawn", "")}


def details(about: Mapping[str, str]) -> dict[str, str]:
    """Return the details of the kind of letter, without what was left empty."""
    return {field.name: about[field.name] for field in _MORE if about[field.name]}


def wanted(about: Mapping[str, str], signature: bytes | None) -> Wanted:
    """Return which letter is wanted."""
    return replace(
        Wanted(kind=about["letter"] or "cancel"),
        language=about["language"] or None,
        layout=about["layout"] or None,
        signature=signature,
        typed=about["typed"] == "yes",
        with_code=about["with_code"] == "yes",
    )


def drawn(text: str) -> bytes | None:
    """Return a drawn signature; raises BadInput for what is no picture of one."""
    if not text:
        return None
    if not text.startswith(_PREFIX) or len(text) > MAX_DRAWN:
        raise BadInput("signature", why_not("no_png"), ["signature.png"])
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise BadInput("signature", why_not("picture_broken")) from error
