"""The settings: each fold keeps what it asks for, and says how it is."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import keyring
import pytest
from keyring.backend import KeyringBackend

from rescind.adapters import clock
from rescind.adapters.settings.imap import INBOX
from rescind.adapters.settings.notifications import NOTICES
from rescind.adapters.settings.preferences import PREFERENCES
from rescind.adapters.settings.profile import PROFILE
from rescind.adapters.settings.proof import PROOF
from rescind.adapters.settings.smtp import MAILBOX, keep_password
from rescind.app.act.workbench import wanted
from rescind.app.find import statements
from rescind.app.follow import cases
from rescind.app.keep.backup import examine
from rescind.app.know import checks
from rescind.settings import data_folder
from rescind.store import selectors
from rescind.store.models import CheckRecord, ImportRecord, WorkerRecord
from tests.conftest import FACTS, SENDER, needs
from tests.mail import imap, servers

pytestmark = pytest.mark.usefixtures("ready_desk")


class Memory(KeyringBackend):
    """A keyring that forgets at the end."""

    # below the one that refuses: it is used where a test asks for it, and nowhere else
    priority = -1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types here
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.secrets.pop((service, username), None)


@pytest.fixture
def secrets() -> Iterator[dict[tuple[str, str], str]]:
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    yield memory.secrets
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def _nothing_set() -> Iterator[None]:
    """Begin without settings; what other tests set is put back."""
    files = (PROFILE, PREFERENCES, MAILBOX, INBOX, NOTICES, PROOF)
    before = [(file, file.entries(data_folder())) for file in files]
    for file in files:
        file.forget(data_folder())
    yield
    for file, entries in before:
        file.forget(data_folder())
        if entries:
            file.write(data_folder(), entries)


def words(response: Any) -> str:
    text: str = response.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def press(client: Any, fold: str, typed: dict[str, str]) -> str:
    """Press the button of a fold, and return the words of the page after it."""
    response = client.post(f"/settings/{fold}/", typed)
    assert response.status_code == 302, words(response)
    assert response["Location"] == f"/settings/?open={fold}#{fold}"
    page = client.get(f"/settings/?open={fold}")
    assert f'id="{fold}" open' in page.content.decode()
    return words(page)


def test_the_page_says_how_each_thing_is_while_nothing_is_set(client: Any) -> None:
    page = words(client.get("/settings/"))

    assert "You Not given yet" in page
    assert "Mailbox None yet. You send letters yourself" in page
    assert "Reminders None." in page
    assert " open" not in re.findall(r"<details[^>]*class=.fold.[^>]*>", page)


def test_who_you_are_is_kept_for_the_letters(client: Any) -> None:
    typed = {
        "name": "Anna Müller",
        "address": "Gasse 1\n10115 Berlin",
        "country": "DE",
        "email": "anna@home.example.org",
    }

    page = press(client, "you", typed)

    assert "Kept. Letters begin with it." in page
    assert "You Anna Müller, Germany" in page
    assert PROFILE.read(data_folder()) == typed


def test_what_cannot_be_used_stays_where_it_was_typed(client: Any) -> None:
    response = client.post("/settings/you/", {"name": "Anna", "email": "anna"})

    assert response.status_code == 422
    assert 'value="Anna"' in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    assert not PROFILE.exists(data_folder())


def test_reminders_are_set_and_their_secrets_not_shown(client: Any) -> None:
    page = press(
        client, "reminders", {"urls": "json://tok3n@127.0.0.1:9/", "details": "on"}
    )
    assert "Elsewhere too, a week and a day before" in page
    assert "tok3n" not in page

    page = press(client, "reminders", {"keep": "on", "email": "a@b.org"})
    assert "By e-mail, Elsewhere too" in page
    kept = NOTICES.read(data_folder())
    assert kept is not None
    assert kept.ways == ("mail to a@b.org", "json://…")

    refused = client.post("/settings/reminders/", {"urls": "nonsense://x"})
    assert refused.status_code == 422


def test_a_test_of_reminders_says_why_none_went_out(client: Any) -> None:
    press(client, "reminders", {"urls": "json://127.0.0.1:9/"})

    assert "No test went out." in press(client, "reminders", {"test": "on"})


def test_the_old_addresses_lead_to_their_fold(client: Any) -> None:
    assert client.get("/notices/")["Location"] == "/settings/?open=reminders#reminders"

    assert client.get("/worker/")["Location"] == "/settings/?open=runs#runs"


def test_whom_to_ask_for_proof_is_chosen_by_its_holder(client: Any) -> None:
    page = press(client, "proof", {"stamp_by": "sectigo", "dns": "system"})

    assert "Proof Time stamps by Sectigo" in page
    kept = PROOF.read(data_folder())
    assert kept is not None
    assert (kept.authorities[0].name, kept.dns) == ("sectigo", "system")
    assert "Proof No time stamp yet" in press(client, "proof", {})


def test_a_backup_is_whole_and_has_the_key_under_a_passphrase_alone(
    client: Any, tmp_path: Path
) -> None:
    cases.new_case(FACTS, SENDER)

    for typed in ({}, {"passphrase": "seven green lamps in a row"}):
        response = client.post("/settings/backup/", typed)
        copy = tmp_path / "copy.zip"
        copy.write_bytes(response.content)
        examination = examine(copy)

        assert "attachment" in response["Content-Disposition"]
        assert examination.faults == ()
        assert examination.backup is not None
        assert examination.backup.rows["CaseRecord"] >= 1


def test_a_passphrase_that_is_too_short_is_refused_where_there_is_a_key(
    client: Any,
) -> None:
    press(client, "reminders", {"urls": "json://tok3n@127.0.0.1:9/"})

    assert client.post("/settings/backup/", {"passphrase": "a"}).status_code == 422


STATEMENT = (
    b"Date,Description,Amount\n"
    b"2026-08-03,=NETFLIX.COM,-17.99\n"
    b"2026-09-03,=NETFLIX.COM,-17.99\n"
    b"2026-10-03,=NETFLIX.COM,-17.99\n"
)


def export(client: Any) -> ZipFile:
    response = client.post("/settings/backup/", {"read": "on"})
    archive = ZipFile(BytesIO(response.content))
    assert archive.testzip() is None
    return archive


@pytest.mark.usefixtures("empty_store")
def test_an_export_has_every_case_by_its_company_and_the_settings(client: Any) -> None:
    case_ids = {cases.new_case(FACTS, SENDER) for _ in range(2)}
    case = selectors.read_case(min(case_ids))
    press(client, "you", {"name": "Anna"})

    archive = export(client)

    assert json.loads(archive.read("settings/profile.json")) == {"name": "Anna"}
    day = case.opened_at.astimezone(clock.local_zone()).date()
    folder = f"cases/{case.service_name} {day}"
    records = [f"{folder}/case.json", f"{folder} (2)/case.json"]
    assert {json.loads(archive.read(name))["id"] for name in records} == case_ids


@pytest.mark.usefixtures("empty_store")
def test_an_export_bears_the_days_on_which_its_files_were_kept(client: Any) -> None:
    cases.new_case(FACTS, SENDER)

    files = export(client).infolist()

    today = clock.today()
    days = {info.date_time[:3] for info in files if info.filename.startswith("cases/")}
    assert days == {(today.year, today.month, today.day)}


@pytest.mark.usefixtures("empty_store")
def test_an_export_has_what_is_not_finished(client: Any) -> None:
    CheckRecord.objects.all().delete()
    for name in ("Gym / Süd", "GYM / süd"):
        checks.begin(name, {"country": "DE"})

    archive = export(client)

    names = [name for name in archive.namelist() if name.startswith("unfinished/")]
    assert len(names) == 2
    assert all("Süd" in name or "süd" in name for name in names)
    assert len({name.casefold() for name in names}) == 2
    assert json.loads(archive.read(names[0]))["typed"]["country"] == "DE"


@pytest.mark.usefixtures("empty_store")
def test_an_export_has_the_statements_and_what_was_found_in_them(client: Any) -> None:
    ImportRecord.objects.all().delete()
    statements.keep("bank.csv", STATEMENT)
    waiting = STATEMENT.replace(b"17.99", b"9.99")
    statements.keep("other.csv", waiting, is_confirmed=False)

    archive = export(client)

    folders = {
        name.split("/")[1]: name.rpartition("/")[0]
        for name in archive.namelist()
        if name.startswith("statements/") and name.endswith("read-as.json")
    }
    read = next(f for name, f in folders.items() if name.startswith("bank.csv 2"))
    other = next(f for name, f in folders.items() if name.startswith("other.csv 2"))
    table = archive.read(f"{read}/entries.csv").decode("utf-8-sig")
    assert "2026-10-03,-17.99" in table
    # a spreadsheet works nothing out that a payee wrote
    assert ",'=NETFLIX.COM" in table
    assert f"{read}/waits/bank.csv" not in archive.namelist()
    assert archive.read(f"{other}/waits/other.csv") == waiting
    found = json.loads(archive.read("statements/found.json"))
    assert {each["name"] for each in found["imports"]} == {"bank.csv", "other.csv"}
    assert [each["merchant"] for each in found["findings"]]


def test_nothing_is_deleted_until_the_word_is_typed(client: Any) -> None:
    case_id = cases.new_case(FACTS, SENDER)

    page = press(client, "delete", {"word": "delete"})

    assert "Nothing was deleted." in page
    assert selectors.read_case(case_id).id == case_id


def test_everything_is_deleted(
    client: Any, secrets: dict[tuple[str, str], str]
) -> None:
    cases.new_case(FACTS, SENDER | {"name": "Wilhelmina Tell"})
    client.post("/new/", {"name": "Gymnasion Delfi"})
    press(client, "you", {"name": "Anna"})
    account = MAILBOX.write(data_folder(), {"host": "h.example", "user": "a@b.org"})
    keep_password(account, "secret")

    page = press(client, "delete", {"word": "DELETE"})

    assert "Everything is gone." in page
    assert "0 cases" in page
    assert "0 checks" in page
    assert "You Not given yet" in page
    assert "Mailbox None yet" in page
    assert secrets == {}
    kept = b"".join(p.read_bytes() for p in data_folder().glob("rescind.sqlite3*"))
    assert b"Gymnasion Delfi" not in kept
    assert b"Wilhelmina Tell" not in kept


def test_the_chosen_zone_decides_where_a_country_has_several(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = datetime(2026, 11, 28, 5, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: late)
    facts = {"service": "coursera", "country": "US", "channel": "web"}
    before = checks.standard_facts(facts)

    page = press(client, "zone", {"time_zone": "America/Los_Angeles"})

    assert "Time zone Los Angeles, where a country has several" in page
    assert "It is 21:30 there now." in page
    assert clock.today().isoformat() == "2026-11-27"
    assert "time_zone" not in before
    assert checks.standard_facts(facts)["time_zone"] == "America/Los_Angeles"
    # New York's day is its own, and Germany has one zone
    for country in ("US-NY", "DE"):
        assert "time_zone" not in checks.standard_facts({**facts, "country": country})
    assert "Time zone That of each contract" in press(client, "zone", {})


def test_an_app_password_is_explained_by_the_provider_of_what_was_typed(
    client: Any,
) -> None:
    response = client.post("/settings/mailbox/", {"address": "ada@gmail.com"})

    assert (
        'href="https://myaccount.google.com/apppasswords"' in response.content.decode()
    )


def test_a_zone_that_is_none_is_refused_and_a_broken_file_stops_no_page(
    client: Any,
) -> None:
    assert client.post("/settings/zone/", {"time_zone": "Mars/Base"}).status_code == 422

    (data_folder() / "preferences.json").write_text('{"time_zone": "Mars/Base"}')

    assert clock.local_zone() is not None
    assert client.get("/settings/").status_code == 200


def test_letters_follow_the_language_of_the_settings_and_what_stands_beside_them(
    client: Any,
) -> None:
    page = press(client, "language", {"letter_language": "fr"})

    assert "Letters in Français where we have it" in page
    assert wanted("cancel", {}).language == "fr"
    assert wanted("cancel", {"language": "de"}).language == "de"
    assert wanted("cancel", {"language": "theirs"}).language is None
    press(client, "language", {})
    assert wanted("cancel", {}).language is None


def test_a_test_mail_arrives_in_ones_own_mailbox(
    client: Any,
    mail: tuple[servers.MailServer, imap.Mailbox],
    secrets: dict[tuple[str, str], str],  # noqa: ARG001 - where the password goes
) -> None:
    press(client, "mailbox", typed_for(mail))
    page = press(client, "mailbox", {"test": "on"})

    assert f"A test mail is out to {servers.USER}." in page
    messages = mail[0].wait_for_mail(of="ada")
    assert any(b"Subject: Rescind works" in each for each in messages)


def test_a_test_mail_that_cannot_go_out_says_why(client: Any) -> None:
    assert "no mailbox" in press(client, "mailbox", {"test": "on"}).lower()

    MAILBOX.write(
        data_folder(), {"host": "127.0.0.1", "port": "1", "user": "ada@home.example"}
    )
    assert "password" in press(client, "mailbox", {"test": "on"})


def test_the_page_says_what_runs_by_itself_and_names_no_command(client: Any) -> None:
    WorkerRecord.objects.all().delete()  # another test's may still run

    page = words(client.get("/settings/?open=runs"))

    assert "It works while Rescind is open." in page
    assert "rescind " not in page


def test_a_provider_on_file_needs_an_address_and_a_password_alone() -> None:
    from rescind.adapters.data.mailboxes import provider_of

    provider = provider_of("ada@iCloud.com")

    assert provider is not None
    assert (provider.send.host, provider.send.user) == (
        "smtp.mail.me.com",
        "ada@iCloud.com",
    )
    assert (provider.read.host, provider.read.user) == ("imap.mail.me.com", "ada")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"address": "ada@outlook.com"}, "Microsoft lets no program in by a password"),
        ({"address": "ada@nowhere.example"}, "do not know the servers of nowhere"),
        ({"address": "ada"}, "ada"),
        ({"address": "ada@gmail.com", "password": "pässword"}, "plain letters"),
        ({"address": "ada@gmail.com"}, "Type the app password"),
    ],
)
def test_a_mailbox_that_cannot_be_tried_says_why(
    client: Any, typed: dict[str, str], why: str
) -> None:
    response = client.post("/settings/mailbox/", typed)

    assert response.status_code == 422
    assert why in words(response)
    assert typed["address"] in response.content.decode()
    assert "rescind mailbox" not in words(response)


@pytest.fixture(scope="module")
def mail(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[servers.MailServer, imap.Mailbox]]:
    needs("postfix", "dovecot", "openssl", "/usr/lib/postfix/sbin/smtpd")
    with (
        servers.running(tmp_path_factory.mktemp("out")) as sending,
        imap.running(tmp_path_factory.mktemp("in")) as reading,
    ):
        yield sending, reading


def typed_for(mail: tuple[servers.MailServer, imap.Mailbox]) -> dict[str, str]:
    """Return what a person types, who trusts the servers' own authority."""
    sending, reading = mail
    account = {"host": servers.HOST, "user": servers.USER}
    MAILBOX.write(data_folder(), account | {"ca_file": str(sending.ca_file)})
    INBOX.write(data_folder(), account | {"ca_file": str(reading.ca_file)})
    return {
        "address": servers.USER,
        "send_host": servers.HOST,
        "send_port": str(sending.port),
        "send_security": "starttls",
        "read_host": servers.HOST,
        "read_port": str(reading.port),
        "read_security": "tls",
        "password": servers.PASSWORD,
    }


def test_a_mailbox_is_kept_and_tried(
    client: Any,
    mail: tuple[servers.MailServer, imap.Mailbox],
    secrets: dict[tuple[str, str], str],
) -> None:
    typed = typed_for(mail)

    page = press(client, "mailbox", typed)

    assert "Works. We signed in to send and to read." in page
    assert f"Mailbox {servers.USER}" in page
    login = f"{servers.USER}@{servers.HOST}"
    assert secrets == {
        ("rescind-smtp", login): servers.PASSWORD,
        ("rescind-imap", login): servers.PASSWORD,
    }
    assert servers.PASSWORD not in client.get("/settings/").content.decode()
    assert servers.PASSWORD not in str(client.cookies)
    again = press(client, "mailbox", typed | {"password": ""})
    assert "Works." in again


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"password": "wrong"}, "refused the password. Make an app password there."),
        ({"send_host": "no.such.host.invalid"}, "No server is named no.such.host"),
        ({"send_port": "1"}, "To send: 127.0.0.1 did not answer."),
        ({"read_port": "1"}, "To read: 127.0.0.1 did not answer."),
        ({"folder": "Nowhere"}, "To read: 127.0.0.1 has no folder named Nowhere."),
    ],
)
def test_a_mailbox_that_does_not_work_says_what_to_mend(
    client: Any,
    mail: tuple[servers.MailServer, imap.Mailbox],
    secrets: dict[tuple[str, str], str],
    change: dict[str, str],
    why: str,
) -> None:
    page = press(client, "mailbox", typed_for(mail) | change)

    assert why in page
    assert "Works." not in page
    assert "wrong" not in secrets.values()


def test_a_server_that_nobody_vouches_for_gets_no_password(
    client: Any,
    mail: tuple[servers.MailServer, imap.Mailbox],
    secrets: dict[tuple[str, str], str],
) -> None:
    typed = typed_for(mail)
    for file in (MAILBOX, INBOX):
        file.forget(data_folder())

    page = press(client, "mailbox", typed)

    assert secrets != {}
    assert page.count("could not show that it is genuine") == 2


def test_without_a_keyring_it_says_that_no_password_was_kept(
    client: Any, mail: tuple[servers.MailServer, imap.Mailbox]
) -> None:
    page = press(client, "mailbox", typed_for(mail))

    assert "Works." in page
    assert "so we kept none" in page


def test_answers_from_a_folder_of_this_machine_stay_there(
    client: Any,
    mail: tuple[servers.MailServer, imap.Mailbox],
    secrets: dict[tuple[str, str], str],
    tmp_path: Path,
) -> None:
    typed = typed_for(mail)
    INBOX.write(data_folder(), {"path": str(tmp_path)})

    page = press(client, "mailbox", typed)

    assert "Works. We signed in to send. Nothing was sent." in page
    assert INBOX.read(data_folder()) == tmp_path
    assert len(secrets) == 1


def test_the_page_says_where_app_passwords_are_made(client: Any) -> None:
    page = str(client.get("/settings/?open=mailbox").content.decode())

    for name in ("Gmail", "iCloud", "Yahoo", "GMX", "WEB.DE"):
        assert f'rel="noreferrer">{name}</a></dt>' in page
    assert "Microsoft takes app passwords no longer" in page
    assert "rescind mailbox" not in page


def test_the_country_of_a_state_is_shown_and_the_state_stays_known(client: Any) -> None:
    PROFILE.change(data_folder(), {"name": "Dana", "country": "US-TX"})
    page = client.get("/settings/?open=you").content.decode()

    press(client, "you", {"name": "Dana W.", "country": "US"})

    assert '<option value="US" selected>' in page
    assert PROFILE.entries(data_folder())["country"] == "US-TX"
    press(client, "you", {"name": "Dana W.", "country": "DE"})
    assert PROFILE.entries(data_folder())["country"] == "DE"
