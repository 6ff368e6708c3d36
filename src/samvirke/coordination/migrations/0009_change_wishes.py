"""The person wishes for another coordinator or worker; sealed to the leader post who answers."""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, asked_for, uniform, uniform_check
from samvirke.kernel.gate_words import DataKind

SEALED = {"kind": DataKind.PLAN, "sealed_to": "sealed_to_id"}
LOCK = f"""ALTER TABLE coordination_changewish ENABLE ROW LEVEL SECURITY;
ALTER TABLE coordination_changewish FORCE ROW LEVEL SECURITY;
CREATE POLICY the_gate ON coordination_changewish FOR ALL TO {APP}
  USING ({uniform("coordination_changewish", **SEALED)})
  WITH CHECK ({uniform_check("coordination_changewish", **SEALED)});
GRANT SELECT, INSERT, UPDATE ON coordination_changewish TO {APP};"""


def _to(model: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model)


class Migration(migrations.Migration):
    dependencies = [("coordination", "0008_meetings_in_full"), ("plan", "0012_one_seat_of_the_own_side")]

    operations = [
        migrations.CreateModel(
            name="ChangeWish",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("wanted", models.TextField()),
                ("why", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("reply", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("instead_of", _to("agencies.post")),
                ("plan", _to("plan.plan")),
                ("sealed_to", _to("gate.holder")),
                ("subject", _to("gate.subject")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "instead_of"),
                        condition=models.Q(("answered_at__isnull", True)),
                        name="one_open_wish_about_a_post",
                    ),
                    models.CheckConstraint(
                        name="an_answer_says_something",
                        condition=models.Q(answered_at__isnull=True, answer="", reply="")
                        | (
                            models.Q(answered_at__isnull=False, answer__in=["granted", "refused"])
                            & ~models.Q(reply="")
                        ),
                    ),
                ]
            },
        ),
        migrations.RunSQL(LOCK, migrations.RunSQL.noop),
        asked_for("coordination_changewish"),
    ]
