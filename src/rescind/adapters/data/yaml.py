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


def read_yaml(path: Path, *, keep: bool = True) -> Any:  # noqa: ANN401 - the schema says what it is
    """Return a file's content; raises DataError with the line where it stops.

    What is read of thousands of files at once need not be kept for the next run.
    """
    with path.open("rb", buffering=0) as file:
        content = file.read()
    # by its whole content, not by its time: a file put back or unpacked keeps an old
    # time, and the law must never be yesterday's
    digest = blake2b(content, digest_size=20, key=_reader()).hexdigest()
    parsed = _parsed_files().find(digest)
    if parsed is not None:
        return json.loads(parsed)
    entry = _parse(path, content)
    if keep:
        _parsed_files().add(digest, entry)
    return entry


def latest(key: str) -> Any:  # noqa: ANN401 - what was remembered under the key
    """Return what was remembered last under a key; ``None`` where nothing was.

    Who asks has to tell whether it still fits the files that it was made of.
    """
    known = _parsed_files().find(key)
    return None if known is None else json.loads(known)


def remember_latest(key: str, made: object) -> None:
    """Remember something under a key, in place of what was; it has to be JSON."""
    _parsed_files().add(key, made)


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
