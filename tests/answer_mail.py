"""What a company answers, as a file of a mail program."""

from email.message import EmailMessage
from pathlib import Path


def write_answer(folder: Path, text: str, subject: str) -> str:
    """Write an answer to Ada and return the path of its file."""
    message = EmailMessage()
    message["From"] = "help@merchant.example"
    message["To"] = "ada@home.example.org"
    message["Subject"] = subject
    message["Message-ID"] = "<1@merchant.example>"
    message.set_content(text)
    path = folder / "a.eml"
    path.write_bytes(message.as_bytes())
    return str(path)
