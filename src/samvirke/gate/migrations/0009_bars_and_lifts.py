"""Tables for conflicts of interest, shielded cases, broken glass, grants that are no more, and the seal."""

import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

REASONS = ["own_case", "close_relation", "former_partner"]
ON_NOTHING = ["own_record", "self", "guardian", "circle"]


def _to(model: str, **options: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=f"gate.{model}", **options
    )


def _id() -> models.UUIDField:
    return models.UUIDField(primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("gate", "0008_opening_many")]

    operations = [
        migrations.CreateModel(
            name="FormerGrant",
            fields=[
                ("id", _id()),
                ("kinds", models.IntegerField()),
                ("purposes", models.IntegerField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                ("basis", models.TextField()),
                ("ended_at", models.DateTimeField()),
                ("holder", _to("holder", db_index=False)),
                ("subject", _to("subject", db_index=False)),
            ],
            options={
                "indexes": [models.Index(fields=["subject", "holder"], name="former_grant_by_subject")],
            },
        ),
        migrations.CreateModel(
            name="Lift",
            fields=[
                ("id", _id()),
                ("kinds", models.IntegerField()),
                ("purposes", models.IntegerField()),
                ("lifted_at", models.DateTimeField()),
                ("valid_to", models.DateTimeField()),
                ("verdict", models.TextField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("post", _to("holder")),
                ("reviewer", _to("holder")),
                ("subject", _to("subject")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reviewer", models.F("post")), _negated=True),
                        name="reviewed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at__isnull", True), ("verdict__isnull", True)),
                            models.Q(("reviewed_at__isnull", False), ("verdict__in", ["accepted", "misuse"])),
                            _connector="OR",
                        ),
                        name="verdict_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LiftReason",
            fields=[
                (
                    "lift",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="gate.lift",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                ("id", models.IntegerField(primary_key=True, serialize=False)),
                ("entering", models.BinaryField()),
                ("sealing", models.BinaryField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_secret")],
            },
        ),
        migrations.CreateModel(
            name="Shield",
            fields=[
                ("id", _id()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("subject", _to("subject")),
                ("unit", _to("holder")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("subject",),
                        name="shielded_once",
                    )
                ],
            },
        ),
        migrations.AddField("bar", "since", models.DateTimeField(db_default=models.functions.Now())),
        migrations.AddField("bar", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField("grant", "provision", models.TextField(db_default="")),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE gate_bar ADD COLUMN declared_by_id uuid; "
                    "ALTER TABLE gate_grant ADD COLUMN lift_id uuid;",
                    "ALTER TABLE gate_bar DROP COLUMN declared_by_id; "
                    "ALTER TABLE gate_grant DROP COLUMN lift_id;",
                ),
            ],
            state_operations=[
                migrations.AddField("bar", "declared_by", _to("holder", null=True)),
                migrations.AddField("grant", "lift", _to("lift", null=True, db_index=False)),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE gate_bar ADD CONSTRAINT bar_declared_by FOREIGN KEY (declared_by_id) "
            "REFERENCES gate_holder (id) DEFERRABLE INITIALLY DEFERRED NOT VALID; "
            "ALTER TABLE gate_grant ADD CONSTRAINT grant_by_lift FOREIGN KEY (lift_id) "
            "REFERENCES gate_lift (id) DEFERRABLE INITIALLY DEFERRED NOT VALID;",
            "ALTER TABLE gate_bar DROP CONSTRAINT bar_declared_by; "
            "ALTER TABLE gate_grant DROP CONSTRAINT grant_by_lift;",
        ),
        django.contrib.postgres.operations.AddConstraintNotValid(
            "bar",
            models.CheckConstraint(condition=models.Q(("reason__in", REASONS)), name="reason_of_a_bar_known"),
        ),
        migrations.RemoveConstraint("grant", "grant_names_its_consent"),
        django.contrib.postgres.operations.AddConstraintNotValid(
            "grant",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("basis", "consent"),
                        ("consent__isnull", False),
                        ("lift__isnull", True),
                        ("provision", ""),
                    ),
                    models.Q(
                        ("basis", "lift"),
                        ("consent__isnull", True),
                        ("lift__isnull", False),
                        ("provision", ""),
                    ),
                    models.Q(
                        ("basis", "statute"),
                        ("consent__isnull", True),
                        ("lift__isnull", True),
                        models.Q(("provision", ""), _negated=True),
                    ),
                    models.Q(
                        ("basis__in", ON_NOTHING),
                        ("consent__isnull", True),
                        ("lift__isnull", True),
                        ("provision", ""),
                    ),
                    _connector="OR",
                ),
                name="grant_names_what_it_rests_on",
            ),
        ),
    ]
