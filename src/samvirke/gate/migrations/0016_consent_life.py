"""A consent says what it is for, and one that was not given digitally on which day, and who heard it.

`gate.rests_on` tells who gave a consent, or recorded it, what ends with it: whose access, of which kinds, and
what other consents and bases leave to each. Nobody may read another holder's grants, so the gatekeeper
answers. The older function that gives a consent stays for those who still run the version before.
"""

from django.db import migrations, models

from samvirke.gate.protection import said

GIVE = """
CREATE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int,
    for_purposes int, from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text,
    text_read text, until timestamptz, for_what text, said date, heard uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE today date := (gate.now() AT TIME ZONE 'UTC')::date;
BEGIN
  IF NOT (by_citizen = ANY (gate.entered_holders()) OR from_unit_ids && gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a consent is recorded by the person or by a unit it is from'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = by_citizen
      AND g.basis IN ('self', 'guardian') AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a consent is given by the person it is about'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT by_citizen = ANY (gate.entered_holders())
    AND EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about)
    AND NOT EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about
      AND c.recorded_by_id = gate.entered_post())
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders()) AND g.basis <> 'lift'
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a further consent is recorded by the person or by somebody around them'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF heard IS NOT NULL AND NOT EXISTS (SELECT FROM gate_membership m WHERE m.post_id = heard
      AND m.holder_id = ANY (gate.entered_holders())
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to) OR said > today THEN
    RAISE EXCEPTION 'gate: a consent was heard by a post of the own unit, and not on a day to come'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_consent (id, subject_id, given_by_id, recorded_by_id, kinds, purposes, from_units,
      to_units, provisions, form, text_version, given_at, valid_to, what_for, said_on, heard_by)
    VALUES (consent, about, by_citizen, gate.entered_post(), for_kinds & GIVEN_KINDS, for_purposes,
      from_unit_ids, to_unit_ids, rests_on, in_form, text_read, gate.now(), until, for_what,
      CASE WHEN in_form <> 'digital' THEN coalesce(said, today) END,
      CASE WHEN in_form = 'oral' AND NOT by_citizen = ANY (gate.entered_holders())
        THEN coalesce(heard, gate.entered_post()) END);
END $$;
"""

RESTS_ON = """
CREATE FUNCTION gate.rests_on(consent uuid)
RETURNS TABLE (holder_id uuid, opened int, kept int, left_for int, kept_on uuid, bases text[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE c gate_consent;
BEGIN
  SELECT * INTO c FROM gate_consent WHERE id = consent;
  IF c.id IS NULL OR NOT (c.given_by_id = ANY (gate.entered_holders())
      OR c.recorded_by_id = gate.entered_post()) THEN
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

HANDED_OVER = """
ALTER FUNCTION {0} OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION {0} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {0} TO samvirke_app;
"""
FUNCTIONS = (
    "gate.give_consent(uuid, uuid, uuid, int, int, uuid[], uuid[], text[], text, text, timestamptz, text, "
    "date, uuid)",
    "gate.rests_on(uuid)",
)


class Migration(migrations.Migration):
    dependencies = [("gate", "0015_sealed_log")]

    operations = [
        migrations.AddField("consent", "what_for", models.TextField(db_default="common_plan")),
        migrations.AddField("consent", "said_on", models.DateField(null=True)),
        migrations.AddField("consent", "heard_by", models.UUIDField(null=True)),
        migrations.RunSQL(said(GIVE)),
        migrations.RunSQL(RESTS_ON),
        *(migrations.RunSQL(HANDED_OVER.format(function)) for function in FUNCTIONS),
    ]
