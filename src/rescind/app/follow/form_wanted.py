"""A notice that they take only signed, or only by post: what stands against that."""

from collections.abc import Iterator, Mapping
from typing import Any

from rescind.app.follow.by_post import went_by_post
from rescind.app.follow.notice_given import again
from rescind.core.model.case import Case
from rescind.core.model.sentence import Sentence

TEXT_FORM = "de-309-13"
"""The law by which terms may ask for no stricter form than an e-mail meets."""


def about_form(case: Case) -> Iterator[tuple[Sentence, Mapping[str, Any]]]:
    """Yield what the demand is worth, with the law behind it, and the safe way."""
    rights = case.verdict.get("rights", ())
    laws = [each for each in rights if each["id"] == TEXT_FORM]
    if [each for each in laws if each["answer"] == "yes"]:
        yield Sentence.of("difference", "in_writing_law"), {"because": laws}
    else:
        yield Sentence.of("difference", "in_writing"), {}
    if went_by_post(case):
        return
    anew = again(case)
    if anew is None:
        yield Sentence.of("difference", "in_writing_post"), {}
        return
    code = "in_writing_again_soon" if anew.is_soon else "in_writing_again"
    yield Sentence.of("difference", code, by=anew.by, ends=anew.ends_on), {}
