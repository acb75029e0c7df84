"""The process that tells one address by Apprise, with limits, and ends.

Apprise makes its own connections, some hundred ways. Here they are watched; memory has
a limit, and whoever started this process ends it when it is late.
"""

import json
import sys
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from rescind.adapters.network import guard
from rescind.adapters.settings.notifications import apprise_client

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]  # no module there

MOST_BYTES = 1_000_000
"""Of all that is answered."""
MEMORY = 2_000_000_000
"""Bytes of address space, of which the interpreter and its libraries map a part."""
TOLD, FAILED = 0, 1


def main() -> int:
    """Tell what stands on standard input (``url``, ``title``, ``body``) as JSON.

    Returns 0 where it was taken, and 1 where it was not.
    """
    notice = json.load(sys.stdin)
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    client = apprise_client()
    client.add(notice["url"])
    for service in client:
        service.redirects = False
    guard.watch(is_own=_is_named_in(notice["url"]), most_bytes=MOST_BYTES)
    is_told = client.notify(title=notice["title"], body=notice["body"])
    return TOLD if is_told else FAILED


class _is_named_in:  # noqa: N801 - asked like a function
    """Whether a host stands in the address that the person set, or is their proxy."""

    def __init__(self, url: str) -> None:
        self._url = unquote(url).lower()
        proxies = (urlsplit(proxy).hostname for proxy in getproxies().values())
        self._proxies = {name for name in proxies if name}

    def __call__(self, host: str) -> bool:
        name = host.lower().rstrip(".")
        return bool(name) and (name in self._url or name in self._proxies)


if __name__ == "__main__":
    sys.exit(main())
