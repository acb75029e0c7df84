"""The e-mail address that an answer gives for what is to be sent to its writer."""

import re

from rescind.core.follow.reading.meaning import MOST_SENTENCES
from rescind.core.follow.reading.phrases import fold, sentences

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_NOBODY_READS = re.compile(r"no-?reply|do-?not-?reply|donotreply|bounce|mailer-daemon")


def given_address(
    text: str, *, write_to: re.Pattern[str], for_help: re.Pattern[str]
) -> str | None:
    """Return the address in a sentence that asks to send something there.

    ``text`` is what is new in a message. One that is only for questions is none, nor
    one that nobody reads, nor one of a line that holds no more than how to reach them;
    where two are given, nobody knows which is meant.

    >>> send, help_ = re.compile("send"), re.compile("question")
    >>> said = "Please send the papers to desk@firm.example by Monday."
    >>> given_address(said, write_to=send, for_help=help_)
    'desk@firm.example'
    >>> given_address("E-mail: desk@firm.example", write_to=send, for_help=help_)
    """
    found: set[str] = set()
    for sentence in sentences(text)[:MOST_SENTENCES]:
        addresses = _ADDRESS.findall(sentence)
        said = _ADDRESS.sub(" ", fold(sentence))
        if addresses and write_to.search(said) and not for_help.search(said):
            found |= {each.lower() for each in addresses}
    read = [each for each in found if not _NOBODY_READS.search(each)]
    return read[0] if len(read) == 1 else None
