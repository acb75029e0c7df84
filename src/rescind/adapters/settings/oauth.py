"""Access to a mailbox by OAuth 2.0 instead of a password: Google, Microsoft, others.

A refresh token (RFC 6749 section 6) is exchanged for an access token when one is
needed; that goes to the mail server by XOAUTH2. The refresh token is kept by the
system's keyring or comes from the environment, and lies in no file of ours.
"""

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from rescind.adapters.settings.passwords import read_password
from rescind.core.errors import BadInput, OutsideError, TransientError

KEYRING = "rescind-oauth"
TOKEN = "RESCIND_OAUTH_REFRESH_TOKEN"  # noqa: S105 - the variable's name
SECRET = "RESCIND_OAUTH_CLIENT_SECRET"  # noqa: S105 - the variable's name
TIMEOUT = 20
EARLY = 60.0
"""Seconds before its end in which a token is no longer used."""
PROVIDERS: Mapping[str, str] = {
    "google": "https://oauth2.googleapis.com/token",
    "microsoft": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
}
"""Where tokens are exchanged; known to us and not looked up, and never asked here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """Whom to ask for a token, and as which program."""

    token_url: str
    client_id: str


def read_oauth(entries: Mapping[str, Any]) -> OAuth | None:
    """Return what settings say of OAuth; ``None`` where passwords are used.

    ``oauth`` is a provider, or the address where tokens are exchanged; ``client_id``
    names the program there. Raises BadInput naming the field.
    """
    name = entries.get("oauth")
    if not name:
        return None
    url = PROVIDERS.get(str(name), str(name))
    parts = urlsplit(url)
    is_here = parts.hostname in ("127.0.0.1", "localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise BadInput.unknown_value("oauth", str(name), sorted(PROVIDERS))
    if not entries.get("client_id"):
        message = "is needed: the id of the program that you registered there"
        raise BadInput("client_id", message)
    return OAuth(token_url=url, client_id=str(entries["client_id"]))


def access_token(of: OAuth, login: str) -> str:
    """Return a token that is good now, from the last one or by asking.

    Raises TransientError where the provider does not answer or refuses, without
    repeating any secret.
    """
    token, until = _TOKENS.get((of, login), ("", 0.0))
    if until > time.monotonic():
        return token
    from rescind.adapters.network import web  # noqa: PLC0415 - 0.02 s, requests

    query = {
        "grant_type": "refresh_token",
        "client_id": of.client_id,
        "refresh_token": read_password(
            login, keyring_name=KEYRING, variable=TOKEN, how=f"set {TOKEN}"
        ),
    }
    # some providers give a registered program a secret, others none
    if secret := os.environ.get(SECRET):
        query["client_secret"] = secret
    question = web.Request(
        url=of.token_url,
        is_own=True,
        content=urlencode(query).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        seconds=TIMEOUT,
        # no redirect is followed: it would carry the secrets to another host
        most_redirects=0,
    )
    try:
        reply = web.ask(question)
        answer = json.loads(reply.content)
    except (OutsideError, ValueError) as error:
        host = str(urlsplit(of.token_url).hostname)
        raise TransientError(host, f"gave no token: {type(error).__name__}") from error
    if not isinstance(answer, dict) or "access_token" not in answer:
        why = str(reply.status_code)
        if isinstance(answer, dict):
            why = str(answer.get("error", why))[:100]
        raise TransientError(str(urlsplit(of.token_url).hostname), f"refused: {why}")
    token, lasts = str(answer["access_token"]), float(answer.get("expires_in", 0))
    _TOKENS[of, login] = (token, time.monotonic() + lasts - EARLY)
    return token


_TOKENS: dict[tuple[OAuth, str], tuple[str, float]] = {}
"""Access tokens of this process, and until when they are used."""


def xoauth2(user: str, token: str) -> str:
    """Return what SASL's XOAUTH2 sends, before it is encoded."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"
