"""Details: the names of what letters can say beyond facts and sender."""

TEXTS = (
    *("first_kind", "answer", "holder", "change", "body", "problem"),
    *("bank_name", "mandate_id", "creditor_id", "account"),
    *("proof", "spoke_with", "new_home", "asked", "lacks", "papers", "paid_through"),
    *("call_with", "call_said"),
    *("bank_said", "given_by", "given_to", "named"),
)
SUMS = ("amount", "repaid", "agreed", "promised", "new_price")
DAYS = (
    *("end_on", "first_sent_on", "answered_on", "told_on", "change_on"),
    *("called_on", "their_end_on", "held_to", "held_said_on", "denied_on"),
    *("confirmed_on", "promised_on", "promised_for"),
    *("confirm_asked_by", "pay_asked_by"),
    *("claimed_on", "biller_refused_on", "disputed_on", "wrote_again_on"),
    *("given_on", "received_on", "end_confirmed", "end_confirmed_on", "call_on"),
)
ADDRESSES = ("bank_address", "merchant_address")
"""Lines, divided by line breaks or semicolons."""
FURTHER = "further_charges"
"""Charges beside the newest: ``2026-10-05 39.95 USD``, divided by semicolons."""
DETAILS = (*TEXTS, *SUMS, *DAYS, "reason", "authority", *ADDRESSES, FURTHER)
"""All of them: texts, sums, days, and those with a form of their own."""
