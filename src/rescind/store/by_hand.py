"""What is paid for by the person's own word: added, changed, taken away."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from rescind.core.errors import BadInput
from rescind.core.model.money import Money
from rescind.store.models import PaidByHandRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidByHand:
    """Something that is paid for again and again, as the person wrote it down."""

    id: str
    """Empty for one that is not kept yet."""
    name: str
    amount: Money
    period: str
    """ISO 8601."""
    next_on: date | None
    """A day on which it is charged, past or not; None where that is not known."""
    category: str


def paid_by_hand() -> tuple[PaidByHand, ...]:
    """Return all of it, in the order in which it was added."""
    return tuple(map(_paid, PaidByHandRecord.objects.all()))


def find(key: str) -> PaidByHand | None:
    """Return what has an id; ``None`` where nothing has it."""
    record = PaidByHandRecord.objects.filter(pk=_uuid(key)).first()
    return None if record is None else _paid(record)


def keep(paid: PaidByHand, *, now: datetime) -> str:
    """Keep something new, or what has its id in place of what was; return its id.

    Raises BadInput where it is not there any more.
    """
    values = {
        "name": paid.name,
        "amount": paid.amount.amount,
        "currency": paid.amount.currency,
        "period": paid.period,
        "next_on": paid.next_on,
        "category": paid.category,
    }
    if not paid.id:
        return str(PaidByHandRecord.objects.create(added_at=now, **values).pk)
    if not PaidByHandRecord.objects.filter(pk=_uuid(paid.id)).update(**values):
        raise BadInput("finding", "it is not there any more")
    return paid.id


def forget(key: str) -> None:
    """Take something away; harmless where it is gone."""
    PaidByHandRecord.objects.filter(pk=_uuid(key)).delete()


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadInput("finding", "that is no name of it") from error


def _paid(record: PaidByHandRecord) -> PaidByHand:
    return PaidByHand(
        id=str(record.pk),
        name=record.name,
        amount=Money(amount=record.amount, currency=record.currency),
        period=record.period,
        next_on=record.next_on,
        category=record.category,
    )
