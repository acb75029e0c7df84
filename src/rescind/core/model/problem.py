"""Findings: problems in files of facts, each with its place and a way out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem in a file.

    >>> print(Finding(path="a.yaml", pointer="/offers/x", message="no name"))
    a.yaml /offers/x: no name
    >>> print(Finding(path="a.yaml", pointer="/offers/x", message="no name", line=7))
    a.yaml:7 /offers/x: no name
    """

    path: str
    pointer: str
    """Where in the file, as a JSON Pointer (RFC 6901)."""
    message: str
    suggestion: str = ""
    line: int | None = None
    """Where the place begins in the file, from 1; ``None``: not known."""

    def __str__(self) -> str:
        """Return the problem on one line."""
        hint = f" ({self.suggestion})" if self.suggestion else ""
        line = f":{self.line}" if self.line else ""
        place = f"{self.path}{line} {self.pointer}".rstrip()
        return f"{place}: {self.message}{hint}"
