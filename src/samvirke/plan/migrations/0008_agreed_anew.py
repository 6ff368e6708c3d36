"""An action has a version, helpers, an order and times of the week; what was agreed before is kept."""

import django.db.models.deletion
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from samvirke.gate.protection import about_persons

CHANGED_BY = models.ForeignKey(
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.PROTECT,
    related_name="+",
    to="gate.holder",
)
REFUSED = models.CheckConstraint(
    name="a_wish_is_refused_for_a_reason",
    condition=~models.Q(status="refused") | (models.Q(standing="wish") & ~models.Q(why="")),
)
IDS = {
    name: ArrayField(base_field=models.UUIDField(), db_default=[], default=list, size=None)
    for name in ("contributors", "comes_after", "beside")
}
NEW = [
    *IDS.items(),
    ("week", ArrayField(base_field=models.TextField(), db_default=[], default=list, size=None)),
    ("priority", models.TextField(db_default="normal", default="normal")),
    ("version", models.IntegerField(db_default=1, default=1)),
    ("why", models.TextField(db_default="", default="")),
    ("changed_at", models.DateTimeField(null=True)),
]


class Migration(migrations.Migration):
    dependencies = [("plan", "0007_own_room"), ("gate", "0028_own_to_tell")]

    operations = [
        *(migrations.AddField("action", name, field) for name, field in NEW),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE plan_action ADD COLUMN changed_by_id uuid;",
                    "ALTER TABLE plan_action DROP COLUMN changed_by_id;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE plan_action ADD CONSTRAINT action_changed_by FOREIGN KEY (changed_by_id) "
                    "REFERENCES gate_holder (id) DEFERRABLE INITIALLY DEFERRED NOT VALID;",
                    "ALTER TABLE plan_action DROP CONSTRAINT action_changed_by;",
                ),
                migrations.RunSQL(
                    "ALTER TABLE plan_action ADD CONSTRAINT a_wish_is_refused_for_a_reason "
                    "CHECK (status <> 'refused' OR (standing = 'wish' AND why <> '')) NOT VALID;",
                    "ALTER TABLE plan_action DROP CONSTRAINT a_wish_is_refused_for_a_reason;",
                ),
            ],
            state_operations=[
                migrations.AddField("action", "changed_by", CHANGED_BY),
                migrations.AddConstraint("action", REFUSED),
            ],
        ),
        migrations.CreateModel(
            name="EarlierAction",
            fields=[
                *NEW,
                ("kind", models.IntegerField()),
                ("what", models.TextField()),
                ("how", models.TextField(blank=True)),
                ("extent", models.TextField(blank=True)),
                ("standing", models.TextField()),
                ("decision_reference", models.TextField(blank=True)),
                ("status", models.TextField(default="planned")),
                ("starts_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "accountable_member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plan.teammember"
                    ),
                ),
                (
                    "action",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="earlier",
                        to="plan.action",
                    ),
                ),
                ("changed_by", CHANGED_BY),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("action", "version"), name="one_earlier_action")
                ]
            },
        ),
        about_persons("plan_earlieraction", kind="kind"),
    ]
