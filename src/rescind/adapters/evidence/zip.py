"""Archives: several files as one, the same bytes for the same files."""

import io
import zipfile
from collections.abc import Mapping

ENTRY_TIME = (1980, 1, 1, 0, 0, 0)
"""The time that every entry bears: the archive's own times mean nothing."""


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return files as a ZIP archive, by their names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, ENTRY_TIME), content)
    return target.getvalue()
