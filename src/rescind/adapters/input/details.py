"""Details: the names of what letters can say beyond facts and sender."""

TEXTS = (
    *("first_kind", "answer", "holder", "change", "body", "problem"),
    *("bank_name", "mandate_id", "creditor_id", "account"),
    *("proof", "spoke_with"),
)
SUMS = ("amount", "new_price")
DAYS = (
    *("end_on", "first_sent_on", "answered_on", "told_on", "change_on"),
    "called_on",
)
DETAILS = (*TEXTS, *SUMS, *DAYS, "reason", "authority", "bank_address")
"""All of them: texts, sums, days, and three with a form of their own."""
