"""What was typed for one addressee is in no letter to another."""

import pytest

from rescind.adapters.data.letters import read_kind
from rescind.core.act.letter import as_text
from rescind.core.model.letter import ReaderKind
from tests.letters.scenarios import PLACES, SCENARIOS, written

TYPED = {
    "account": "20887-55",
    "mandate_id": "M-0042",
    "creditor_id": "DE98ZZZ09999999999",
}
READ_BY = {
    "20887-55": {ReaderKind.BANK},
    "M-0042": {ReaderKind.BANK, ReaderKind.MERCHANT},
    "DE98ZZZ09999999999": {ReaderKind.BANK, ReaderKind.MERCHANT},
}
"""Who has to know what: the mandate is the company's own as well."""


@pytest.mark.parametrize("language", sorted(PLACES))
@pytest.mark.parametrize("kind", sorted(SCENARIOS))
def test_a_detail_goes_to_those_alone_who_know_it(kind: str, language: str) -> None:
    text = as_text(written(kind, language, **TYPED).letter)

    reader = read_kind(kind).reader
    told = {value for value in READ_BY if value in text}
    assert told == {value for value, readers in READ_BY.items() if reader in readers}
