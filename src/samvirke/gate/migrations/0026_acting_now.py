"""Who acts for a person now takes back what others who acted for them said yes to.

A guardian whose scope covers all of a consent that guardians gave reads it, is told what rests on it, and
takes it back, whether or not they gave it: somebody who gave it may act for the person no longer. Not where
the person's place, or one of their family, is hidden from them: a consent names offices. Whether what one was
asked about still holds is told to every guardian, since without it a page could not say that it is shared.
"""

from django.db import migrations

from samvirke.gate.access import ANY_GUARDIAN_ANSWERS
from samvirke.gate.protection import APP, OF_WHO_ACTS_NOW, handed_over

ANSWERS_NOW = """
CREATE OR REPLACE FUNCTION gate.answers_now(about uuid, for_kinds int, givers uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders()) AND g.basis = 'guardian'
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to
      HAVING for_kinds & ~ANY_ANSWERS & ~bit_or(g.kinds) = 0)
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (givers) AND g.basis = 'self')
    AND NOT EXISTS (SELECT FROM gate.near_hidden(ARRAY[about]))
$$;

CREATE OR REPLACE FUNCTION gate.holding(consents uuid[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT c.id FROM gate_consent c WHERE c.id = ANY (consents)
    AND c.withdrawn_at IS NULL AND gate.now() < c.valid_to
    AND EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id
      AND g.holder_id = ANY (gate.entered_holders()) AND g.basis = 'guardian'
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)
$$;
"""

WITHDRAW = """
CREATE OR REPLACE FUNCTION gate.withdraw_consent(consent uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent; gone int; shared int;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = consent FOR UPDATE;
  IF c.id IS NULL OR c.withdrawn_at IS NOT NULL OR NOT (c.recorded_by_id = gate.entered_post()
      AND NOT c.given_by_id = ANY (gate.entered_holders())
    OR EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id
      AND g.holder_id = ANY (gate.entered_holders())
      AND (g.basis = 'self' OR g.basis = 'guardian' AND g.holder_id = ANY (c.given_by_id || c.given_with))
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)
    OR cardinality(c.to_units) > 0
      AND gate.answers_now(c.subject_id, c.kinds, c.given_by_id || c.given_with)) THEN
    RAISE EXCEPTION 'gate: there is no such consent in force to withdraw' USING
      ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE gate_consent SET withdrawn_at = gate.now() WHERE id = consent;
  DELETE FROM gate_grant WHERE consent_id = consent;
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM gate_familyshare WHERE consent_id = consent;
  GET DIAGNOSTICS shared = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = c.subject_id;
  RETURN gone + shared;
END $$;
"""

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
        AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)
      OR gate.answers_now(c.subject_id, c.kinds, c.given_by_id || c.given_with)) THEN
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

FUNCTIONS = ["gate.answers_now(uuid, int, uuid[])", "gate.holding(uuid[])"]


class Migration(migrations.Migration):
    dependencies = [("gate", "0025_wide_holders")]

    operations = [
        migrations.RunSQL(
            ANSWERS_NOW.replace("ANY_ANSWERS", str(int(ANY_GUARDIAN_ANSWERS))), migrations.RunSQL.noop
        ),
        handed_over(definers=FUNCTIONS),
        migrations.RunSQL(WITHDRAW + RESTS_ON, migrations.RunSQL.noop),
        # By its name it is asked last of those on the table, where no cheaper one has said yes.
        migrations.RunSQL(
            f"CREATE POLICY acting_now ON gate_consent FOR SELECT TO {APP} USING ({OF_WHO_ACTS_NOW});",
            "DROP POLICY acting_now ON gate_consent;",
        ),
    ]
