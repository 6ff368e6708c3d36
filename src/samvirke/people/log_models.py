"""The table of questions that persons ask about their access log."""

from __future__ import annotations

from django.db import models


class LogQuestion(models.Model):
    """A person, or a guardian, asks why somebody looked; the leader of the unit answers by a day.

    Seen by who asked and by who is to answer. It holds what the asker saw of the line, no more.
    """

    id = models.UUIDField(primary_key=True)
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("gate.Holder", on_delete=models.PROTECT, related_name="+")
    name = models.TextField()  # whom the question is about, as who asks tells it
    visit_id = models.UUIDField()  # the request, in the access log
    line_about_id = models.UUIDField()  # whom or what the line names
    line_at = models.DateTimeField()
    kinds = models.IntegerField()
    was_shown = models.BooleanField()
    post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")  # who looked
    to_post = models.ForeignKey("agencies.Post", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_by", "-asked_at"], name="log_questions_by"),
            models.Index(fields=["to_post", "answered_at", "due_on"], name="log_questions_to"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "visit_id", "subject"], name="asked_once"),
            models.CheckConstraint(
                name="not_answered_by_who_looked", condition=~models.Q(post=models.F("to_post"))
            ),
            models.CheckConstraint(
                name="answered_in_words_and_at_a_moment",
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
        ]
