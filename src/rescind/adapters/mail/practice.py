"""The practice merchant: a mailbox inside the program; nothing leaves the machine."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser

from rescind.ports import Handover, Submission

ADDRESS = "cancellations@practice-merchant.invalid"
"""A name that can never be delivered to (RFC 2606)."""
_END_CONFIRMED = (
    "Your subscription is cancelled. It ends on {ends_on}, and no further charge "
    "will be made.\n\n"
)
_RECEIPT = (
    "Thank you for your message, which we have received. We will look into it and get "
    "back to you within a few days.\n\n"
)
_NO_END = frozenset({"refund", "stop-payment", "dispute", "complaint", "erase"})
"""Kinds of letters that end nothing."""


class PracticeMailer:
    """Takes every letter, and answers it as a friendly merchant would."""

    name = "practice"

    def send(self, submission: Submission, dialogue: list[str]) -> Handover:
        """Take the message."""
        size = len(submission.content)
        answer = f"250 the practice merchant took {size} bytes for "
        dialogue.append(f"S: {answer}{submission.recipient}")
        return Handover(answers=(f"{answer}{submission.recipient}",))


def practice_answer(content: bytes, ends_on: str, kind: str) -> bytes:
    """Return the practice merchant's reply to a letter, as raw bytes."""
    message = BytesHeaderParser(policy=policy.default).parsebytes(content)
    reply = EmailMessage(policy=policy.SMTP)
    reply["From"] = ADDRESS
    reply["To"] = str(message["From"])
    reply["Subject"] = f"Re: {str(message['Subject'])[:100]}"
    reply["In-Reply-To"] = str(message["Message-ID"])
    reply["Date"] = str(message["Date"])
    text = _RECEIPT if kind in _NO_END else _END_CONFIRMED.format(ends_on=ends_on)
    reply.set_content(
        f"{text}-- \nThis is the practice merchant: "
        "nothing was sent to a real company.\n"
    )
    return reply.as_bytes()
