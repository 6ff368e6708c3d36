"""What rests on a consent is told to the person it is about, also where guardians gave it for them.

Whoever has come of age takes such a consent back; without an answer here nobody would be told that it has
ended, and a coordinator who loses the plan would go on coordinating it.
"""

from django.db import migrations

RESTS_ON = """
CREATE OR REPLACE FUNCTION gate.rests_on(consent uuid)
RETURNS TABLE (holder_id uuid, opened int, kept int, left_for int, kept_on uuid, bases text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = consent;
  IF c.id IS NULL OR NOT (c.given_by_id || c.given_with && gate.entered_holders()
      OR c.recorded_by_id = gate.entered_post()
      OR EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id
        AND g.holder_id = ANY (gate.entered_holders()) AND g.basis = 'self'
        AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT here.holder, here.kinds & coalesce(cap.kinds, 0),
      coalesce(other.kinds, 0) & coalesce(cap.kinds, 0),
      coalesce(other.purposes, 0) & c.purposes, other.consent, coalesce(other.bases, '{}')
    FROM (SELECT g.holder_id AS holder, g.kinds FROM gate_grant g WHERE g.consent_id = c.id
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) here
    LEFT JOIN LATERAL (SELECT bit_or(m.kinds) AS kinds FROM gate_membership m WHERE m.post_id = here.holder
      AND m.purposes & c.purposes <> 0 AND m.valid_from <= gate.now() AND gate.now() < m.valid_to) cap ON true
    LEFT JOIN LATERAL (SELECT bit_or(g.kinds) AS kinds, bit_or(g.purposes) AS purposes,
        array_agg(DISTINCT g.basis) AS bases,
        (array_agg(g.consent_id ORDER BY g.valid_to DESC)
          FILTER (WHERE g.consent_id IS NOT NULL))[1] AS consent
      FROM gate_grant g WHERE g.subject_id = c.subject_id AND g.consent_id IS DISTINCT FROM c.id
      AND g.purposes & c.purposes <> 0
      AND g.holder_id IN (SELECT m.holder_id FROM gate_membership m WHERE m.post_id = here.holder
        AND m.valid_from <= gate.now() AND gate.now() < m.valid_to)
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) other ON true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("gate", "0023_what_the_log_tells")]

    operations = [migrations.RunSQL(RESTS_ON, migrations.RunSQL.noop)]
