"""Which own records would tell a protected place; and links and referrals are read as consents are.

The gatekeeper reads the links, since a post of the unit that is not around the person may not: without it, a
record would look as if it were nobody's. Who linked a record and which unit was referred to name posts and
units near the person; a guardian whom the child does not live with may not read them.
"""

from django.db import migrations

from samvirke.gate.protection import APP, uniform
from samvirke.kernel.gate_words import DataKind

HIDDEN_RECORDS = """
GRANT SELECT ON people_identitylink TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON people_identitylink FOR SELECT TO samvirke_gatekeeper USING (true);
CREATE FUNCTION gate.hidden_records(records uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE persons uuid[]; hidden uuid[];
BEGIN
  SELECT array_agg(l.subject_id) INTO persons FROM people_identitylink l
    WHERE l.record_id = ANY (records) AND l.unlinked_at IS NULL;
  IF persons IS NULL THEN RETURN; END IF;
  SELECT array_agg(near) INTO hidden FROM gate.near_hidden(persons) near;
  RETURN QUERY SELECT l.record_id FROM people_identitylink l
    WHERE l.record_id = ANY (records) AND l.unlinked_at IS NULL AND l.subject_id = ANY (hidden);
END $$;
ALTER FUNCTION gate.hidden_records(uuid[]) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.hidden_records(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.hidden_records(uuid[]) TO samvirke_app;
"""
SHOWN = """
DROP FUNCTION gate.hidden_records(uuid[]);
DROP POLICY the_gatekeeper ON people_identitylink;
REVOKE SELECT ON people_identitylink FROM samvirke_gatekeeper;
"""


def _of_kind(table: str, kind: DataKind) -> str:
    condition = uniform(table, kind=kind)
    return f"ALTER POLICY the_gate ON {table} TO {APP} USING ({condition}) WITH CHECK ({condition});"


def _as_consents_are(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(_of_kind(table, DataKind.CONSENT), _of_kind(table, DataKind.IDENTITY))


class Migration(migrations.Migration):
    dependencies = [("people", "0003_families"), ("gate", "0006_lifting")]

    operations = [
        migrations.RunSQL(HIDDEN_RECORDS, SHOWN),
        _as_consents_are("people_identitylink"),
        _as_consents_are("people_referral"),
    ]
