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
    "charged_after_end": "This payment was taken after you had cancelled: it pays for "
    "nothing, and no clause on renewals covers it.",
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
    "contract_ends": "By what you say of the contract, it ends on {day} if it is "
    "ended now.",
    "contract_end_unknown": "By what you say of the contract, its end cannot be dated.",
    "delivery_decides": "The period runs from the day the goods came; that day is not "
    "known.",
    "law_caps_notice": "{right}: the contract may ask for no longer notice than "
    "{length}.",
    "law_exit": "{right}: the law gives a way out.",
    "law_stops_charges": "{right}: the law wants a simple way to stop further charges.",
    "law_exit_unsettled": "{right}: by its words you can end it at any time; whether "
    "it covers this contract is not settled.",
    "law_exit_on": "{right}: the law lets you end it, on {day} if you do so now.",
    "law_no_copy": "Where no copy of the contract came within 15 days, it can be "
    "cancelled within 30 days of the contract.",
    "law_no_ground": "The merchant did what the law asks, so this right did not arise.",
    "law_no_return_rule": "Where no rule on returns was shown, goods can go back "
    "within 8 days of delivery.",
    "law_not_disclosed": "Where information that the law wants was missing, the "
    "contract can be cancelled within 7 days of getting its copy.",
    "law_performed": "The service was wholly given, at your request and with the loss "
    "of the right acknowledged: the right has ended.",
    "law_price_too_low": "The price is below what this right begins at.",
    "law_second": "The price after the trial was not made clear, so a second period "
    "runs from the day it became paid, to {until}.",
    "law_told_late": "The right was explained late, so its period runs from that day, "
    "to {until}.",
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
    "said_by_you": "You say that the contract holds this.",
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
