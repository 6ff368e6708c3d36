"""Records are opened by the ten thousand: the clock is asked once for all of them.

An index that was there twice goes: each grant was written into both.
"""

import django.db.models.deletion
from django.db import migrations, models

OPEN = """
CREATE OR REPLACE FUNCTION gate.open_records(unit uuid, records uuid[], open_kinds int, open_purposes int)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE opened_at timestamptz := gate.now();
BEGIN
  IF NOT unit = ANY (gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a unit opens records of its own only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_subject (id, epoch) SELECT record, 0 FROM unnest(records) record;
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    SELECT gen_random_uuid(), record, unit, open_kinds, open_purposes, opened_at, '9999-01-01', 'own_record'
    FROM unnest(records) record;
END $$;
"""


class Migration(migrations.Migration):
    atomic = False  # an index is dropped beside the service, not in its way
    dependencies = [("gate", "0007_two_ways_to_a_grant")]

    operations = [
        migrations.RunSQL(OPEN, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "DROP INDEX CONCURRENTLY IF EXISTS gate_grant_consent_id_fd69d489;",
                    migrations.RunSQL.noop,
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "grant",
                    "consent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.consent",
                    ),
                )
            ],
        ),
    ]
