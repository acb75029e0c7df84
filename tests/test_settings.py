"""Settings are kept in private files, checked when they are written and read."""

from pathlib import Path
from typing import Any

import pytest

from rescind.adapters.settings.files import SettingsFile
from rescind.adapters.settings.imap import INBOX
from rescind.adapters.settings.limits import LIMITS, NONE, read_limits, write_limits
from rescind.adapters.settings.notifications import NOTICES, read_notice_settings
from rescind.adapters.settings.proof import PROOF, read_settings
from rescind.adapters.settings.smtp import MAILBOX
from rescind.core.errors import BadInput
from rescind.settings import cache_folder

FILES = (MAILBOX, INBOX, LIMITS, PROOF, NOTICES)
ACCOUNT = {"host": "mail.example.org", "user": "ada@example.org"}


def test_a_file_of_settings_is_readable_by_the_user_alone(tmp_path: Path) -> None:
    MAILBOX.write(tmp_path, ACCOUNT)

    assert (tmp_path / "mailbox.json").stat().st_mode & 0o777 == 0o600


def test_settings_are_read_as_they_were_written(tmp_path: Path) -> None:
    account = MAILBOX.write(tmp_path, ACCOUNT | {"port": "465", "security": "tls"})

    assert MAILBOX.read(tmp_path) == account
    assert account.sender == "ada@example.org"


def test_what_is_empty_or_of_another_file_is_not_kept(tmp_path: Path) -> None:
    MAILBOX.write(tmp_path, ACCOUNT | {"plus": None, "ca_file": "", "colour": "red"})

    assert MAILBOX.entries(tmp_path) == ACCOUNT


def test_settings_that_cannot_be_used_change_nothing(tmp_path: Path) -> None:
    MAILBOX.write(tmp_path, ACCOUNT)

    with pytest.raises(BadInput, match="is no port"):
        MAILBOX.write(tmp_path, ACCOUNT | {"port": "0"})

    assert MAILBOX.entries(tmp_path) == ACCOUNT


def test_a_change_leaves_the_other_settings_and_an_empty_one_goes(
    tmp_path: Path,
) -> None:
    PROOF.change(tmp_path, {"dns": "system", "stamps": 2})
    PROOF.change(tmp_path, {"dns": None})

    assert PROOF.entries(tmp_path) == {"stamps": 2}


def test_a_limit_that_was_taken_away_stays_away(tmp_path: Path) -> None:
    write_limits(tmp_path, {"per_hour": NONE})
    write_limits(tmp_path, {"per_hour": None, "per_day": "7"})

    limits = read_limits(tmp_path)

    assert (limits.per_hour, limits.per_day, limits.per_domain_hour) == (None, 7, 20)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.file_name)
def test_without_a_file_there_are_no_settings(
    tmp_path: Path, file: SettingsFile[Any]
) -> None:
    assert file.read(tmp_path) is None


def test_without_settings_nobody_is_told_or_asked_anything(tmp_path: Path) -> None:
    assert read_notice_settings(tmp_path).ways == ()
    assert read_settings(tmp_path).authorities == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.file_name)
def test_a_file_that_is_no_json_is_told_by_its_field(
    tmp_path: Path, file: SettingsFile[Any]
) -> None:
    (tmp_path / file.file_name).write_text("{")

    with pytest.raises(BadInput) as caught:
        file.read(tmp_path)

    assert caught.value.field == file.field


@pytest.mark.parametrize("file", [LIMITS, PROOF, NOTICES], ids=lambda f: f.file_name)
def test_a_setting_that_does_not_exist_is_refused_with_the_nearest(
    tmp_path: Path, file: SettingsFile[Any]
) -> None:
    with pytest.raises(BadInput) as caught:
        file.write(tmp_path, {"colour": "red"})

    assert caught.value.field == file.field


def test_a_file_is_forgotten_once_or_twice(tmp_path: Path) -> None:
    INBOX.write(tmp_path, {"path": str(tmp_path)})

    INBOX.forget(tmp_path)
    INBOX.forget(tmp_path)

    assert not INBOX.exists(tmp_path)


def test_a_relative_cache_folder_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")

    assert cache_folder() == Path.home() / ".cache" / "rescind"
