"""Model withdrawal forms: the prescribed lines of each language, read from its file."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rescind.adapters.data.catalogue import SHIPPED
from rescind.adapters.data.yaml import read_yaml
from rescind.core.act.model_form import ModelForm

FOLDER = "forms/withdrawal"
UNION = "EU"


@cache
def model_forms(language: str, root: Path = SHIPPED) -> tuple[ModelForm, ...]:
    """Return the forms that are on file in a language, the narrower first."""
    path = root / FOLDER / f"{language}.yaml"
    if not path.is_file():
        return ()
    forms = [
        ModelForm(
            places=tuple(_places(entry["places"], root)),
            title=entry["title"],
            lines=tuple(entry["lines"]),
            struck=entry["struck"],
        )
        for entry in read_yaml(path)["forms"]
    ]
    return tuple(sorted(forms, key=lambda form: len(form.places)))


def find_model_form(language: str, country: str | None) -> ModelForm | None:
    """Return the form that a country's law prescribes; ``None``: none is on file."""
    forms = model_forms(language)
    return next((form for form in forms if country in form.places), None)


def _places(places: list[str], root: Path) -> Iterator[str]:
    """Yield countries; the Union stands for all that its withdrawal law covers."""
    for place in places:
        if place == UNION:
            yield from read_yaml(root / "law" / "eu" / "withdrawal.yaml")["covers"]
        else:
            yield place
