"""What each route takes, and what it leaves as proof."""

from collections.abc import Mapping

from rescind.core.model.route import By
from rescind.core.model.sentence import Sentence


def _steps(*codes: str) -> tuple[Sentence, ...]:
    return tuple(Sentence.of("route_step", code) for code in codes)


def _proofs(*codes: str) -> tuple[Sentence, ...]:
    return tuple(Sentence.of("route_proof", code) for code in codes)


FIND_ADDRESS = Sentence.of("route_step", "find_address")
"""Comes first where the address stands in the person's own papers only."""
STEPS: Mapping[By, tuple[Sentence, ...]] = {
    By.FORM: _steps("paste_into_form", "attach_pdf", "submit_form"),
    By.EMAIL: _steps("open_draft", "use_account_address"),
    By.FAX: _steps("send_fax"),
    By.PHONE: _steps("say_on_phone", "note_the_call", "confirm_by_letter"),
    By.POST: _steps(
        "print_and_sign", "fold_at_marks", "send_registered", "keep_post_receipt"
    ),
}
"""Steps of a route that a letter goes by; any other has the merchant's own."""
KEEP: Mapping[By, tuple[Sentence, ...]] = {
    By.BUTTON: _proofs("page_before_click", "page_after_click", "confirmation_mail"),
    By.STORE: _proofs("end_in_store", "store_mail"),
    By.FORM: _proofs("form_filled_in", "page_after_form", "receipt_mail"),
    By.EMAIL: _proofs("mail_sent", "server_answers"),
    By.FAX: _proofs("fax_report"),
    By.PHONE: _proofs("call_note"),
    By.POST: _proofs("post_receipt", "delivery_record"),
    By.ASK: _proofs("written_answer"),
}
"""What to keep as proof."""
