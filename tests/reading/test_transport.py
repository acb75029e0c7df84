"""What servers say of a delivery, however far from the standards they say it."""

from typing import Any

import pytest

from rescind.adapters.data.phrasebooks import tongues
from rescind.adapters.mail.dsn import read_notices
from rescind.adapters.mail.parse import message_of_row, parse_message
from rescind.core.follow.reading.message import read
from rescind.core.model.message import Label, Reading


def a_mail(body: str, **headers: str) -> bytes:
    """Return a message; ``From`` and the like as keywords."""
    fields = {"From": "MAILER-DAEMON@mx.example.org", "To": "ada@home.example.org"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{head}\r\n{body}".encode()


def a_report(status: str, kind: str = "report", *, before: str = "") -> bytes:
    """Return a notice whose second part holds these groups of fields."""
    content = (
        f"--b\r\nContent-Type: text/plain\r\n\r\nIt did not arrive.\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n--b--\r\n"
    )
    head = (
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\n"
        "To: ada@home.example.org\r\nSubject: Returned\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/{kind}; boundary="b"\r\n\r\n'
    )
    return f"{before}{head}{content}".encode()


def said(raw: bytes) -> Reading:
    """Return what a message is."""
    return read(parse_message(raw, "m"), tongues())


ONE = "Final-Recipient: rfc822; desk@merchant.example.org\r\n"
ABOUT = "Reporting-MTA: dns; mx.example.org\r\n\r\n"


@pytest.mark.parametrize(
    ("fields", "kind", "label"),
    [
        ("Action: failed\r\nStatus: 5.1.1", "mixed", "bounce_permanent"),
        (
            "Action: FAILED (user unknown)\r\nStatus: 5.1.1",
            "report",
            "bounce_permanent",
        ),
        ("Action: expired\r\nStatus: 4.4.7", "report", "delayed"),
        ("Action: undeliverable\r\nStatus:", "report", "bounce_permanent"),
        ("Action: deliverable\r\nStatus: 2.1.5", "report", "delivered"),
        ("Diagnostic-Code: smtp; 550 5.1.1 nobody", "report", "bounce_permanent"),
        ("Action: delayed\r\nStatus: 4.4.1", "report", "delayed"),
        ("Action: relayed\r\nStatus: 2.1.9", "report", "delivered"),
    ],
)
def test_an_action_of_a_servers_own_goes_by_its_code(
    fields: str, kind: str, label: str
) -> None:
    reading = said(a_report(f"{ABOUT}{ONE}{fields}\r\n", kind))

    assert reading.label == label
    assert [r.address for r in reading.recipients] == ["desk@merchant.example.org"]


def test_a_report_may_say_nothing_of_the_whole_message() -> None:
    (notice,) = read_notices(a_report(f"{ONE}Action: failed\r\nStatus: 5.1.1\r\n"))

    assert notice.recipient == "desk@merchant.example.org"
    assert notice.reporting_server == ""


def test_a_recipient_of_whom_nothing_is_said_is_none() -> None:
    assert read_notices(a_report(f"{ABOUT}{ONE}")) == ()


def test_a_notice_inside_a_forwarded_message_is_read() -> None:
    inner = a_report(f"{ABOUT}{ONE}Action: failed\r\nStatus: 5.1.1\r\n").decode()
    raw = (
        "From: postmaster@gate.example.org\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="w"\r\n\r\n'
        f"--w\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--w--\r\n"
    )

    assert said(raw.encode()).label == "bounce_permanent"


def test_a_notice_returned_by_a_notice_does_not_speak() -> None:
    old = a_report(f"{ABOUT}{ONE}Action: failed\r\nStatus: 5.1.1\r\n").decode()
    new = ONE.replace("desk", "help")
    raw = a_report(f"{ABOUT}{new}Action: delayed\r\nStatus: 4.4.1\r\n").decode()
    raw = raw.replace(
        "--b--", f"--b\r\nContent-Type: message/rfc822\r\n\r\n{old}\r\n--b--"
    ).replace('boundary="b"\r\n\r\n--b', 'boundary="b"\r\n\r\n--b', 1)

    recipients = [notice.recipient for notice in read_notices(raw.encode())]

    assert recipients == ["help@merchant.example.org"]


def test_fields_that_stand_in_the_text_are_read() -> None:
    body = f"Returned.\n\n{ABOUT}{ONE}Action: failed\nStatus: 5.1.2\n"

    reading = said(a_mail(body, Subject="Hello"))

    assert reading.label == "bounce_permanent"
    assert reading.recipients[0].permanent is True


def test_blank_lines_before_the_headers_are_skipped() -> None:
    raw = a_report(f"{ABOUT}{ONE}Action: failed\r\nStatus: 5.1.1\r\n", before="\r\n\n")

    assert said(raw).label == "bounce_permanent"


@pytest.mark.parametrize(
    ("status", "words", "permanent"),
    [
        ("5.1.1", "", True),
        ("5.1.10", "null MX", True),
        ("5.0.0", "550 no such user here", True),
        ("5.4.1", "Recipient address rejected: Access denied", True),
        ("5.7.1", "the sending host is on a block list", False),
        ("5.7.1", "message refused by content policy", False),
        ("5.1.8", "Sender address rejected: Domain not found", False),
        ("5.4.7", "timed out while connecting", False),
        ("5.0.0", "552 mailbox is full", False),
        ("5.2.2", "", False),
        ("5.3.2", "", False),
        ("4.4.7", "user unknown", False),
        ("5.0.0", "", None),
    ],
)
def test_only_what_blames_the_address_makes_it_bad(
    status: str, words: str, permanent: Any
) -> None:
    raw = a_report(
        f"{ABOUT}{ONE}Action: failed\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {words}\r\n"
    )

    (recipient,) = said(raw).recipients

    assert recipient.permanent is permanent


@pytest.mark.parametrize(
    ("disposition", "label"),
    [
        ("manual-action/MDN-sent-manually; displayed", "read"),
        ("automatic-action/MDN-sent-automatically; deleted", "other"),
        ("automatic-action/MDN-sent-automatically; processed/error", "other"),
        ("nonsense", "other"),
    ],
)
def test_only_displayed_is_read(disposition: str, label: str) -> None:
    raw = (
        "From: box@moor.example.org\r\nSubject: Report\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=disposition-notification; "
        'boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report.\r\n'
        "--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
        f"Disposition: {disposition}\r\n\r\n--b--\r\n"
    )

    reading = said(raw.encode())

    assert reading.label == label
    assert reading.needs_person is (label == "other")


@pytest.mark.parametrize(
    ("headers", "body", "label", "addresses"),
    [
        (
            {"From": "<>", "Subject": "Mail delivery failed"},
            "Your mail to <ulf@fell.example> came back.\nReason: host not known",
            "bounce_permanent",
            ["ulf@fell.example"],
        ),
        (
            {"From": "ndr@relay.example.org", "Subject": "Undeliverable: hello"},
            "<eva@cove.example>: nobody of that name lives here",
            "bounce_permanent",
            ["eva@cove.example"],
        ),
        (
            {"Subject": "Delivery Status Notification (Failure)"},
            "The group (choir) may be missing, or you may lack the right to post.",
            "bounce_permanent",
            [],
        ),
        (
            {"Subject": "Undelivered mail"},
            "<tim@bay.example>: user unknown\n\nQuestions? Write to care@help.example.",
            "bounce_permanent",
            ["tim@bay.example"],
        ),
        (
            {"Subject": "Undelivered mail"},
            "<ada@home.example.org>: user unknown",
            "bounce_permanent",
            ["ada@home.example.org"],
        ),
        (
            {"Subject": "Undelivered mail"},
            (
                "did not reach the following recipient(s):\n\n"
                "c=US;p=X;SMTP=kim@dune.example; on Friday\n  name not recognized"
            ),
            "bounce_permanent",
            ["kim@dune.example"],
        ),
        (
            {"Subject": "Undelivered mail"},
            "The recipient is lea@localhost and the disk is full: over quota",
            "bounce_temporary",
            ["lea@localhost"],
        ),
        (
            {"Subject": "x", "X_Failed_Recipients": "a@b.example, c@d.example"},
            "A message that you sent could not be delivered.",
            "bounce_permanent",
            ["a@b.example", "c@d.example"],
        ),
        (
            {"Subject": "Returned mail", "From": "care@shop.example"},
            (
                "<joe@bay.example>: 550 5.1.1 no such user\n\n"
                "--- Original message ---\n\nFrom: me@home.example"
            ),
            "bounce_permanent",
            ["joe@bay.example"],
        ),
        (
            {"Subject": "Returned mail"},
            "Received: from a by b\n\n<joe@bay.example>\n550 no such user",
            "bounce_permanent",
            ["joe@bay.example"],
        ),
        (
            {"Subject": "Undelivered mail"},
            (
                "Gave up after a while with kit@bay.example\n\n"
                "Received: from a by b\n\tfor c\nFrom: ada@home.example.org\n"
                "To: other@where.example\nSubject: hello"
            ),
            "bounce_permanent",
            ["kit@bay.example"],
        ),
        (
            {"Subject": "メール", "From": "MAILER-DAEMON@mx.example.jp"},
            "<ken@bay.example>\n宛先不明のため配信できませんでした。",
            "bounce_permanent",
            ["ken@bay.example"],
        ),
        (
            {"Subject": "Undelivered mail"},
            (
                "It was not delivered to these:\nFor help write to care@help.example\n"
                "at once, or see ira@bay.example"
            ),
            "bounce_permanent",
            ["ira@bay.example"],
        ),
        (
            {"Subject": "Returned mail"},
            "--- Returned message ---\n<joe@bay.example> 550 no such user",
            "bounce_permanent",
            ["joe@bay.example"],
        ),
        (
            {"Subject": "Mail delivery failed"},
            "could not be delivered to 🙂ida@bay.example...User unknown",
            "bounce_permanent",
            ["🙂ida@bay.example"],
        ),
        (
            {"Subject": "Undelivered mail"},
            "<ole@reef.example>: 451 4.7.1 greylisted, come back",
            "bounce_temporary",
            ["ole@reef.example"],
        ),
        (
            {"Subject": "Warning: mail still waiting"},
            "<ole@reef.example> has not been delivered yet; will be retried",
            "delayed",
            ["ole@reef.example"],
        ),
    ],
)
def test_servers_that_follow_no_standard(
    headers: dict[str, str], body: str, label: str, addresses: list[str]
) -> None:
    reading = said(a_mail(body, **headers))

    assert reading.label == label
    assert [recipient.address for recipient in reading.recipients] == addresses


@pytest.mark.parametrize(
    ("sender", "subject", "body"),
    [
        (
            "postmaster@shop.example",
            "Spring tools",
            "If a page is not found, call us. The address is no longer valid.",
        ),
        (
            "parcels@post.example",
            "Delivery failed",
            "We tried to deliver your parcel and could not reach you.",
        ),
        ("jo@lake.example", "Re: camera", "I take photos while on vacation, so buy."),
        ("ads@car.example", "Warranty", "Save now, before it is too late!"),
        ("deals@shop.example", "Try it", "Send it back and we will refund the price."),
        ("sales@life.example", "Two fees", "The policy expires at age 90. Ask for it."),
    ],
)
def test_ordinary_mail_is_nobodys_answer(sender: str, subject: str, body: str) -> None:
    reading = said(a_mail(body, From=sender, Subject=subject))

    assert reading.needs_person
    assert not reading.label.startswith(("bounce", "delayed", "out_of"))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (
            {
                "Subject": "[Automatyczna odpowiedź] test",
                "Auto_Submitted": "auto-replied",
            },
            "Nie ma mnie w biurze do 9 marca.",
        ),
        ({"Subject": "AutoRespons: hello"}, "Thanks."),
        ({"Subject": "Re: x", "Precedence": "auto_reply"}, "I am on vacation."),
        ({"Subject": "Re: x", "X_Autoreply": "yes"}, "I am on vacation."),
        ({"Subject": "hello"}, "I am out of the office until 5 March."),
    ],
)
def test_notes_of_absence(headers: dict[str, str], body: str) -> None:
    mail = a_mail(body, From="Ewa <ewa@lake.example>", **headers)

    assert said(mail).label == "out_of_office"


QUOTE = "I want to cancel my plan and have my money back."


@pytest.mark.parametrize(
    "head",
    [
        "On Tue, Mar 3, 2026 at 9:12 AM, Nora Vale <nora@vale.example>\nwrote:\n\n> {}",
        "2026-03-03 9:12 GMT+01:00 Nora Vale <nora@vale.example>:\n\n{}",
        "-------- Ursprüngliche Nachricht --------\n{}",
        "---- Forwarded by Al Reed/XY on 03/03/2026 ----\n\nNora Vale\n{}",
        "Nora Vale\n03/03/2026 08:00 AM\nTo: Al Reed\ncc:\nSubject: letter\n\n{}",
        "03/03/2026 08:00 AM\nTo: Al Reed\ncc:\nSubject: letter\n\n{}",
        "________________________\nVon: Nora\nGesendet: 3.3.2026\nAn: Al\n\n{}",
        "==== Reply ====\nFrom: Nora\nSubject: letter\n\n{}",
        "*Fra:* Nora Vale <nora@vale.example>\n*Sendt:* 3. mars 2026 09:12\n\n{}",
        "Begin forwarded message:\n\n{}",
        "##- Please reply above this line -##\n{}",
        "---- On Tue, 3 Mar 2026 09:12 Nora wrote ----\n{}",
        "于2026年3月3日周二 Nora <nora@vale.example> 写道：\n\n{}",
        "-- \nAl\n{}",
        "> {}",
    ],
)
def test_what_is_quoted_does_not_speak(head: str) -> None:
    body = f"Noted.\n\n{head.format(QUOTE)}\n"

    assert said(a_mail(body, From="al@firm.example", Subject="Re: x")).new_text == (
        "Noted."
    )


@pytest.mark.parametrize(
    "body",
    [
        "Please note the following:\nYour plan ended on 3 March 2026.",
        "Plan: Basic\nPrice: €9.99\nYour subscription has been cancelled.",
        "The plan\n3/3/2026\nhas ended",
        f"{'word ' * 80}:\nmore",
        "Al wrote to us, and we answer you:\n\nit has ended.",
        "Bye\n--------------------\nAl, Customer Care",
    ],
)
def test_what_only_looks_like_a_quote_is_kept(body: str) -> None:
    mail = a_mail(body, From="al@firm.example", Subject="Re: x")

    assert said(mail).new_text.split() == body.split()


@pytest.mark.parametrize("last", ["Sent from my iPhone", "Von meinem Handy gesendet"])
def test_the_signature_of_a_device_is_left_out(last: str) -> None:
    mail = a_mail(f"Noted.\n\n{last}\n", From="al@firm.example", Subject="Re: x")

    assert said(mail).new_text == "Noted."


def test_an_end_in_a_long_message_or_sentence_is_for_a_person() -> None:
    end = "Your subscription has been cancelled."
    long = f"{end} {'We have some news for you here. ' * 80}"
    endless = f"your subscription has been cancelled {'and so on ' * 30}"

    for body, is_sure in ((end, True), (long, False), (endless, False)):
        reading = said(a_mail(body, From="al@firm.example", Subject="Hi"))
        assert reading.needs_person is not is_sure


def test_an_end_that_something_speaks_against_is_for_a_person() -> None:
    body = (
        "Your subscription has been cancelled. We cannot end your contract before the "
        "minimum term is over, your payments remain due."
    )

    assert said(a_mail(body, From="al@firm.example", Subject="Re: x")).needs_person


@pytest.mark.parametrize(
    "words",
    [
        "Avtalen din utløper 26. mai, og det kommer et gebyr på 590 kroner.",
        "Contract 554 ends on 31 May. Questions? Write to care@fit.example.",
        (
            "Facture du 5.12.26 : 495 EUR.\n\nFrom: me@home.example\n"
            "To: care@fit.example\nSubject: Résiliation\nDate: 1 May 2026\n"
        ),
    ],
)
@pytest.mark.parametrize("sender", ["", "care@fit.example"])
def test_a_sum_is_no_code_of_a_server(words: str, sender: str) -> None:
    row = {"id": "1", "date": "2026-05-12", "from": sender, "body": words}

    reading = read(message_of_row(row, "1"), tongues(), is_awaited=True)

    assert not reading.label.value.startswith("bounce")


def test_a_notice_of_a_server_is_one_also_where_it_was_pasted() -> None:
    words = (
        "I'm sorry that your message could not be delivered.\n<care@fit.example>: "
        "host mx.fit.example said: 550 5.1.1 <care@fit.example>: User unknown"
    )
    row = {"id": "1", "date": "2026-05-12", "from": "", "body": words}

    reading = read(message_of_row(row, "1"), tongues(), is_awaited=True)

    assert reading.label is Label.BOUNCE_PERMANENT
    assert [each.address for each in reading.recipients] == ["care@fit.example"]
