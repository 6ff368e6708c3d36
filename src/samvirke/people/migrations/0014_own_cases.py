"""Who works here is kept from their own case by itself, whichever comes first: the seat or the record.

`gate.take_post` and `gate.leave_post` are an administrator's. `gate.bar_own_cases` is called with each record
and person that is opened, in the same transaction; who calls it learns nothing by it.
"""

from django.db import migrations

from samvirke.gate.protection import handed_over

TAKE = """
CREATE FUNCTION gate.leave_post(left_post uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM gate_ownnumber WHERE post_id = left_post;
  UPDATE gate_bar SET ended_at = gate.now() WHERE holder_id = left_post AND reason = 'own_case'
    AND declared_by_id IS NULL AND ended_at IS NULL;
END $$;

CREATE FUNCTION gate.take_post(taken uuid, own bytea, scopes uuid[], hashes bytea[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found_now int;
BEGIN
  PERFORM gate.leave_post(taken);
  INSERT INTO gate_ownnumber (post_id, number_hash) VALUES (taken, own);
  INSERT INTO gate_bar (id, holder_id, subject_id, reason, since)
    SELECT gen_random_uuid(), taken, one.id, 'own_case', gate.now() FROM (
      SELECT r.id FROM people_clientrecord r JOIN unnest(scopes, hashes) s (scope, hash)
        ON r.unit_id = s.scope AND r.national_id_hash = s.hash
      UNION
      SELECT p.id FROM people_person p JOIN unnest(scopes, hashes) s (scope, hash)
        ON p.partnership_id = s.scope AND p.national_id_hash = s.hash) one;
  GET DIAGNOSTICS found_now = ROW_COUNT;
  RETURN found_now;
END $$;

CREATE FUNCTION gate.bar_own_cases(subjects uuid[], hashes bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO gate_bar (id, holder_id, subject_id, reason, since)
    SELECT gen_random_uuid(), o.post_id, s.subject, 'own_case', gate.now()
    FROM unnest(subjects, hashes) s (subject, hash) JOIN gate_ownnumber o ON o.number_hash = s.hash
    WHERE EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = s.subject
        AND g.holder_id = ANY (gate.entered_holders()))
      AND NOT EXISTS (SELECT FROM gate_bar b WHERE b.holder_id = o.post_id AND b.subject_id = s.subject
        AND b.reason = 'own_case' AND b.ended_at IS NULL);
END $$;
"""
MAY_LOOK = """
GRANT SELECT (id, unit_id, national_id_hash) ON people_clientrecord TO samvirke_gatekeeper;
CREATE POLICY the_gatekeeper ON people_clientrecord FOR SELECT TO samvirke_gatekeeper
  USING (current_user = 'samvirke_gatekeeper');
"""
UNDO = """
DROP FUNCTION gate.bar_own_cases(uuid[], bytea[]);
DROP FUNCTION gate.take_post(uuid, bytea, uuid[], bytea[]);
DROP FUNCTION gate.leave_post(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0013_openings_by_law"), ("gate", "0022_own_numbers")]

    operations = [
        migrations.RunSQL(
            MAY_LOOK,
            "DROP POLICY the_gatekeeper ON people_clientrecord; "
            "REVOKE SELECT (id, unit_id, national_id_hash) ON people_clientrecord FROM samvirke_gatekeeper;",
        ),
        migrations.RunSQL(TAKE, UNDO),
        handed_over(
            definers=["gate.bar_own_cases(uuid[], bytea[])"],
            internal=["gate.take_post(uuid, bytea, uuid[], bytea[])", "gate.leave_post(uuid)"],
        ),
    ]
