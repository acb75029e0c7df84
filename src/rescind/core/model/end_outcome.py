"""What was recorded of an end, or of the money beside it."""

from enum import StrEnum


class EndOutcome(StrEnum):
    """What a confirmation says: an end that they named, or something less."""

    CONFIRMED = "confirmed"
    NO_DAY_NAMED = "no_day_named"
    """They confirmed the end and named no day: it is the day that was asked for."""
    NO_CHARGE = "no_charge"
    """The person saw no further charge."""
    PAYS_BACK = "pays_back"
    """They promised money, and named no end."""
    RENEWAL_STOPS = "renewal_stops"
    RENEWAL_UNDATED = "renewal_undated"
    MONEY_CAME = "money_came"
    REST_OPEN = "rest_open"
    """Less came than was waited for; of the end nothing more was said."""
    WITHDREW = "withdrew"
    """The person withdrew before the case began; of them nobody heard a word yet."""
    NOTHING_OWED = "nothing_owed"
    """The person says that nothing is to come back."""
