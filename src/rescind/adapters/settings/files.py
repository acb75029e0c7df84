"""Files of settings that only the user can read."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_private(path: Path, kept: Mapping[str, Any]) -> None:
    """Write settings as JSON, readable by the user alone from the first byte on."""
    content = json.dumps(kept, indent=2).encode()
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
