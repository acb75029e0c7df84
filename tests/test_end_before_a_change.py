"""One end for who leaves because of a higher price: answer, letter and what follows."""

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.test_letters_of_a_case import TODAY, Run, run

__all__ = ["run"]
RISE = TODAY + timedelta(days=33)
CONTRACT = [
    "other", "--merchant", "NOS", "--contract-kind", "telecom", "--country", "PT",
    "--channel", "web", "--sold-by", "online", "--withdrawal-informed", "yes",
    "--purchased-at", (TODAY - timedelta(days=200)).isoformat(), "--term", "P24M",
    "--period", "P1M", "--price", "39.99 EUR",
    "--price-raised-at", RISE.isoformat(),
    "--change-told-at", (TODAY - timedelta(days=4)).isoformat(),
]  # fmt: skip


@pytest.mark.parametrize("sooner", [1, 5])
def test_the_last_day_before_a_higher_price_or_a_sooner_one_is_no_quarrel(
    run: Run, tmp_path: Path, sooner: int
) -> None:
    case = run("case", "new", *CONTRACT)
    last = RISE - timedelta(days=1)
    assert case["ends_on"] == last.isoformat()
    name = case["id"]
    run("case", "send", name, "--by", "said", "--on", TODAY.isoformat())
    message = EmailMessage()
    message["From"] = "help@nos.example"
    message["To"] = "ada@home.example.org"
    message["Subject"] = "O seu pedido"
    message["Message-ID"] = "<1@nos.example>"
    named = RISE - timedelta(days=sooner)
    message.set_content(f"O contrato termina em {named:%d/%m/%Y}.\n")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())

    run("case", "answer", name, str(tmp_path / "a.eml"))

    codes = str(run("case", "advise", name))
    assert "later" not in codes
    assert "earlier" not in codes
