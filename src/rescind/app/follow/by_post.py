"""By post: a letter that was posted is there some days later, and counts from then."""

from rescind.core.model.case import Case
from rescind.core.model.event_details import SaidSentDetails
from rescind.core.model.route import By


def went_by_post(case: Case) -> bool:
    """Return whether the last letter that the person sent themselves was posted."""
    report = case.last(SaidSentDetails)
    return report is not None and By.POST.value in report.way.casefold()
