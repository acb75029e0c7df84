"""The public contract at the command line: names, fields, exit codes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FACTS, SENDER
from tests.letters.test_page import a_png
from tests.program import run


def check(facts: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    done = run("check", "--facts", "-", "--json", stdin=json.dumps(facts))
    return done.returncode, json.loads(done.stdout)


def test_an_answer_has_the_contracts_fields() -> None:
    code, answer = check(FACTS | {"withdrawal_informed": True})

    assert code == 0
    assert {"service", "offer", "as_of", "topics", "warnings", "documents", "asks"} <= (
        answer.keys()
    )
    cancel = answer["topics"]["cancel"]
    assert {"answer", "handled_by", "act_by", "latest", "steps", "because", "asks"} <= (
        cancel.keys()
    )
    claim = cancel["because"][0]["claims"][0]
    assert {
        "id",
        "value",
        "source",
        "locator",
        "checked_on",
        "in_force",
    } <= claim.keys()
    assert {"at", "amount"} <= answer["topics"]["renewal"].keys()
    assert {"until", "then"} <= answer["topics"]["access"].keys()
    assert next(iter(answer["topics"])) == "cancel"
    assert set(answer["topics"]) == {
        "cancel", "renewal", "access", "refund", "withdrawal", "pause", "resume",
        "unenroll", "remove_payment_method", "delete_account",
    }  # fmt: skip


def test_a_missing_fact_exits_with_3() -> None:
    code, answer = check({"service": "coursera", "as_of": "2026-06-01"})

    assert code == 3
    assert answer["asks"] == ["channel", "offer"]


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS), encoding="utf-8")

    done = run("check", "--facts", str(path), "--offer", "guided-project", "--json")

    assert json.loads(done.stdout)["offer"] == "guided-project"


@pytest.mark.parametrize(
    ("facts", "field", "near"),
    [
        ({"offer": "plus-anual"}, "offer", "plus-annual"),
        ({"channel": "appel"}, "channel", "apple"),
        ({"country": "XX"}, "country", None),
        ({"country": "Germany"}, "country", "DE"),
        ({"country": "USA"}, "country", "US"),
        ({"country": "DEU-"}, "country", None),
        ({"time_zone": "Europe/Berlinn"}, "time_zone", "Europe/Berlin"),
        ({"purchased_at": "2026-02-30"}, "purchased_at", "2026-02-28"),
        ({"purchased_at": "2026-13-45"}, "purchased_at", "2026-12-31"),
        ({"purchased_at": "2026-00-00"}, "purchased_at", "2026-01-01"),
        ({"purchased_at": "31.01.2026"}, "purchased_at", "2026-01-31"),
        ({"purchased_at": "yesterday"}, "purchased_at", None),
        ({"purchased_at": "0026-01-01"}, "purchased_at", None),
        ({"purchased_at": 20260101}, "purchased_at", None),
        ({"as_of": "2026-06-01T10:00:00", "country": "US"}, "as_of", None),
        ({"purchased_at": "2027-01-01"}, "purchased_at", "2026-11-20"),
        ({"cancelled_at": "2026-11-01"}, "cancelled_at", "2026-11-10"),
        ({"trial_ends_at": "2026-11-01", "had_trial": None}, "trial_ends_at", None),
        ({"had_trial": "perhaps"}, "had_trial", "true"),
        ({"price": "lots"}, "price", "13.50 EUR"),
        ({"price": {"amount": "-1", "currency": "EUR"}}, "price", None),
        ({"price": 13.5}, "price", None),
        ({"purchase_at": "2026-01-01"}, "purchase_at", "purchased_at"),
        ({"service": "cousera"}, "service", "coursera"),
        ({"service": ""}, "service", None),
        ({"service": "other"}, "merchant", None),
        ({"service": "other", "merchant": "X", "kind": "gim"}, "kind", "gym"),
        ({"upgraded_from": "lite"}, "upgraded_from", "lite-monthly"),
        ({"offer": ["course"]}, "offer", None),
    ],
)
def test_bad_input_names_the_field_and_the_nearest_values(
    facts: dict[str, Any], field: str, near: str | None
) -> None:
    done = run("check", "--facts", "-", "--json", stdin=json.dumps(FACTS | facts))

    error = json.loads(done.stdout)["error"]
    assert done.returncode == 2
    assert error["field"] == field
    assert field in done.stderr
    assert near is None or near in error["suggestions"]


def test_a_service_that_is_not_on_file_goes_on_as_other() -> None:
    done = run("check", "Kinowelt", "--country", "DE", "--json")
    planned = run("plan", "kinowelt.example", "--channel", "web", "--country", "DE")
    named = run("check", "--merchant", "Kinowelt", "--json", "--no-input")
    on_file = run("check", "COURSERA", "--json", "--brief")

    answer = json.loads(done.stdout)
    assert (answer["service"], answer["merchant"]) == ("other", "Kinowelt")
    assert "kinowelt.example" in planned.stdout
    assert json.loads(named.stdout)["merchant"] == "Kinowelt"
    assert json.loads(on_file.stdout)["service"] == "coursera"


def test_a_merchant_that_is_named_besides_is_the_one_that_is_paid() -> None:
    _, answer = check(
        {"service": "kinowelt", "merchant": "Kinowelt International B.V."}
    )

    assert answer["service"] == "other"
    assert answer["merchant"] == "Kinowelt International B.V."


@pytest.mark.parametrize("name", ["Coursera Plus", "coursera.org"])
def test_a_plan_or_a_domain_names_its_service(name: str) -> None:
    _, answer = check({"service": name})

    assert answer["service"] == "coursera"


@pytest.mark.parametrize("name", ["cousera", "Courserra"])
def test_a_name_close_to_one_on_file_is_asked_about(name: str) -> None:
    code, answer = check({"service": name})

    assert code == 2
    assert answer["error"]["field"] == "service"
    assert answer["error"]["suggestions"] == ["coursera", "other"]
    assert "did you mean coursera?" in answer["error"]["message"]


def gym_letter(*words: str) -> str:
    contract = ("--country", "DE", "--purchased-at", "2024-02-01", "--term", "P12M")
    bill = ("--channel", "web", "--lang", "en", "--sender", "-", "--text")
    return run(
        *("letter", "Gym One", *contract, *bill, *words), stdin=json.dumps(SENDER)
    ).stdout


def test_a_letter_cites_the_law_of_the_contracts_kind() -> None:
    gym = gym_letter("--contract-kind", "gym")
    telecom = gym_letter("--contract-kind", "telecom")
    refund = gym_letter("--contract-kind", "gym", "--kind", "refund")

    assert "section 309 no. 9 of the German Civil Code" in gym
    assert "Telecommunications Act" not in gym
    assert "section 56 of the German Telecommunications Act" in telecom
    assert "section 309 no. 9" not in telecom
    assert "refund" in refund.lower()


@pytest.mark.parametrize("command", ["check", "plan"])
def test_a_contracts_kind_has_its_flag_everywhere(command: str) -> None:
    day = ("--as-of", "2026-09-12", "--json")
    contract = ("--term", "P24M", "--notice", "P3M", "--purchased-at", "2024-08-01")
    bill = ("--channel", "web", "--country", "DE", "--period", "P1M")
    words = (command, "One", *contract, *bill, *day)

    by_kind = run(*words, "--kind", "telecom").stdout
    by_contract_kind = run(*words, "--contract-kind", "telecom").stdout
    in_file = run(*words, "--facts", "-", stdin='{"contract_kind": "telecom"}').stdout
    unknown = run(*words, "--contract-kind", "gim")

    assert by_kind == by_contract_kind == in_file
    assert by_kind != run(*words, "--kind", "insurance").stdout
    assert unknown.returncode == 2
    assert "gym" in json.loads(unknown.stdout)["error"]["suggestions"]


def test_a_case_and_its_routes_know_the_contracts_kind(tmp_path: Path) -> None:
    words = ("Gym One", "--contract-kind", "gym", "--country", "DE", "--sender", "-")
    stdin = json.dumps(SENDER)

    routes = run("routes", *words, "--json", stdin=stdin)
    opened = run("case", "new", *words, "--json", stdin=stdin, home=tmp_path)

    assert json.loads(routes.stdout)["service"] == "other"
    case = json.loads(opened.stdout)
    assert case["service"] == "other"
    assert "Gym One" in opened.stdout


@pytest.mark.parametrize("month", ["August 2026", "2026-08", "08/2026"])
def test_a_month_is_no_day_of_purchase(month: str) -> None:
    flags = ("check", "other", "--merchant", "Gym One", "--country", "DE")
    facts = {"service": "other", "merchant": "Gym One", "purchased_at": month}

    by_flag = run(*flags, "--purchased-at", month)
    by_file = run("check", "--facts", "-", stdin=json.dumps(facts))

    for refused in (by_flag, by_file):
        assert refused.returncode == 2
        assert f"'{month}' is many days: give the day, or leave it" in refused.stderr
        assert "nearest: 2026-08-01, 2026-08-31" in refused.stderr


def test_flags_are_read_as_people_write() -> None:
    words = ("check", "Gym One", "--country", "DE", "--json")
    today = ("--as-of", "2026-11-28")

    in_words = run(
        *(*words, "--purchased-at", "1 March 2025", "--term", "1 year"),
        *("--price", "€39,90", "--as-of", "28.11.2026"),
    )
    in_code = run(
        *(*words, "--purchased-at", "2025-03-01", "--term", "P1Y"),
        *("--price", "39.90 EUR", *today),
    )
    two_days = run(*words, *today, "--purchased-at", "3/4/2025")

    assert in_words.stdout == in_code.stdout
    assert json.loads(two_days.stdout)["error"]["suggestions"] == [
        "2025-04-03",
        "2025-03-04",
    ]


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', "[" * 100_000, "\x00"])
def test_what_is_no_json_object_is_told(text: str) -> None:
    done = run("check", "--facts", "-", "--json", stdin=text)

    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["field"] == "facts"


def test_a_huge_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    path.write_text(" " * 1_100_000, encoding="utf-8")

    done = run("check", "--facts", str(path))

    assert done.returncode == 2
    assert "larger than" in done.stderr


def test_a_missing_file_and_a_strange_one_are_told(tmp_path: Path) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes(b'{"service": "caf\xe9"}')

    assert run("check", "--facts", str(tmp_path / "none.json")).returncode == 2
    assert "not UTF-8" in run("check", "--facts", str(path)).stderr


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("chek",), "command"),
        (("check", "--bogus", "1"), "bogus"),
        (("case", "send", "x", "--by", "pigeon"), "way"),
        (("case", "show"), "case_id"),
    ],
)
def test_wrong_calls_name_what_is_wrong(words: tuple[str, ...], field: str) -> None:
    done = run(*words, "--json")

    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["field"] == field


def test_a_reader_at_a_terminal_gets_words_and_no_colour_in_a_pipe() -> None:
    done = run("check", "coursera", "--offer", "plus-annual", "--channel", "web",
               "--country", "DE", "--purchased-at", "2026-08-01", "--as-of",
               "2026-08-05", "--price", "399 USD", "--explain")  # fmt: skip

    assert done.returncode == 0
    assert "Money back by their own rules: yes" in done.stdout
    assert "├─ says" in done.stdout
    assert "C07-terms-2026-06: " in done.stdout
    assert "(official_terms)" in done.stdout
    assert "checked 2026-11-22, primary-seen" in done.stdout
    assert "\x1b[" not in done.stdout


def test_the_plan_has_the_contracts_fields() -> None:
    done = run("plan", "--facts", "-", "--json", stdin=json.dumps(FACTS))

    plan = json.loads(done.stdout)
    assert {"do", "by", "why", "cost"} <= plan["actions"][0].keys()
    assert done.returncode == 0
    shown = run("plan", "--facts", "-", stdin=json.dumps(FACTS))
    assert "1. Withdraw from the contract" in shown.stdout


def test_the_plan_says_what_it_lacks() -> None:
    done = run("plan", "coursera", "--offer", "plus-annual", "--channel", "web")

    assert done.returncode == 3
    assert "Not known and needed" in done.stdout


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    facts, sender = tmp_path / "facts.json", tmp_path / "sender.json"
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    sender.write_text(json.dumps(SENDER), encoding="utf-8")
    return facts, sender


def test_the_letter_is_written_as_pdf_text_and_mail(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    facts, sender = map(str, files)
    out = tmp_path / "L.pdf"

    done = run("letter", "--facts", facts, "--sender", sender, "--kind", "cancel",
               "--out", str(out), "--text", "--eml")  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(b"%PDF")
    assert "I am cancelling my contract with Coursera" in done.stdout
    assert b"Subject: Cancellation" in (tmp_path / "L.eml").read_bytes()


def test_a_letter_counts_its_days_from_the_day_that_is_given(
    files: tuple[Path, Path],
) -> None:
    facts, sender = map(str, files)
    words = ("--facts", facts, "--sender", sender, "--as-of", "2026-11-12")

    written = json.loads(run("letter", *words, "--text", "--json").stdout)
    routes = json.loads(run("routes", *words, "--json").stdout)
    case = json.loads(run("case", "new", *words, "--json").stdout)

    assert written["confirm_by"] == case["confirm_by"] == "2026-11-26"
    assert "26 November 2026" in routes["routes"][1]["text"]


def test_the_laws_form_is_written_beside_the_letter(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    facts, sender = map(str, files)
    words = ("letter", "--facts", facts, "--sender", sender, "--country", "DE")
    form = (*words, "--kind", "withdraw", "--lang", "de", "--model-form")

    done = run(*form, "--out", str(tmp_path / "W.pdf"), "--text")
    refused = run(*words, "--kind", "cancel", "--model-form", "--text")

    assert done.returncode == 0, done.stderr
    assert "Muster-Widerrufsformular\n\n– An: Coursera" in done.stdout
    assert (tmp_path / "W-form.pdf").read_bytes().startswith(b"%PDF")
    assert refused.returncode == 2
    assert "--kind withdraw" in refused.stderr


def test_a_letter_that_is_not_written_yet_names_those_that_are(
    files: tuple[Path, Path],
) -> None:
    facts, sender = map(str, files)
    base = ("letter", "--facts", facts, "--sender", sender, "--json")

    kind = json.loads(run(*base, "--text", "--kind", "canel").stdout)["error"]
    lang = json.loads(run(*base, "--text", "--lang", "sw").stdout)["error"]
    out = json.loads(run(*base).stdout)["error"]
    nowhere = json.loads(run(*base, "--out", "/nowhere/L.pdf").stdout)["error"]

    assert (kind["field"], kind["suggestions"][0]) == ("kind", "cancel")
    assert lang["field"] == "lang"
    assert {"de", "hi", "ja", "pt-BR"} < set(lang["suggestions"])
    assert (out["field"], nowhere["field"]) == ("out", "out")


def test_every_kind_of_letter_is_written_at_the_command_line(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    facts, sender = map(str, files)
    base = ("letter", "--facts", facts, "--sender", sender, "--json", "--text")
    told = ("--detail", "told_on=2026-11-08", "--detail", "new-price=59 EUR")
    drawn = tmp_path / "drawn.png"
    drawn.write_bytes(a_png(80, 30))

    rise = json.loads(run(*base, "--kind", "price-rise", *told).stdout)
    gloss = json.loads(run(*base, "--kind", "withdraw", "--gloss", "fr").stdout)
    signed = run(*base, "--signature", str(drawn), "--out", str(tmp_path / "a.pdf"))
    missing = json.loads(run(*base, "--signature", "/nowhere.png").stdout)["error"]
    odd = json.loads(run(*base, "--detail", "told").stdout)["error"]
    near = json.loads(run(*base, "--detail", "told_of=1").stdout)["error"]
    layout = run(*base, "--layout", "din", "--out", str(tmp_path / "b.pdf"))

    assert rise["clauses"][0]["id"] == "told"
    assert "€59.00" in rise["text"]
    assert rise["reviewed"] is False
    assert gloss["gloss"][0]["meaning"].startswith("Rétractation")
    assert json.loads(signed.stdout)["files"]["pdf"].endswith("a.pdf")
    assert (missing["field"], odd["field"]) == ("signature", "detail")
    assert near["suggestions"][0] == "told_on"
    assert json.loads(layout.stdout)["error"]["field"] == "layout"


def test_the_routes_are_ranked_and_made_ready(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    facts, sender = map(str, files)
    several = tmp_path / "several.json"
    gym = {"service": "other", "merchant": "Gym One", "offer": None}
    several.write_text(json.dumps([{"letter": "refund"}, gym]))
    base = ("routes", "--facts", facts, "--sender", sender)
    out = str(tmp_path / "ready")

    one = json.loads(run(*base, "--json").stdout)
    shown = run(*base)
    two = json.loads(
        run(*base, "--json", "--several", str(several), "--out", out).stdout
    )
    wrong = run(*base, "--several", facts)
    broken = run(*base, "--several", sender[:-1])

    assert [way["by"] for way in one["routes"]] == ["button", "form", "post"]
    assert one["together"] == ["button", "post"]
    assert "1. button: Coursera" in shown.stdout
    assert [answer["kind"] for answer in two] == ["refund", "cancel"]
    assert (Path(out) / "1-coursera" / "form.txt").is_file()
    assert (Path(out) / "2-gym-one" / "letter.pdf").is_file()
    assert wrong.returncode == broken.returncode == 2


@pytest.mark.parametrize("text", ["[", "{}", "[1]", "[]"])
def test_a_list_of_purchases_that_is_none_is_told(
    files: tuple[Path, Path], text: str
) -> None:
    done = run("routes", "--sender", str(files[1]), "--several", "-", stdin=text)

    assert done.returncode == 2
    assert done.stderr.startswith("--several:")


def test_a_case_from_new_to_closed(files: tuple[Path, Path], tmp_path: Path) -> None:
    facts, sender = map(str, files)
    home = tmp_path / "home"

    def case(*words: str, stdin: str | None = None) -> dict[str, Any]:
        done = run("case", *words, "--json", home=home, stdin=stdin)
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = json.loads(done.stdout)
        return shown

    opened = case("new", "--facts", facts, "--sender", sender)
    name = opened["id"][:8]
    assert opened["state"] == "draft"
    dry = case("send", name, "--dry-run", "--out", str(tmp_path / "dry.eml"))
    assert dry["state"] == "draft"
    assert (tmp_path / "dry.eml").stat().st_size > 10_000
    refused = run("case", "send", name, "--by", "practice", home=home, stdin="n\n")
    assert refused.returncode == 1
    assert "nothing was sent" in refused.stderr
    sent = case("send", name, "--by", "practice", "--yes")
    assert sent["state"] == "answered"
    again = run("case", "send", name, "--by", "practice", "--yes", home=home)
    assert again.returncode == 2
    assert "only once" in again.stderr
    confirmed = case("confirm", name, "--ends-on", "2026-12-10", "--note", "mail")
    assert confirmed["state"] == "confirmed"
    answer = tmp_path / "answer.eml"
    answer.write_bytes(b"Subject: hello\n\nThanks\n")
    assert case("answer", name, str(answer))["state"] == "confirmed"
    assert case("close", name, "--note", "done")["state"] == "closed"
    assert run("case", "close", name, home=home).returncode == 2
    rows = json.loads(run("case", "list", "--json", home=home).stdout)
    assert [row["state"] for row in rows] == ["closed"]
    assert "closed" in run("case", "list", home=home).stdout
    assert "opened" in run("case", "show", name, home=home).stdout
    assert run("case", "export", name, "--out", str(tmp_path / "x"), home=home)
    assert (tmp_path / "x" / "case.json").exists()
    assert run("case", "export", name, "--out", str(tmp_path / "x"),
               home=home).returncode == 2  # fmt: skip
    unwritable = run("case", "export", name, "--out", "/proc/x", home=home)
    assert (unwritable.returncode, "Traceback" in unwritable.stderr) == (1, False)
    assert run("forget", name, home=home, stdin="n\n").returncode == 1
    assert run("forget", name, "--yes", home=home).returncode == 0
    assert run("case", "show", name, home=home).returncode == 2
    assert "No cases yet" in run("case", "list", home=home).stdout


def test_an_end_that_nothing_binds_to_says_so(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    flags = (
        "--merchant",
        "Fjordstream",
        "--contract-kind",
        "streaming",
        "--country",
        "DE",
    )
    told = ("--channel", "web", "--paid-at", "2026-11-17", "--period", "P1M")
    opened = run(
        *("case", "new", "other", *flags, *told, "--as-of", "2026-11-29", "--json"),
        *("--sender", str(files[1])),
        home=tmp_path,
    )
    name = json.loads(opened.stdout)["id"]

    shown = run("case", "show", name, home=tmp_path)
    run("case", "send", name, "--by", "said", "--yes", home=tmp_path)
    confirmed = ("case", "confirm", name, "--ends-on", "2026-12-16", "--note", "mail")
    run(*confirmed, home=tmp_path)
    after = run("case", "show", name, home=tmp_path)

    assert "ends:  16 December 2026, if no term or notice binds you" in shown.stdout
    assert "ends:  16 December 2026\n" in after.stdout


def test_by_word_only_is_said(files: tuple[Path, Path], tmp_path: Path) -> None:
    facts, sender = map(str, files)
    home = tmp_path / "home"
    opened = run(
        "case", "new", "--facts", facts, "--sender", sender, "--json", home=home
    )
    name = json.loads(opened.stdout)["id"]

    nobody = run("case", "send", name, home=home)
    future = run("case", "send", name, "--by", "said", "--on", "2090-01-01", home=home)
    done = run("case", "send", name, "--by", "said", "--on", "2026-11-20", home=home)

    assert (nobody.returncode, nobody.stderr.splitlines()[0][:5]) == (2, "--to:")
    assert future.returncode == 2
    assert "rests on your word" in done.stdout
    assert run("case", "unsent", name, home=home).returncode == 2


def test_the_demo_ends_confirmed() -> None:
    done = run("demo")

    assert done.returncode == 0
    assert "The case is confirmed." in done.stdout
    assert json.loads(run("demo", "--json").stdout)["state"] == "confirmed"


def test_the_catalogue_commands() -> None:
    assert "coursera" in run("catalogue", "search").stdout
    assert json.loads(run("catalogue", "search", "cours", "--json").stdout)
    assert "Nothing by that name" in run("catalogue", "search", "zzz").stdout
    assert "14 days from payment" in run("catalogue", "show", "coursera").stdout
    shown = json.loads(run("catalogue", "show", "coursera", "--json").stdout)
    assert len(shown["versions"]) == 13
    assert run("catalogue", "validate").returncode == 0
    assert json.loads(run("catalogue", "validate", "--json").stdout)["findings"] == []


@pytest.mark.parametrize("content", ["service: bad\n", "- 1\n", "x: [\n"])
def test_an_own_entry_that_cannot_be_used_is_told(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "catalogue-overlay" / "catalogue" / "b" / "bad.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(content, encoding="utf-8")
    monkeypatch.setenv("RESCIND_HOME", str(tmp_path))

    done = run("catalogue", "show", "bad")

    assert done.returncode == 1
    assert "bad.yaml: " in done.stderr
    assert "Traceback" not in done.stderr


def test_validate_fails_on_a_bad_folder(tmp_path: Path) -> None:
    target = tmp_path / "catalogue" / "x"
    target.mkdir(parents=True)
    (target / "x.yaml").write_text("service: x\n", encoding="utf-8")

    done = run("catalogue", "validate", str(tmp_path))

    assert done.returncode == 1
    assert "'name' is a required property" in done.stdout


def test_a_busy_port_and_an_open_host_are_told() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])

        done = run("serve", "--port", port)

    assert done.returncode == 2
    assert "in use by another program" in done.stderr
    assert run("serve", "--host", "0.0.0.0").returncode == 2
    assert run("serve", "--port", "70000").returncode == 2


def test_the_mailbox_keeps_no_password(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert "No mailbox" in run("mailbox", "show", home=home).stdout
    assert run("mailbox", "set", "--host", "h.org", "--user", "me@h.org", "--security",
               "none", home=home).returncode == 2  # fmt: skip
    assert run("mailbox", "set", "--host", "h.org", "--user", "me@h.org", "--port", "x",
               home=home).returncode == 2  # fmt: skip
    done = run("mailbox", "set", "--host", "h.org", "--user", "me@h.org", home=home)

    kept = home / "mailbox.json"
    written = kept.read_text()
    kept.write_text("{spoilt")
    assert run("mailbox", "show", home=home).returncode == 2
    kept.write_text(written)
    assert done.returncode == 0, done.stderr
    assert json.loads(kept.read_text())["host"] == "h.org"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "rescind.sqlite3").stat().st_mode & 0o077 == 0
    assert "me@h.org" in run("mailbox", "show", home=home).stdout


def test_help_teaches() -> None:
    done = run("--help")

    assert "Start here" in done.stdout
    assert "Examples" in run("check", "--help").stdout


def test_help_loads_no_database_and_no_page_layout() -> None:
    code = "import sys, rescind.cli.main as m\ntry: m.main(['--help'])\nexcept SystemExit: pass\nprint([n for n in ('django','typst','yaml','holidays') if n in sys.modules])"  # noqa: E501
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    ("name", "value", "code", "words"),
    [
        ("RESCIND_HOME", "/proc/nowhere", 2, "RESCIND_HOME: nothing can be kept"),
        ("RESCIND_DATABASE_URL", "mysql://x/y", 2, "no database that can be used"),
        ("RESCIND_DATABASE_URL", "postgresql://u@127.0.0.1:1/x", 1, "does not answer"),
    ],
)
def test_settings_that_cannot_be_used_are_told(
    name: str, value: str, code: int, words: str, tmp_path: Path
) -> None:
    environment = os.environ | {"RESCIND_HOME": str(tmp_path), name: value}

    done = run("case", "list", env=environment)

    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_letter_that_is_not_taken_fails_and_says_so(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    facts, sender = map(str, files)
    home = tmp_path / "home"
    opened = run(
        "case", "new", "--facts", facts, "--sender", sender, "--json", home=home
    )
    name = json.loads(opened.stdout)["id"]
    run("mailbox", "set", "--host", "127.0.0.1", "--port", "1", "--user", "a@b.org",
        home=home)  # fmt: skip
    without = run("case", "send", name, "--to", "c@d.org", "--yes", home=home)
    environment = os.environ | {"RESCIND_HOME": str(home), "RESCIND_SMTP_PASSWORD": "x"}

    done = run("case", "send", name, "--to", "c@d.org", "--yes", env=environment)

    assert (without.returncode, "password" in without.stderr) == (2, True)
    assert done.returncode == 1
    assert "The letter was not taken" in done.stderr
    assert "state: ordered" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "near"),
    [
        ("notice", "P9999Y", "P10Y"),
        ("term", "a while", "P12M"),
        ("renewal_term", "P0M", "open"),
        ("sold_by", "telepathy", "phone"),
        ("payment_method", "visa", "visa-debit"),
        ("kind", "spaceship", "membership"),
        ("delivered_at", "2027-01-01", "2026-09-12"),
        ("contract_copy_received", "perhaps", "true"),
    ],
)
def test_what_is_said_of_a_contract_is_checked(
    name: str, value: str, near: str
) -> None:
    facts = {"service": "other", "merchant": "Gym", "kind": "gym", "country": "DE",
             "as_of": "2026-09-12", name: value}  # fmt: skip

    code, answer = check(facts)

    assert code == 2
    assert answer["error"]["field"] == name
    assert near in answer["error"]["suggestions"]
