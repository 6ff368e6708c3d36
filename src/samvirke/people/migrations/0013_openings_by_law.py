"""What is opened by law, and how its conditions are met.

Beside those around the person, the unit that opened it and the post it is opened to read the opening: the
unit ends it also when it sees the person no more, and the post is told for whatever purpose it is here.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, HOLDERS, POST, about_persons, asked_for
from samvirke.kernel.gate_words import DataKind

NOT_BARRED = "subject_id <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"
# A unit that would tell where a protected person is, is not told to colleagues who may not know the place.
MAY_KNOW = "to_post_id <> ALL (ARRAY(SELECT gate.hidden_posts(subject_id, ARRAY[to_post_id])))"
TOLD = f"""CREATE POLICY the_post ON people_openingbylaw FOR SELECT TO {APP}
  USING (to_post_id = {POST} AND {NOT_BARRED});
CREATE POLICY the_unit ON people_openingbylaw FOR SELECT TO {APP}
  USING (unit_id = ANY ({HOLDERS}) AND {NOT_BARRED} AND {MAY_KNOW});
CREATE POLICY the_unit_ends ON people_openingbylaw FOR UPDATE TO {APP}
  USING (unit_id = ANY ({HOLDERS}) AND {NOT_BARRED} AND {MAY_KNOW});"""


def key(to: str, **more: object) -> models.ForeignKey:
    """A foreign key as all here are."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to, **more)


class Migration(migrations.Migration):
    dependencies = [("people", "0012_levels_of_protection"), ("gate", "0021_opening_by_law")]

    operations = [
        migrations.CreateModel(
            name="OpeningByLaw",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("provision", models.TextField()),
                ("kinds", models.IntegerField()),
                ("purposes", models.IntegerField()),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", key("agencies.post", null=True)),
                ("opened_by", key("agencies.post")),
                ("subject", key("people.person")),
                ("to_post", key("agencies.post")),
                ("unit", key("agencies.unit")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("opened_at"))),
                        name="opening_period_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="who_ended_it_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionMet",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("condition", models.TextField(blank=True)),
                ("words", models.TextField()),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="met",
                        to="people.openingbylaw",
                    ),
                ),
                ("subject", key("people.person")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("opening", "condition"), name="said_once_of_a_condition")
                ],
            },
        ),
        about_persons(
            "people_openingbylaw",
            kind=DataKind.CONSENT,
            privileges="SELECT, INSERT, UPDATE (ended_at, ended_by_id)",
        ),
        about_persons("people_conditionmet", kind=DataKind.CONSENT),
        asked_for("people_openingbylaw"),
        migrations.RunSQL(
            TOLD,
            "DROP POLICY the_post ON people_openingbylaw; DROP POLICY the_unit ON people_openingbylaw; "
            "DROP POLICY the_unit_ends ON people_openingbylaw;",
        ),
    ]
