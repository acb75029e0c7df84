"""What is kept: cases, events, dispatches, and files named by their digests."""

from typing import ClassVar
from uuid import uuid4

from django.db import models


class CaseRecord(models.Model):
    """A purchase to be ended; everything that happens is an event."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    opened_at = models.DateTimeField()
    service = models.CharField(max_length=100)
    service_name = models.CharField(max_length=200)
    offer = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=40)
    facts = models.JSONField()
    """The facts as given, in the public form."""
    verdict = models.JSONField()
    """The verdict as it stood when the case was opened."""
    sender = models.JSONField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-opened_at", "id"]

    def __str__(self) -> str:
        """Return what is to be ended."""
        return f"{self.service_name} {self.offer}"


class EventRecord(models.Model):
    """One event; the database refuses to change it (see the first migration)."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    known_by = models.CharField(max_length=20)
    details = models.JSONField(default=dict)
    digest = models.CharField(max_length=80, null=True)  # noqa: DJ001 - a column without a default leaves the guards standing
    """Of this event and all before it (``core/prove/chain.py``)."""

    class Meta:
        """In order, and no number twice in a case."""

        ordering: ClassVar = ["case_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="event_once")
        ]

    def __str__(self) -> str:
        """Return what happened."""
        return f"{self.number} {self.kind}"


class FileRecord(models.Model):
    """Bytes of a case, kept as they were; the digest is the name."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="files")
    digest = models.CharField(max_length=80)
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    content = models.BinaryField()

    class Meta:
        """The same bytes are kept once in a case."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "digest"], name="file_once")
        ]

    def __str__(self) -> str:
        """Return the file's name."""
        return f"{self.name} {self.digest}"


class DispatchRecord(models.Model):
    """One sending of one letter; begun at most once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="dispatches")
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=20)
    recipient = models.CharField(max_length=320)
    message_id = models.CharField(max_length=200)
    message_digest = models.CharField(max_length=80)
    begun_at = models.DateTimeField(null=True)

    class Meta:
        """A case has one dispatch of each number."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="dispatch_once")
        ]

    def __str__(self) -> str:
        """Return how and to whom."""
        return f"{self.way} to {self.recipient}"


class AttemptRecord(models.Model):
    """The last try to prove what waits to be proved; taken away when it is."""

    case = models.OneToOneField(CaseRecord, models.CASCADE, related_name="attempt")
    tries = models.PositiveIntegerField()
    tried_at = models.DateTimeField()
    said = models.CharField(max_length=500)

    def __str__(self) -> str:
        """Return what the last try ended in."""
        return f"{self.tries} tries: {self.said}"
