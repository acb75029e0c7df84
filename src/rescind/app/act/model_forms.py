"""The model withdrawal form beside a letter, where the law of the place has one."""

from rescind.adapters.data.cldr import CldrFormat
from rescind.adapters.data.letters import language, read_letter_text, split_language
from rescind.adapters.data.model_forms import find_model_form
from rescind.app.act.letters import Written, renderer
from rescind.core.act.letter_values import values
from rescind.core.act.model_form import Entries, fill
from rescind.core.errors import BadInput
from rescind.core.model.letter import Letter
from rescind.core.model.sentence import Sentence

WITHDRAW = "withdraw"


def model_form(written: Written) -> Letter:
    """Return the law's own form, filled in, as a page in the letter's language.

    Raises BadInput where the letter withdraws from nothing, or where no law of the
    place prescribes a form that is on file in the language.
    """
    letter, facts = written.letter, written.matter.checked.facts
    if letter.kind != WITHDRAW:
        raise _refused("model_form_withdraws_only", letter)
    slug = split_language(letter.language)[0]
    form = find_model_form(slug, (facts.country or "")[:2])
    if form is None:
        raise _refused("model_form_missing", letter)
    text = read_letter_text(letter.kind, slug, letter.page.region)
    spoken = letter.page.region or language(slug)["region"]
    known = values(written.matter, text, CldrFormat(slug, spoken))
    entries = Entries(
        what=known["plan"],
        goods=bool(known["delivered_on"])
        or written.matter.checked.service.kind == "goods",
        ordered_on=known["bought_on"],
        received_on=known["delivered_on"],
    )
    return fill(form, letter, entries)


def model_form_pdf(page: Letter) -> bytes:
    """Return a form that was filled in as PDF, to be signed by hand."""
    return renderer().pdf(page)


def _refused(code: str, letter: Letter) -> BadInput:
    says = Sentence.of("bad_input", code, language=letter.language)
    return BadInput("model_form", says)
