"""Modes of an import, saved columns, and which records a batch may take back.

The gatekeeper reads links, assessments, screenings and answers to the question for this, since the post that
takes a batch back may not: for it, a record that another colleague works with would look like nobody's.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

from samvirke.gate.protection import of_a_unit

HOLDERS = "(SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]"

IN_USE = """
GRANT SELECT ON people_recordassessment, programmes_screening, events_fact TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON people_recordassessment FOR SELECT TO samvirke_gatekeeper USING (true);
CREATE POLICY the_gatekeeper ON programmes_screening FOR SELECT TO samvirke_gatekeeper USING (true);
CREATE POLICY the_gatekeeper ON events_fact FOR SELECT TO samvirke_gatekeeper USING (code = 'person_asked');
CREATE FUNCTION gate.records_in_use(records uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT g.subject_id FROM gate_grant g
    WHERE g.subject_id = ANY (records) AND g.holder_id = ANY (gate.entered_holders())
      AND g.basis = 'own_record' AND (
        EXISTS (SELECT FROM people_identitylink l WHERE l.record_id = g.subject_id)
        OR EXISTS (SELECT FROM people_recordassessment a WHERE a.subject_id = g.subject_id)
        OR EXISTS (SELECT FROM programmes_screening s WHERE s.subject_id = g.subject_id)
        OR EXISTS (SELECT FROM events_fact f WHERE f.subject_id = g.subject_id AND f.code = 'person_asked'));
END $$;
CREATE FUNCTION gate.close_records(unit uuid, records uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT unit = ANY (gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a unit closes records of its own only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM gate.records_in_use(records)) THEN
    RAISE EXCEPTION 'gate: a record in use is not closed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id IN (SELECT g.subject_id FROM gate_grant g
    WHERE g.subject_id = ANY (records) AND g.holder_id = unit AND g.basis = 'own_record');
  DELETE FROM gate_grant WHERE subject_id = ANY (records) AND holder_id = unit AND basis = 'own_record';
END $$;
ALTER FUNCTION gate.records_in_use(uuid[]) OWNER TO samvirke_gatekeeper;
ALTER FUNCTION gate.close_records(uuid, uuid[]) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.records_in_use(uuid[]), gate.close_records(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.records_in_use(uuid[]), gate.close_records(uuid, uuid[]) TO samvirke_app;
"""
NO_LONGER = """
DROP FUNCTION gate.close_records(uuid, uuid[]);
DROP FUNCTION gate.records_in_use(uuid[]);
DROP POLICY the_gatekeeper ON people_recordassessment;
DROP POLICY the_gatekeeper ON programmes_screening;
DROP POLICY the_gatekeeper ON events_fact;
REVOKE SELECT ON people_recordassessment, programmes_screening, events_fact FROM samvirke_gatekeeper;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_one_event_per_place"),
        ("people", "0005_taking_back"),
        ("programmes", "0002_lock"),
        ("events", "0004_withdrawn_records"),
        ("gate", "0006_lifting"),
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.AddField("importrun", "mode", models.TextField(default="good_rows_only")),
        migrations.AddField("importrun", "held_back", models.IntegerField(default=0)),
        migrations.AddField("importrun", "withdrawn", models.IntegerField(default=0)),
        migrations.AddField(
            "importrun",
            "undoes",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="exchange.importrun",
            ),
        ),
        migrations.RemoveConstraint("importrun", "every_row_is_accounted_for"),
        migrations.AddConstraint(
            "importrun",
            models.CheckConstraint(
                name="every_row_is_accounted_for",
                condition=models.Q(
                    rows=F("new") + F("changed") + F("same") + F("refused") + F("held_back") + F("withdrawn")
                ),
            ),
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("columns", models.JSONField()),
                ("date_format", models.TextField()),
                ("codes", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                ("version", models.IntegerField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.post"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["unit", "version"], name="one_mapping_a_version")
                ],
            },
        ),
        of_a_unit("exchange_columnmapping", f"exchange_columnmapping.unit_id = ANY ({HOLDERS})"),
        migrations.RunSQL(IN_USE, NO_LONGER),
    ]
