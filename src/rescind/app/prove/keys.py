"""Keys: which one seals, which one signs mail, and how one is retired."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rescind.adapters import clock
from rescind.adapters.evidence import signing_keys
from rescind.adapters.public.key import KeyJson, key_json
from rescind.adapters.settings.proof import PROOF
from rescind.app.prove import authorities
from rescind.settings import data_folder, private_folder

if TYPE_CHECKING:
    from rescind.adapters.evidence.signing_keys import FileKey, Key

PASSPHRASE = "RESCIND_KEY_PASSPHRASE"  # noqa: S105 - the variable's name


def key_for(path: Path | None, passphrase: str | None) -> "Key":
    """Return the key of a file, or the one that the settings name.

    Raises BadInput where it cannot be opened.
    """
    if path is None:
        return own_or_chosen_key()
    secret = os.environ.get(PASSPHRASE, "") if passphrase is None else passphrase
    return signing_keys.read_key(path, secret)


def own_or_chosen_key() -> "Key":
    """Return the key that seals: the one of the settings, or the installation's own."""
    return _chosen_key() or signing_keys.own_key(data_folder(), now=clock.now())


def _chosen_key() -> "Key | None":
    return _opened_key(authorities.settings().key)


def _opened_key(chosen: Mapping[str, str]) -> "Key | None":

    if "module" in chosen:
        return signing_keys.TokenKey(
            module=Path(chosen["module"]),
            label=chosen.get("label", ""),
            token=chosen.get("token", ""),
        )
    if "p12" in chosen:
        return signing_keys.read_key(
            Path(chosen["p12"]), os.environ.get(PASSPHRASE, "")
        )
    return None


def mail_key(sender: str) -> "Key | None":
    """Return the user's own key where its certificate speaks for an address."""
    chosen = _chosen_key()
    if chosen is None or not signing_keys.signs_mail_of(chosen, sender):
        return None
    return chosen


def rotate_key() -> "FileKey":
    """Retire the installation's key and return the new one."""
    return signing_keys.rotate(data_folder(), now=clock.now())


def current_key() -> KeyJson:
    """Return the certificate of the key that seals, in the public form."""
    key = own_or_chosen_key()
    certificate = signing_keys.certificate(key)
    return key_json(certificate, is_self_made=key.is_self_made)


def use_key(chosen: Mapping[str, str | None]) -> None:
    """Keep which key seals, once it could be opened; empty: the installation's own."""
    key_settings = {name: value for name, value in chosen.items() if value}
    if "p12" in key_settings:
        key_settings["p12"] = str(Path(key_settings["p12"]).absolute())
    if key := _opened_key(key_settings):
        signing_keys.certificate(key)
    PROOF.change(private_folder(), {"key": key_settings})
