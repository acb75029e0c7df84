"""What was typed for letters that go out together: one address, and their way."""

from collections.abc import Mapping, Sequence

from rescind.app.act.workbench import BY
from rescind.core.model.route import By


def share_address(typed: dict[str, dict[str, str]], kinds: Sequence[str]) -> None:
    """Let letters that go out together have the address typed for the first one."""
    to = typed.get(kinds[0], {}).get("to")
    if to is not None:
        for kind in kinds:
            typed.setdefault(kind, {})["to"] = to


def keep_way(
    typed: dict[str, dict[str, str]],
    kinds: Sequence[str],
    form: Mapping[str, str],
    number: int,
) -> None:
    """Keep the way that letters go, as the button says it, else as it was chosen."""
    pressed, _, named = form.get("act", "").partition(":")
    is_pressed = pressed in tuple(By) and bool(set(kinds) & set(named.split(",")))
    way = pressed if is_pressed else form.get(f"way-{number}", "")
    for kind in kinds:
        if way in tuple(By):
            typed.setdefault(kind, {})[BY] = way
