"""A word that only begins like a name on file is another name."""

import polars as pl
import pytest

from rescind.adapters.data.descriptors import descriptors
from rescind.core.find.clean import cleaned


def merchant_of(text: str) -> str | None:
    table = descriptors()
    numbers, found = cleaned(pl.Series([text]), table)
    number = found["merchant"].gather(numbers)[0]
    return None if number is None else table.merchants[number].name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NETFLIX.COM", "Netflix"),
        ("NETFLIXCOM AMSTERDAM", "Netflix"),
        ("TINDERPLUS", "Tinder"),
        ("SPOTIFY12345", "Spotify"),
        ("TELEKOM DEUTSCHLAND GMBH", "Deutsche Telekom"),
        ("TINDERBOX COFFEE CLUB LEEDS", None),
        ("TELEMACH D.O.O. Račun telekomunikacije", "Telemach"),
        ("TELEKOM SLOVENIJE D.D.", "Telekom Slovenije"),
        ("MAGYAR TELEKOM NYRT", "Magyar Telekom"),
    ],
)
def test_a_longer_word_is_another_name(text: str, name: str | None) -> None:
    assert merchant_of(text) == name
