"""What is kept: cases, events, dispatches, and files named by their digests."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from rescind.store.packed import PackedBytes, PackedJson


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
    verdict = PackedJson()
    """The verdict as it stood when the case was opened."""
    sender = models.JSONField()
    owner = models.CharField(max_length=150, null=True, db_index=True)  # noqa: DJ001 - a column without a default leaves the guards standing
    """Who signed in when it began; empty for whoever runs the program alone."""

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-opened_at", "id"]

    def __str__(self) -> str:
        """Return what is to be ended."""
        return f"{self.service_name} {self.offer}"


class StandingRecord(models.Model):
    """Where a case stands until its next event, as columns, for lists.

    Worked out from the events in the transaction that adds one, and from nothing else:
    it can be thrown away and worked out again (``standings.rebuild``). What the day
    decides is not here but the moment from which it does.
    """

    case = models.OneToOneField(
        CaseRecord, models.CASCADE, primary_key=True, related_name="standing"
    )
    rules = models.CharField(max_length=40, db_index=True)
    """By which rules it was worked out; other ones are worked out again at a start."""
    events = models.PositiveIntegerField(default=0)
    """How many there were."""
    opened_at = models.DateTimeField()
    service = models.CharField(max_length=100)
    service_name = models.CharField(max_length=200)
    offer = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=40)
    country = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=100, blank=True)
    """Of the facts as given: where the days of the case are read and written."""
    state = models.CharField(max_length=20)
    """Never overdue: see ``late_at``."""
    next_step = models.CharField(max_length=80)
    """A code of the words, with its table: while nothing is overdue."""
    confirm_by = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    late_at = models.DateTimeField(null=True)
    """From when on the confirmation is overdue, if nothing comes before."""
    very_late_at = models.DateTimeField(null=True)
    by_word_only = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)
    may_send = models.BooleanField(default=False)
    practice_of = models.UUIDField(null=True, db_index=True)
    """The check that it is a copy of, to practise with: no list has it."""
    person = models.CharField(max_length=200, null=True, db_index=True)  # noqa: DJ001 - a column without a default leaves the guards standing
    """Who signs its letters."""
    lacks_signer = models.BooleanField(default=False)
    lacks_stamp = models.BooleanField(default=False)
    lacks_anchor = models.BooleanField(default=False)
    lacks_block = models.BooleanField(default=False)
    """What could be proved of it and is not, whomever the person asks."""

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-opened_at", "case_id"]
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "case"], name="standing_newest")
        ]

    def __str__(self) -> str:
        """Return what is to be ended, and where that stands."""
        return f"{self.service_name} {self.state}"


class DayRecord(models.Model):
    """A day that counts in a case until its next event, past or not."""

    standing = models.ForeignKey(StandingRecord, models.CASCADE, related_name="days")
    what = models.CharField(max_length=20)
    by = models.CharField(max_length=40)
    """The day, or the moment with its offset, in ISO 8601."""
    moment = models.DateTimeField()
    """The moment itself, or when the day is over in the last time zone."""
    stays = models.BooleanField()
    """Whether it still counts once it is past."""
    why = models.JSONField()
    """A sentence: its table, its code and its values."""

    class Meta:
        """The first day first."""

        indexes: ClassVar = [
            models.Index(fields=["moment", "id", "stays"], name="day_moment"),
        ]

    def __str__(self) -> str:
        """Return what counts, and when."""
        return f"{self.what} {self.by}"


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
    content = PackedBytes()

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
    copy_to = models.CharField(max_length=320, blank=True)
    begun_at = models.DateTimeField(null=True)
    begun_by = models.CharField(max_length=120, blank=True)
    """The name of the work that began it; a second run of that work knows itself."""
    account = models.CharField(max_length=320, blank=True)
    """The mail account that it goes out by, and the domain that it goes to: both have
    their limits."""
    domain = models.CharField(max_length=255, blank=True)

    class Meta:
        """A case has one dispatch of each number."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="dispatch_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "begun_at"], name="dispatch_account"),
            models.Index(fields=["account", "domain", "begun_at"], name="dispatch_to"),
            models.Index(fields=["message_id"], name="dispatch_message"),
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


class WorkRecord(models.Model):
    """What a worker is to do next, of one kind in one case, and when."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="work", null=True)
    """Empty for what belongs to no case: the inbox."""
    action = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    """Names this piece of work among all that ever came up in the case."""
    at = models.DateTimeField(db_index=True)
    tries = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=500, blank=True)
    """Why the last try came to nothing, or what it waits for."""
    has_failed = models.BooleanField(default=False)

    class Meta:
        """One piece of work of a kind in a case."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "action"], name="work_once"),
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(case__isnull=True),
                name="work_of_no_case_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["at"],
                condition=models.Q(has_failed=True),
                name="work_failed",
            )
        ]

    def __str__(self) -> str:
        """Return what is to be done, and when."""
        return f"{self.action} {self.key} at {self.at}"


class NoticeRecord(models.Model):
    """What the person was told of a case, once."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    at = models.DateTimeField()
    said = models.CharField(max_length=500)
    """By which way, or why by none."""

    class Meta:
        """Each thing is told once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "key"], name="notice_once")
        ]

    def __str__(self) -> str:
        """Return what was told."""
        return f"{self.key} at {self.at}"


class WorkerRecord(models.Model):
    """A worker's place, and when it last looked for what is due."""

    name = models.CharField(max_length=60, primary_key=True)
    started_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    done = models.PositiveBigIntegerField(default=0)
    failed = models.PositiveBigIntegerField(default=0)
    missed_from = models.DateTimeField(null=True)
    """When nobody had looked for long before it started: from when on."""
    missed = models.PositiveIntegerField(default=0)
    """How much had come due in that time, and was done late."""

    def __str__(self) -> str:
        """Return which worker it is."""
        return f"{self.name} at {self.looked_at}"


class CheckRecord(models.Model):
    """What a person tells of one contract, until something is done about it.

    It takes its place in no log: it can be changed at will. The first letter that goes
    out, or that the person says they sent, makes a case of it under the same id.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    service = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    """What the person calls it."""
    typed = models.JSONField(default=dict)
    """What stands in the fields of the page, as it was typed."""
    letters = models.JSONField(default=dict)
    """What stands in the fields about each letter, by its kind."""
    sender = models.JSONField(default=dict)
    owner = models.CharField(max_length=150, null=True, db_index=True)  # noqa: DJ001 - a column without a default leaves the guards standing
    """Who signed in when it began; empty for whoever runs the program alone."""

    class Meta:
        """The one that was last worked on first."""

        ordering: ClassVar = ["-changed_at", "id"]

    def __str__(self) -> str:
        """Return what it is about."""
        return self.name


class ImportRecord(models.Model):
    """A statement or a list that was read: its entries, as columns; forgotten whole."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    imported_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=80, unique=True)
    """Of the file's bytes: the same file is kept once."""
    layout = models.JSONField()
    """How it was understood, as shown for confirmation."""
    entries = models.BinaryField()
    """The entries as a Parquet file."""
    content = models.BinaryField(null=True)
    """The file itself, until the person said that it was understood; then erased."""

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-imported_at", "name"]

    def __str__(self) -> str:
        """Return the file's name."""
        return self.name


class PaidByHandRecord(models.Model):
    """Something that is paid for, as the person wrote it down themselves."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    added_at = models.DateTimeField()
    name = models.CharField(max_length=80)
    amount = models.DecimalField(max_digits=18, decimal_places=3)
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=8)
    """ISO 8601."""
    next_on = models.DateField(null=True)
    """A day on which it is charged; later ones follow from it."""
    category = models.CharField(max_length=20)

    class Meta:
        """In the order in which they were added."""

        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        """Return what it is called."""
        return self.name


class DecisionRecord(models.Model):
    """What the person decided about a finding; digests only, and no text."""

    decided_at = models.DateTimeField()
    act = models.CharField(max_length=20)
    marks = models.JSONField()
    others = models.JSONField(default=list)
    identity = models.CharField(max_length=80, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        """In the order in which they were made."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        """Return what was decided."""
        return f"{self.act} {self.identity[:12]}"
