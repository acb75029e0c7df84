"""Names in other scripts are told by their consonants."""

import pytest

from rescind.adapters.data.sounds import is_latin, sounds


@pytest.mark.parametrize(
    ("latin", "other"),
    [
        ("Netflix", "नेटफ्लिक्स"),
        ("Netflix", "نتفليكس"),
        ("Netflix", "Νέτφλιξ"),
        ("Spotify", "ספוטיפיי"),
        ("Spotify", "스포티파이"),
        ("Adobe", "アドビ"),
        ("Dropbox", "ドロップボックス"),
        ("Microsoft 365", "Майкрософт 365"),
        ("Netflix", "Nétflïx"),
    ],
)
def test_a_name_sounds_alike_in_two_scripts(latin: str, other: str) -> None:
    assert sounds(latin) == sounds(other)


def test_names_that_differ_in_a_consonant_sound_different() -> None:
    assert sounds("Netflix") != sounds("Netzclub")
    assert sounds("Tinder") != sounds("Tidal")


def test_ideographs_have_no_sound() -> None:
    assert sounds("奈飞") == ""


def test_latin_letters_with_accents_are_latin() -> None:
    assert is_latin("Café Größe 24")
    assert not is_latin("Кафе")
