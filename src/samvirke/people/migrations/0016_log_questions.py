"""A person asks why somebody looked, and the leader of the unit answers.

Only about a line that the asker may read, which the policy asks of the access log itself; the answer goes
into a question once. A leader who is barred from the person does not see it.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, HOLDERS, POST

TO_ME = f"""to_post_id = {POST}
    AND subject_id <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"""
TO_A_LEADER = """EXISTS (SELECT FROM gate_accessentry e
    WHERE e.subject_id = people_logquestion.line_about_id AND e.request_id = people_logquestion.visit_id
    AND e.post_id = people_logquestion.post_id)
  AND EXISTS (SELECT FROM agencies_post p WHERE p.id = people_logquestion.to_post_id AND p.is_leader)"""
OF_A_LINE = f"asked_by_id = ANY ({HOLDERS}) AND answer = '' AND {TO_A_LEADER}"
POLICIES = f"""ALTER TABLE people_logquestion ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_logquestion FORCE ROW LEVEL SECURITY;
CREATE POLICY the_asker ON people_logquestion FOR SELECT TO {APP} USING (asked_by_id = ANY ({HOLDERS}));
CREATE POLICY the_asker_asks ON people_logquestion FOR INSERT TO {APP} WITH CHECK ({OF_A_LINE});
CREATE POLICY who_answers ON people_logquestion FOR SELECT TO {APP} USING ({TO_ME});
CREATE POLICY who_answers_answers ON people_logquestion FOR UPDATE TO {APP}
  USING ({TO_ME} AND answer = '') WITH CHECK ({TO_ME} AND answer <> '');
GRANT SELECT, INSERT, UPDATE (answer, answered_at) ON people_logquestion TO {APP};
"""


def key(to: str) -> models.ForeignKey:
    """A foreign key as all here are."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


NAMES = ("the_asker", "the_asker_asks", "who_answers", "who_answers_answers")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0015_search_words"),
        ("gate", "0023_what_the_log_tells"),
        ("agencies", "0006_naming"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogQuestion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("visit_id", models.UUIDField()),
                ("line_about_id", models.UUIDField()),
                ("line_at", models.DateTimeField()),
                ("kinds", models.IntegerField()),
                ("was_shown", models.BooleanField()),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("asked_by", key("gate.holder")),
                ("post", key("agencies.post")),
                ("subject", key("people.person")),
                ("to_post", key("agencies.post")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asked_by", "-asked_at"], name="log_questions_by"),
                    models.Index(fields=["to_post", "answered_at", "due_on"], name="log_questions_to"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("asked_by", "visit_id", "subject"), name="asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("post", models.F("to_post")), _negated=True),
                        name="not_answered_by_who_looked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_in_words_and_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            POLICIES,
            " ".join(f"DROP POLICY {name} ON people_logquestion;" for name in NAMES),
        ),
    ]
