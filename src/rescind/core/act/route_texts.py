"""What each way takes and leaves as proof, in words."""

from collections.abc import Mapping

from rescind.core.model.route import By

STEPS: Mapping[By, tuple[str, ...]] = {
    By.FORM: (
        "Sign in, open the form and paste the text; change nothing in it.",
        "Attach the PDF if the form takes files.",
        "Submit the form, and keep what the page then shows.",
    ),
    By.EMAIL: (
        "Open the draft in your mail program, or let Rescind send it after your yes.",
        "Use the address that the account has.",
    ),
    By.FAX: (
        "Send the PDF with a fax that prints a report with a picture of the page.",
    ),
    By.POST: (
        "Print the PDF and sign it by hand.",
        "Fold it at the marks, so that the address shows in the window.",
        "Take it to the post office, and have it sent as a registered letter.",
        "Keep the receipt with its number, and put it into the case.",
    ),
}
OWN_PAPERS = "the address of {name} in your contract"
LOOK = (
    "Look into your contract, the last invoice, or the imprint of the site for the "
    "address, and whether the contract asks for a form."
)
KEEP: Mapping[By, tuple[str, ...]] = {
    By.BUTTON: (
        "a picture of the page before the last click, with the day and the plan on it",
        "a picture of the page after it",
        "the confirmation by e-mail, as the file it came in",
    ),
    By.STORE: (
        "a picture of the subscription with its end date in the store",
        "the store's e-mail, as the file it came in",
    ),
    By.FORM: (
        "a picture of the form filled in, before it is sent",
        "a picture of the page after it, with the request's number",
        "the receipt by e-mail, as the file it came in",
    ),
    By.EMAIL: (
        "the mail in your sent folder",
        "the answers of the mail server, which Rescind keeps when it sends",
    ),
    By.FAX: ("the report of the fax with the picture of the page",),
    By.POST: (
        "the post office's receipt with its number and day",
        "the signed card or the delivery record that comes back",
    ),
    By.ASK: ("the answer in writing, with a name and a day",),
}
TOGETHER = (
    "The first counts, but what you keep of it is your own picture; the second leaves "
    "a record that others keep too. Send both on one day: the same words do no harm."
)
SOON = (
    "The deadline is near and the post may take longer: do the first today, so that it "
    "is in time, and post the letter as the record."
)
