"""Files on their way in: seen by the post that sent them, sealed, and gone after a day.

The pages delete nothing; a function of the gatekeeper forgets the sender's own file, and all whose day is
over.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import of_a_unit

HOLDERS = "(SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]"
POST = "(SELECT nullif(current_setting('gate.post', true), ''))::uuid"
OF_THE_SENDER = f"exchange_upload.unit_id = ANY ({HOLDERS}) AND exchange_upload.uploaded_by_id = {POST}"
WHILE_KEPT = (
    "EXISTS (SELECT FROM exchange_upload u WHERE u.id = exchange_uploadpart.upload_id "
    "AND u.keep_until > (SELECT gate.now()))"
)

FORGET = """
GRANT SELECT ON exchange_upload TO samvirke_gatekeeper;
GRANT SELECT, DELETE ON exchange_uploadpart TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON exchange_upload FOR SELECT TO samvirke_gatekeeper USING (true);
CREATE POLICY the_gatekeeper ON exchange_uploadpart FOR ALL TO samvirke_gatekeeper USING (true);
CREATE FUNCTION gate.forget_files(one uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM exchange_uploadpart p USING exchange_upload u
  WHERE u.id = p.upload_id
    AND (u.keep_until <= gate.now() OR (u.id = one AND u.uploaded_by_id = gate.entered_post()));
END $$;
ALTER FUNCTION gate.forget_files(uuid) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.forget_files(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.forget_files(uuid) TO samvirke_app;
"""
NO_LONGER = """
DROP FUNCTION gate.forget_files(uuid);
DROP POLICY the_gatekeeper ON exchange_uploadpart;
DROP POLICY the_gatekeeper ON exchange_upload;
REVOKE ALL ON exchange_upload, exchange_uploadpart FROM samvirke_gatekeeper;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("exchange", "0004_taking_back"),
        ("gate", "0006_lifting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("uploaded_at", models.DateTimeField()),
                ("keep_until", models.DateTimeField()),
                ("system", models.TextField()),
                ("file_name", models.TextField()),
                ("size", models.IntegerField()),
                ("stage", models.TextField()),
                ("mode", models.TextField(blank=True)),
                ("done", models.IntegerField(default=0)),
                ("expected", models.IntegerField(default=0)),
                ("new", models.IntegerField(default=0)),
                ("changed", models.IntegerField(default=0)),
                ("same", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("is_broken", models.BooleanField(default=False)),
                (
                    "run",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.importrun",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["uploaded_by", "-uploaded_at"], name="uploads_of_post")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["received", "checking", "checked", "taking_in", "taken_in"])
                        ),
                        name="stage_of_an_upload_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("run__isnull", False), ("stage", "taken_in")),
                            models.Q(models.Q(("stage", "taken_in"), _negated=True), ("run__isnull", True)),
                            _connector="OR",
                        ),
                        name="taken_in_with_a_run",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadPart",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="exchange.upload",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("upload", "number"), name="one_part_per_number")
                ],
            },
        ),
        of_a_unit("exchange_upload", OF_THE_SENDER, privileges="SELECT, INSERT, UPDATE"),
        of_a_unit("exchange_uploadpart", WHILE_KEPT),
        migrations.RunSQL(FORGET, NO_LONGER),
    ]
