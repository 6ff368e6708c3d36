"""A guardian acts within a scope: what it leaves out is neither seen nor said yes to.

Who records a guardian, or the end of one, works with both or with the person, and is neither of them; it is
never another guardian. Recorded anew, the new scope and days take the place of the older ones at once.
A consent of several guardians names them all: each reads it, and each takes it back. Who is a guardian no
longer reads and takes back nothing. The older functions stay for those who still run the version before, and
do as these do.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from samvirke.gate.access import ANY_GUARDIAN_ANSWERS
from samvirke.gate.protection import OF_THE_GIVERS, handed_over, said

GUARDIANS = """
CREATE FUNCTION gate.may_speak_for(about uuid, citizen uuid, for_kinds int) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT coalesce(bool_or(g.basis = 'self') OR for_kinds & ~ANY_ANSWERS & ~bit_or(g.kinds) = 0, false)
  FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = citizen AND g.basis IN ('self', 'guardian')
    AND g.valid_from <= gate.now() AND gate.now() < g.valid_to
$$;

CREATE FUNCTION gate.works_with(about uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT gate.is_around(about, CONSENT_KIND) IS TRUE AND NOT EXISTS (SELECT FROM gate_grant g
    WHERE g.subject_id = about AND g.holder_id = ANY (gate.entered_holders())
    AND g.basis IN ('self', 'guardian'))
$$;

CREATE FUNCTION gate.open_guardian(child uuid, citizen uuid, part_kinds int[], part_until timestamptz[],
    for_purposes int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF citizen = ANY (gate.entered_holders())
    OR (NOT gate.works_with(child) AND EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = child))
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = child AND g.basis = 'self')
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.holder_id = citizen AND g.basis = 'self'
      AND g.subject_id <> child AND gate.is_around(g.subject_id, 1)) THEN
    RAISE EXCEPTION 'gate: a guardian is recorded by somebody around both the child and the guardian'
      REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = child AND holder_id = citizen AND basis = 'guardian';
  INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
    SELECT gen_random_uuid(), child, citizen, bit_or(p.kinds) & GUARDED_KINDS, for_purposes,
      gate.now(), p.until, 'guardian'
    FROM unnest(part_kinds, part_until) AS p (kinds, until) WHERE p.until > gate.now()
    GROUP BY p.until HAVING bit_or(p.kinds) & GUARDED_KINDS <> 0;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = child;
END $$;

CREATE OR REPLACE FUNCTION gate.open_guardian(child uuid, citizen uuid, for_kinds int, for_purposes int,
    until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM gate.open_guardian(child, citizen, ARRAY[for_kinds], ARRAY[until], for_purposes);
END $$;

CREATE OR REPLACE FUNCTION gate.end_guardian(child uuid, citizen uuid) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE gone int;
BEGIN
  IF citizen = ANY (gate.entered_holders()) OR NOT gate.works_with(child) THEN
    RAISE EXCEPTION 'gate: that a guardian is one no longer is recorded by somebody around the child'
      REFUSE;
  END IF;
  DELETE FROM gate_grant WHERE subject_id = child AND holder_id = citizen AND basis = 'guardian';
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = child;
  RETURN gone;
END $$;
"""

CONSENTS = """
CREATE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int,
    for_purposes int, from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text,
    text_read text, until timestamptz, for_what text, said date, heard uuid, with_citizens uuid[])
    RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE today date := (gate.now() AT TIME ZONE 'UTC')::date;
BEGIN
  IF NOT (by_citizen = ANY (gate.entered_holders()) OR from_unit_ids && gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a consent is recorded by the person or by a unit it is from' REFUSE;
  END IF;
  IF EXISTS (SELECT FROM unnest(by_citizen || with_citizens) one
      WHERE NOT gate.may_speak_for(about, one, for_kinds)) THEN
    RAISE EXCEPTION 'gate: a consent is given by the person it is about, or by guardians within their scope'
      REFUSE;
  END IF;
  IF NOT by_citizen = ANY (gate.entered_holders())
    AND EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about)
    AND NOT EXISTS (SELECT FROM gate_consent c WHERE c.subject_id = about
      AND c.recorded_by_id = gate.entered_post())
    AND NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders()) AND g.basis <> 'lift'
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a further consent is recorded by the person or by somebody around them' REFUSE;
  END IF;
  IF heard IS NOT NULL AND NOT EXISTS (SELECT FROM gate_membership m WHERE m.post_id = heard
      AND m.holder_id = ANY (gate.entered_holders())
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to) OR said > today THEN
    RAISE EXCEPTION 'gate: a consent was heard by a post of the own unit, and not on a day to come' REFUSE;
  END IF;
  INSERT INTO gate_consent (id, subject_id, given_by_id, recorded_by_id, kinds, purposes, from_units,
      to_units, provisions, form, text_version, given_at, valid_to, what_for, said_on, heard_by, given_with)
    VALUES (consent, about, by_citizen, gate.entered_post(), for_kinds & GIVEN_KINDS, for_purposes,
      from_unit_ids, to_unit_ids, rests_on, in_form, text_read, gate.now(), until, for_what,
      CASE WHEN in_form <> 'digital' THEN coalesce(said, today) END,
      CASE WHEN in_form = 'oral' AND NOT by_citizen = ANY (gate.entered_holders())
        THEN coalesce(heard, gate.entered_post()) END,
      nullif(with_citizens, '{}'));
END $$;

CREATE OR REPLACE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int,
    for_purposes int, from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text,
    text_read text, until timestamptz, for_what text, said date, heard uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM gate.give_consent(consent, about, by_citizen, for_kinds, for_purposes, from_unit_ids, to_unit_ids,
    rests_on, in_form, text_read, until, for_what, said, heard, '{}');
END $$;

CREATE OR REPLACE FUNCTION gate.give_consent(consent uuid, about uuid, by_citizen uuid, for_kinds int,
    for_purposes int, from_unit_ids uuid[], to_unit_ids uuid[], rests_on text[], in_form text,
    text_read text, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM gate.give_consent(consent, about, by_citizen, for_kinds, for_purposes, from_unit_ids, to_unit_ids,
    rests_on, in_form, text_read, until, 'common_plan', NULL, NULL, '{}');
END $$;

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
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)) THEN
    RAISE EXCEPTION 'gate: there is no such consent in force to withdraw' REFUSE;
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

GIVER = f"ALTER POLICY the_giver ON gate_consent USING ({OF_THE_GIVERS});"

DEFINERS = [
    "gate.open_guardian(uuid, uuid, int[], timestamptz[], int)",
    "gate.give_consent(uuid, uuid, uuid, int, int, uuid[], uuid[], text[], text, text, timestamptz, text, "
    "date, uuid, uuid[])",
]
INTERNAL = ["gate.may_speak_for(uuid, uuid, int)", "gate.works_with(uuid)"]


def written(sql: str) -> str:
    """A function with the words of the access table, and the kinds that no scope is asked about."""
    return said(sql).replace("ANY_ANSWERS", str(int(ANY_GUARDIAN_ANSWERS)))


class Migration(migrations.Migration):
    dependencies = [("gate", "0017_guardians_by_parts")]

    operations = [
        migrations.AddField(
            "consent",
            "given_with",
            django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), null=True, size=None),
        ),
        *(migrations.RunSQL(written(sql)) for sql in (GUARDIANS, CONSENTS, RESTS_ON)),
        migrations.RunSQL(GIVER),
        handed_over(definers=DEFINERS, internal=INTERNAL),
    ]
