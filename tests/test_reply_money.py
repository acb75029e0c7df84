"""The letter that answers a part payment, or a refusal: which sum it names."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.answer_mail import write_answer
from tests.test_letters_of_a_case import Run, run

__all__ = ["run"]
TODAY = datetime.now(ZoneInfo("Europe/London")).date()
"""The westernmost of the contracts' days: no later one has begun there."""
BOUGHT = (TODAY - timedelta(days=9)).isoformat()


def answered(run: Run, tmp_path: Path, contract: list[str], text: str) -> str:
    """Withdraw from a contract, answer, and return the letter that replies."""
    name = run("case", "new", "other", "--purchased-at", BOUGHT, *contract)["id"]
    run("case", "send", name, "--by", "said", "--on", TODAY.isoformat())
    run("case", "answer", name, write_answer(tmp_path, text, "Your withdrawal"))
    shown = run("case", "next", name, "reply")
    digest = shown["events"][-1]["details"]["text"].removeprefix("sha256:")
    run("case", "export", name, "--out", str(tmp_path / "all"))
    texts = (
        each.read_bytes() for each in (tmp_path / "all").rglob("*") if each.is_file()
    )
    return next(t.decode() for t in texts if sha256(t).hexdigest() == digest)


def test_a_reply_to_a_part_names_what_is_missing(run: Run, tmp_path: Path) -> None:
    contract = [
        "--merchant", "Partnerbund", "--contract-kind", "dating", "--country", "DE",
        "--channel", "web", "--period", "P6M", "--term", "P6M", "--price", "240 EUR",
        "--sold-by", "online", "--withdrawal-informed", "yes",
        "--start-requested", "yes",
    ]  # fmt: skip
    letter = answered(
        run,
        tmp_path,
        contract,
        "Guten Tag,\n\nwir haben Ihren Widerruf erhalten und erstatten Ihnen 61,50 € "
        "auf Ihr Konto. Der Rest ist als Wertersatz geschuldet.\n",
    )

    assert "zugesagt haben, bleibt um" in letter


def test_a_reply_asks_for_no_less_than_the_letter_did(run: Run, tmp_path: Path) -> None:
    contract = [
        "--merchant", "Gym", "--contract-kind", "gym", "--country", "GB",
        "--channel", "web",
        "--period", "P1M", "--price", "30 GBP", "--sold-by", "phone",
        "--withdrawal-informed", "yes",
    ]  # fmt: skip
    letter = answered(
        run, tmp_path, contract, "Hi Ada,\n\nWe cannot give your money back.\n"
    )

    # nobody said that the gym was to begin at once: nothing is given away for its use
    assert "The sum is £30.00" in letter
