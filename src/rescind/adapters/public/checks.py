"""The checks of a pack of evidence in the public JSON form."""

from collections.abc import Sequence
from typing import TypedDict

from rescind.core.model.evidence import Check


class CheckJson(TypedDict):
    """One check; the three answers are kept apart."""

    what: str
    intact: bool
    valid: bool
    trusted: bool
    indication: str
    """ETSI EN 319 102-1, table 5."""
    code: str
    text: str
    looked_at: list[str]
    at: str | None
    """The time that it proves, in ISO 8601, if it proves one."""
    extra: bool
    """It would show more if the reader brought more; it decides nothing."""


class ChecksJson(TypedDict):
    """What all checks of a pack come to, and each of them."""

    holds: bool
    intact: bool
    valid: bool
    trusted: bool
    checks: list[CheckJson]


def checks_json(checks: Sequence[Check]) -> ChecksJson:
    """Return what all checks of a pack come to, and each of them."""
    deciding = [check for check in checks if not check.is_extra]
    return {
        "holds": all(check.holds for check in deciding),
        "intact": all(check.intact for check in checks),
        "valid": all(check.valid for check in checks),
        "trusted": all(check.trusted for check in deciding),
        "checks": [check_json(check) for check in checks],
    }


def check_json(check: Check) -> CheckJson:
    """Return one check."""
    return {
        "what": check.what,
        "intact": check.intact,
        "valid": check.valid,
        "trusted": check.trusted,
        "indication": check.indication.value,
        "code": check.code,
        "text": check.text,
        "looked_at": list(check.looked_at),
        "at": check.at.isoformat() if check.at else None,
        "extra": check.is_extra,
    }
