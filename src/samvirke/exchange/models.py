"""What came in from the agencies' own systems."""

from __future__ import annotations

from django.db import models


class ImportRun(models.Model):
    """One file from one system: how many rows it had and what became of them. No person data.

    Its id is the name under which its records can be taken back. Taking back is a run of its own that
    names the one it undoes; its `refused` are the rows that stayed, with the reason.
    """

    id = models.UUIDField(primary_key=True)
    system = models.TextField()  # social_service, nav
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    file_name = models.TextField()
    file_hash = models.TextField()
    started_at = models.DateTimeField()
    imported_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    mode = models.TextField(default="good_rows_only")  # inbox Mode
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="undone_by")
    rows = models.IntegerField()
    new = models.IntegerField()
    changed = models.IntegerField()
    same = models.IntegerField()
    refused = models.IntegerField()
    held_back = models.IntegerField(default=0)  # sound rows of a file of which nothing was taken in
    withdrawn = models.IntegerField(default=0)  # of the run it undoes

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="every_row_is_accounted_for",
                condition=models.Q(
                    rows=models.F("new")
                    + models.F("changed")
                    + models.F("same")
                    + models.F("refused")
                    + models.F("held_back")
                    + models.F("withdrawn")
                ),
            )
        ]


class RefusedLine(models.Model):
    """A row that was refused: where, which field, why, what to do. Never the row's own content."""

    id = models.UUIDField(primary_key=True)
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="refusals")
    row = models.IntegerField()
    field = models.TextField()
    reason = models.TextField()  # message id
    params = models.JSONField()
    what_to_do = models.TextField()  # message id


class ColumnMapping(models.Model):
    """Which column of a unit's own lists is what. Saved anew rather than changed; the newest counts."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField()  # our field: their heading
    date_format = models.TextField()
    codes = models.JSONField()  # our field: their code: our code
    saved_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    version = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "version"], name="one_mapping_a_version")]


class Progress(models.Model):
    """How far a job under way has come, and whether it was given up. Told by the worker, beside its work."""

    done = models.IntegerField(default=0)  # steps of the job under way
    expected = models.IntegerField(default=0)  # steps in all; 0 until a worker has taken the job
    told_at = models.DateTimeField(null=True)  # when the worker told last
    has_failed = models.BooleanField(db_default=False)  # after several attempts: none is made by itself

    class Meta:
        abstract = True


class TakingBack(Progress):
    """Somebody has asked to take a run back: who, and how far a worker has come. No row of it.

    What was done, the run tells that undoes it.
    """

    id = models.UUIDField(primary_key=True)
    run = models.OneToOneField(ImportRun, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()


class Upload(Progress):
    """A file on its way in: who sent it, how far it has come, and what a dry run said. No row of it.

    Seen by the post that sent it and nobody else. What the file holds lies sealed in its parts.
    """

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("agencies.Unit", on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    keep_until = models.DateTimeField()  # the file is read no longer
    system = models.TextField()  # AgencyKind
    file_name = models.TextField()
    size = models.IntegerField()  # bytes
    stage = models.TextField()  # uploads Stage
    mode = models.TextField(blank=True)  # inbox Mode, once it is chosen
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    is_broken = models.BooleanField(default=False)  # the file itself is unsound
    run = models.OneToOneField(ImportRun, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["uploaded_by", "-uploaded_at"], name="uploads_of_post")]
        constraints = [
            models.CheckConstraint(
                name="stage_of_an_upload_known",
                condition=models.Q(stage__in=["received", "checking", "checked", "taking_in", "taken_in"]),
            ),
            models.CheckConstraint(
                name="taken_in_with_a_run",
                condition=models.Q(stage="taken_in", run__isnull=False)
                | (~models.Q(stage="taken_in") & models.Q(run__isnull=True)),
            ),
        ]


class UploadPart(models.Model):
    """A piece of an uploaded file, sealed under a key outside the database. Gone with the file."""

    id = models.UUIDField(primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="parts")
    number = models.IntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="one_part_per_number")]


class DifferingRows(models.Model):
    """Rows of an uploaded file that a dry run found to change something, sealed as its parts are.

    They say what the file says, without national ids; what is stored is read anew when they are shown. Gone
    with the file, and with the next dry run.
    """

    id = models.UUIDField(primary_key=True)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+", db_index=False)
    verdict = models.TextField()  # new, changed, refused
    number = models.IntegerField()
    last_row = models.IntegerField()  # of the file
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "verdict", "number"], name="one_piece_per_number")
        ]


class CaseEvent(models.Model):
    """One event of an agency's own case, as its message told it. Written once per message and place."""

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("gate.Subject", on_delete=models.PROTECT, related_name="+")
    message_id = models.TextField()
    position = models.IntegerField()
    case_reference = models.TextField()
    happened_at = models.DateTimeField()
    code = models.TextField()  # inbox CaseEventKind
    status = models.TextField()
    reference = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # Norwegian kroner
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    title = models.TextField(blank=True)
    description = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject", "-happened_at"], name="case_event_of_record")]
        constraints = [
            # within the record: another agency's message of the same name must neither vanish nor be noticed
            models.UniqueConstraint(fields=["subject", "message_id", "position"], name="one_event_per_place")
        ]
