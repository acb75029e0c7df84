"""What each reason says to the person who asked, by its code."""

TITLES = {
    "show": "See what you have",
    "cancel": "Cancel",
    "renewal": "Next charge",
    "access": "Access",
    "refund": "Refund by the merchant's terms",
    "withdrawal": "Withdrawal by law",
    "pause": "Pause",
    "resume": "Resume",
    "unenroll": "Leave the course",
    "remove_payment_method": "Remove the payment method",
    "delete_account": "Delete the account",
}
"""What each topic is called."""

REASONS = {
    "anchored": "Charges are counted from the first one, on the same day of the "
    "month or, where a month lacks it, on that month's last day. The terms do not "
    "say so; it is how billing is assumed to run.",
    "already_cancelled": "It is cancelled already; no further charge is due.",
    "business_contract": "This is a business contract, outside consumer law.",
    "channel_decides": "Who bills decides who has to be asked.",
    "contract_not_yours": "Somebody else contracted and paid; the right is theirs.",
    "country_decides": "The right depends on the country the buyer lives in.",
    "ended_by_certificate_earned": "Earning a certificate ended the refund.",
    "fact_decides": "The answer depends on: {facts}.",
    "first_charge_decides": "The day of the first charge decides; it follows the "
    "trial, whose end is not known.",
    "first_day_decides": "The terms in force on the day of purchase decide; that day "
    "is not known.",
    "law_extended": "The right was not explained, so the longer period runs to "
    "{until}.",
    "law_over": "The statutory period ended on {until}.",
    "law_none": "There is no statutory right to withdraw from an online purchase here.",
    "law_open": "The statutory period of {length} runs to {until}.",
    "law_waived": "Digital content loses the right once begun with consent and "
    "acknowledgement; whether this purchase is content or a service is not settled.",
    "no_law_recorded": "No source about this place is in the catalogue yet.",
    "not_a_consumer": "The right belongs to consumers.",
    "nothing_paid_yet": "Nothing has been paid yet, so nothing can come back.",
    "nothing_renews": "Nothing renews: this was paid once.",
    "offer_decides": "What was bought decides.",
    "official_texts_conflict": "The merchant's own texts contradict each other.",
    "others_conflict": "The merchant's terms are silent and other sources conflict.",
    "said": "The texts in force on the day of purchase say so.",
    "said_by_guides": "Only guides say so; no text of the merchant was found.",
    "silent": "No source in the catalogue speaks to this.",
    "terms_at_payment": "The terms on the day of the last payment ({day}) say "
    "otherwise than those of the purchase.",
    "terms_at_purchase": "The terms on the day of purchase ({day}) say this.",
    "trial_runs": "The trial ends first; the charge follows it.",
    "trial_stated": "The terms of that day state the length of the trial.",
    "window_open": "The window of {length} is open until {until}.",
    "window_over": "The window of {length} ended on {until}.",
}
"""Sentence templates; the placeholders are days, lengths and names."""


def say(code: str, **values: object) -> str:
    """Return the sentence for a reason.

    >>> say("window_over", length="7 days", until="2026-06-13")
    'The window of 7 days ended on 2026-06-13.'
    """
    return REASONS[code].format_map(values)
