"""Archives: several files as one, each with the moment at which it was written."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from rescind.adapters import clock

ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of each entry of a pack or a backup: their own records tell the times."""
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""What the format can say (APPNOTE.TXT 4.4.6)."""


def zip_of(
    files: Mapping[str, bytes], written: Mapping[str, datetime] | None = None
) -> bytes:
    """Return files as a ZIP archive, by their names.

    ``written`` tells when some were written; the others are written now. The format
    keeps times without a zone: they are those of the person's clock.
    """
    now, zone = clock.now(), clock.local_zone()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            at = (written or {}).get(name, now).astimezone(zone)
            year = min(max(at.year, _FIRST_YEAR), _LAST_YEAR)
            entry = (year, at.month, at.day, at.hour, at.minute, at.second)
            archive.writestr(zipfile.ZipInfo(name, entry), content)
    return target.getvalue()
