"""The person's own side may answer for something; goals are reached; the whole plan is agreed on."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import about_persons
from samvirke.kernel.gate_words import DataKind

PERSON = models.ForeignKey(
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="gate.subject",
)
A_SEAT = models.CheckConstraint(
    name="a_seat_is_a_post_s_or_of_the_own_side",
    condition=models.Q(side="post", post__isnull=False, consent__isnull=False, person__isnull=True, called="")
    | models.Q(side="person", post__isnull=True, consent__isnull=True, person__isnull=False, called="")
    | (
        models.Q(
            side__in=["relative", "organiser"],
            post__isnull=True,
            consent__isnull=True,
            person__isnull=True,
        )
        & ~models.Q(called="")
    ),
)
SET_ASIDE = models.CheckConstraint(
    name="a_goal_is_set_aside_for_a_reason",
    condition=~models.Q(status="set_aside") | ~models.Q(why=""),
)
SEAT_SQL = """ALTER TABLE plan_teammember ADD CONSTRAINT a_seat_is_a_post_s_or_of_the_own_side CHECK (
  (side = 'post' AND post_id IS NOT NULL AND consent_id IS NOT NULL AND person_id IS NULL AND called = '')
  OR (side = 'person' AND post_id IS NULL AND consent_id IS NULL AND person_id IS NOT NULL AND called = '')
  OR (side IN ('relative', 'organiser') AND post_id IS NULL AND consent_id IS NULL AND person_id IS NULL
    AND called <> '')) NOT VALID;"""


def _to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, to=model, **({"related_name": "+"} | more)
    )


class Migration(migrations.Migration):
    dependencies = [("plan", "0009_agreed_anew_checked")]

    operations = [
        migrations.AddField("goal", "whose", models.TextField(db_default="person", default="person")),
        migrations.AddField("goalversion", "status", models.TextField(db_default="active", default="active")),
        migrations.AddField("goalversion", "why", models.TextField(db_default="", default="")),
        migrations.AddField("teammember", "side", models.TextField(db_default="post", default="post")),
        migrations.AddField("teammember", "called", models.TextField(db_default="", default="")),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE plan_teammember ALTER COLUMN post_id DROP NOT NULL, "
                    "ALTER COLUMN consent_id DROP NOT NULL;",
                    "ALTER TABLE plan_teammember ALTER COLUMN post_id SET NOT NULL, "
                    "ALTER COLUMN consent_id SET NOT NULL;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE plan_teammember ADD COLUMN person_id uuid;",
                    "ALTER TABLE plan_teammember DROP COLUMN person_id;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE plan_teammember ADD CONSTRAINT team_member_person FOREIGN KEY (person_id) "
                    "REFERENCES gate_subject (id) DEFERRABLE INITIALLY DEFERRED NOT VALID;",
                    "ALTER TABLE plan_teammember DROP CONSTRAINT team_member_person;",
                ),
                migrations.RunSQL(
                    SEAT_SQL,
                    "ALTER TABLE plan_teammember DROP CONSTRAINT a_seat_is_a_post_s_or_of_the_own_side;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE plan_goalversion ADD CONSTRAINT a_goal_is_set_aside_for_a_reason "
                    "CHECK (status <> 'set_aside' OR why <> '') NOT VALID;",
                    "ALTER TABLE plan_goalversion DROP CONSTRAINT a_goal_is_set_aside_for_a_reason;",
                ),
            ],
            state_operations=[
                migrations.AlterField("teammember", "post", _to("agencies.post", null=True)),
                migrations.AlterField("teammember", "consent", _to("gate.consent", null=True)),
                migrations.AddField("teammember", "person", PERSON),
                migrations.AddConstraint("teammember", A_SEAT),
                migrations.AddConstraint("goalversion", SET_ASIDE),
            ],
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("fixed_at", models.DateTimeField()),
                ("fixed_by", _to("gate.holder")),
                ("plan", _to("plan.plan", related_name="versions")),
                ("subject", _to("gate.subject")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="one_plan_version")]
            },
        ),
        migrations.CreateModel(
            name="Assent",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("answer", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("seen", models.TextField()),
                ("answered_at", models.DateTimeField()),
                ("by", _to("gate.holder")),
                ("version", _to("plan.planversion", related_name="assents")),
                ("subject", _to("gate.subject")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="who_does_not_agree_says_why",
                        condition=models.Q(answer="agrees")
                        | (models.Q(answer__in=["in_part", "disagrees"]) & ~models.Q(text="")),
                    )
                ]
            },
        ),
        about_persons("plan_planversion", kind=DataKind.PLAN),
        about_persons("plan_assent", kind=DataKind.PLAN),
    ]
