"""An index of names in the compiled file: whose a name is, without a look at them all.

It lies there in parts, of which a look-up reads one. It is made when all names were
read; it holds while the catalogue's folders and the file that it leads to are as they
were then.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from rescind.adapters.data.billed_names import (
    called_as_companies,
    without_legal_form,
)
from rescind.adapters.data.name_words import fold
from rescind.adapters.data.service_names import ServiceName
from rescind.adapters.data.yaml import latest, remember_latest

_FORM = 2
"""Of a part; changes with what is a service's name."""
_COMPANY = "="
"""Stands before the name of a company, without its legal form."""
_PARTS = 256
"""Of 10,000 services each has a hundred and fifty names or so."""


class NameIndex:
    """Slugs by what services are called, of the catalogues in some folders."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """Take the folders; nothing is read yet."""
        self._roots = roots

    def slug_of(self, name: str) -> str | None:
        """Return whose a name is; ``None`` where the index does not tell."""
        company = _COMPANY + fold(without_legal_form(name))
        return self._slug_of(fold(name)) or self._slug_of(company)

    def _slug_of(self, wanted: str) -> str | None:
        part = latest(self._key(_number(wanted)))
        if part is None or part["folders"] != self._folders():
            return None
        slug, path, *state = part["names"].get(wanted, (None, ""))
        return slug if slug is not None and state == _state(Path(path)) else None

    def remember(
        self,
        services: Iterable[ServiceName],
        paths: Mapping[str, Path],
        *,
        lacks: bool,
    ) -> None:
        """Write the index anew where it ``lacks`` a name, or folders have changed."""
        folders = self._folders()
        known = latest(self._key(0))
        if not lacks and known is not None and known["folders"] == folders:
            return
        parts: list[dict[str, list[object]]] = [{} for _ in range(_PARTS)]
        services = list(services)
        # what a service is called by itself comes before all aliases: NameSearch.exact
        own = ((name, each) for each in services for name in (each.slug, each.name))
        also = ((alias, each) for each in services for alias in each.aliases)
        called = ((fold(name), each) for name, each in (*own, *also))
        companies = ((_COMPANY + n, each) for n, each in called_as_companies(services))
        for name, each in (*called, *companies):
            path = paths[each.slug]
            row = [each.slug, str(path), *_state(path)]
            parts[_number(name)].setdefault(name, row)
        for number, names in enumerate(parts):
            remember_latest(self._key(number), {"folders": folders, "names": names})

    def _folders(self) -> list[list[object]]:
        """Return when something was last put into each folder, or taken out of it."""
        folders = (f for root in self._roots for f in (root / "catalogue").glob("?"))
        return [[str(each), each.stat().st_mtime_ns] for each in sorted(folders)]

    def _key(self, number: int) -> str:
        folders = "\n".join(map(str, self._roots))
        digest = blake2b(folders.encode(), digest_size=16).hexdigest()
        return f"index-{_FORM}-{digest}-{number}"


def _number(name: str) -> int:
    return blake2b(name.encode(), digest_size=1).digest()[0]


def _state(path: Path) -> list[object]:
    """Return what tells a file from a changed one; nothing for one that is gone."""
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]
