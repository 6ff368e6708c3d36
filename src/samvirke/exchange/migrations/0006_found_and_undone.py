"""What a dry run found lies sealed beside its file; a worker takes a run back; work that stopped is seen.

`gate.forget_differences` forgets what an earlier dry run of the sender's own file found.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import of_a_unit

WHILE_KEPT = (
    "EXISTS (SELECT FROM exchange_upload u WHERE u.id = exchange_differingrows.upload_id "
    "AND u.keep_until > (SELECT gate.now()))"
)
OF_THE_RUN = "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_takingback.run_id)"

FORGET = """
GRANT SELECT, DELETE ON exchange_differingrows TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON exchange_differingrows FOR ALL TO samvirke_gatekeeper USING (true);
CREATE FUNCTION gate.forget_differences(one uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM exchange_differingrows d USING exchange_upload u
  WHERE u.id = d.upload_id
    AND (u.keep_until <= gate.now() OR (u.id = one AND u.uploaded_by_id = gate.entered_post()));
END $$;
ALTER FUNCTION gate.forget_differences(uuid) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.forget_differences(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.forget_differences(uuid) TO samvirke_app;

CREATE OR REPLACE FUNCTION gate.forget_files(one uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM gate.forget_differences(one);
  DELETE FROM exchange_uploadpart p USING exchange_upload u
  WHERE u.id = p.upload_id
    AND (u.keep_until <= gate.now() OR (u.id = one AND u.uploaded_by_id = gate.entered_post()));
END $$;
"""
HEARD_OF = [
    ("told_at", models.DateTimeField(null=True)),
    ("has_failed", models.BooleanField(db_default=False)),
]


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("exchange", "0005_uploads"),
        ("gate", "0006_lifting"),
    ]

    operations = [
        *(migrations.AddField("upload", name, field) for name, field in HEARD_OF),
        migrations.CreateModel(
            name="DifferingRows",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("verdict", models.TextField()),
                ("number", models.IntegerField()),
                ("last_row", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.upload",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["upload", "verdict", "number"], name="one_piece_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakingBack",
            fields=[
                ("done", models.IntegerField(default=0)),
                ("expected", models.IntegerField(default=0)),
                *HEARD_OF,
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.importrun",
                    ),
                ),
            ],
        ),
        of_a_unit("exchange_differingrows", WHILE_KEPT),
        of_a_unit("exchange_takingback", OF_THE_RUN, privileges="SELECT, INSERT, UPDATE"),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
