"""The practice merchant: a mailbox inside the program; nothing leaves the machine."""

from email import policy
from email.message import EmailMessage

from rescind.ports import Handover

ADDRESS = "cancellations@practice-merchant.invalid"
"""A name that can never be delivered to (RFC 2606)."""


class PracticeMailer:
    """Takes every letter, and answers it as a friendly merchant would."""

    name = "practice"

    def send(self, message: EmailMessage, recipient: str) -> Handover:
        """Take the message."""
        size = len(message.as_bytes())
        answer = f"250 the practice merchant took {size} bytes for {recipient}"
        return Handover(answers=(answer,))


def practice_answer(message: EmailMessage, ends_on: str) -> bytes:
    """Return the practice merchant's reply to a letter, as raw bytes."""
    reply = EmailMessage(policy=policy.SMTP)
    reply["From"] = ADDRESS
    reply["To"] = str(message["From"])
    reply["Subject"] = f"Re: {str(message['Subject'])[:100]}"
    reply["In-Reply-To"] = str(message["Message-ID"])
    reply["Date"] = str(message["Date"])
    reply.set_content(
        "This is the practice merchant.\n\n"
        f"Your subscription is cancelled. It ends on {ends_on}, and no further charge "
        "will be made.\n\n"
        "(Nothing was sent to a real company.)\n"
    )
    return reply.as_bytes()
