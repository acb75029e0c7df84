"""YAML files, each parsed once for all runs until its content changes."""

import json
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rescind.adapters.data.parsed_files import ParsedFiles
from rescind.core.errors import DataError
from rescind.core.model.problem import Finding
from rescind.settings import cache_folder


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - the schema says what it is
    """Return a file's content; raises DataError with the line where it stops."""
    with path.open("rb", buffering=0) as file:
        content = file.read()
    # by its whole content, not by its time: a file put back or unpacked keeps an old
    # time, and the law must never be yesterday's
    digest = blake2b(content, digest_size=20, key=_reader()).hexdigest()
    parsed = _parsed_files().find(digest)
    if parsed is not None:
        return json.loads(parsed)
    entry = _parse(path, content)
    _parsed_files().add(digest, entry)
    return entry


def _parse(path: Path, content: bytes) -> Any:  # noqa: ANN401 - see read_yaml
    import yaml  # noqa: PLC0415 - 0.01 s, seldom needed once a file was parsed

    from rescind.adapters.data.yaml_loader import parse_yaml  # noqa: PLC0415 - 0.01 s with it

    try:
        return parse_yaml(content.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message = " ".join(str(error).split())
        finding = Finding(path=str(path), pointer="", message=message)
        raise DataError([finding]) from error


@cache
def _parsed_files() -> ParsedFiles:
    return ParsedFiles(cache_folder())


@cache
def _reader() -> bytes:
    """Return what tells this reader of YAML from one that may read a text otherwise."""
    source = Path(__file__).with_name("yaml_loader.py")
    return blake2b(source.read_bytes()).digest()
