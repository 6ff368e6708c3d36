"""Who has entered is sealed, and a seal that does not fit its transaction opens nothing.

The settings that policies read can be set by whoever runs SQL as the pages' role. So `gate.enter` asks for a
ticket made with a key outside the database, for this connection, post and purpose; and it seals what it set
together with the transaction's own time. `gate.entered_holders` and `gate.entered_post` answer only where the
seal fits. One policy on the grants holds everything that is the same for all tables; a table's policy asks no
more than whether a grant opens its kind.
"""

from django.db import migrations

from samvirke.gate.protection import HELD_NOW, uniform, uniform_check
from samvirke.kernel.gate_words import DataKind

KEYED = "sha256({key} || sha256({key} || convert_to({said}, 'UTF8')))"
SETTINGS = ("gate.post", "gate.holders", "gate.cap", "gate.purpose", "gate.barred")
SEAL = "encode({}, 'hex')".format(
    KEYED.format(
        key="secret",
        said="format('%s|%s|%s|%s|%s|%s', {}, extract(epoch FROM transaction_timestamp()))".format(
            ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
        ),
    )
)
TICKET = KEYED.format(key="s.entering", said="format('%s|%s|%s', pg_backend_pid(), as_post, for_purpose)")

ENTERED = """
CREATE OR REPLACE FUNCTION gate.entered_holders() RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE secret bytea;
BEGIN
  SELECT sealing INTO secret FROM gate_secret;
  IF current_setting('gate.seal', true) = THE_SEAL THEN
    RETURN current_setting('gate.holders', true)::uuid[];
  END IF;
  RETURN '{}';
END $$;

CREATE OR REPLACE FUNCTION gate.entered_post() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT CASE WHEN cardinality(gate.entered_holders()) > 0
    THEN nullif(current_setting('gate.post', true), '')::uuid END
$$;

CREATE OR REPLACE FUNCTION gate.leave() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM set_config('gate.post', '', true), set_config('gate.holders', '', true),
    set_config('gate.cap', '', true), set_config('gate.purpose', '', true),
    set_config('gate.barred', '', true), set_config('gate.seal', '', true);
END $$;
"""

NEVER_SEEN = """
CREATE FUNCTION gate.same_person(about uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$ SELECT about $$;

CREATE FUNCTION gate.never_seen(as_post uuid, moment timestamptz) RETURNS TABLE (subject_id uuid, reason text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  WITH declared AS (
    SELECT b.subject_id, b.reason FROM gate_bar b
    WHERE b.holder_id IN (SELECT m.holder_id FROM gate_membership m WHERE m.post_id = as_post)
      AND b.since <= moment AND (b.ended_at IS NULL OR moment < b.ended_at)
  ), each AS (
    SELECT d.subject_id, d.reason FROM declared d
    UNION SELECT m.person_id, d.reason FROM declared d JOIN gate_circlemember m ON m.circle_id = d.subject_id
  ), same AS (
    SELECT s.subject_id, e.reason FROM each e CROSS JOIN LATERAL gate.same_person(e.subject_id) s (subject_id)
  )
  SELECT s.subject_id, s.reason FROM same s
  UNION SELECT m.circle_id, s.reason FROM same s JOIN gate_circlemember m ON m.person_id = s.subject_id
$$;
ALTER FUNCTION gate.same_person(uuid) OWNER TO samvirke_gatekeeper;
ALTER FUNCTION gate.never_seen(uuid, timestamptz) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.same_person(uuid), gate.never_seen(uuid, timestamptz) FROM PUBLIC;
"""

ENTER = """
DROP FUNCTION gate.enter(uuid, int);
CREATE FUNCTION gate.enter(as_post uuid, for_purpose int, ticket bytea,
    OUT role text, OUT holders uuid[], OUT barred uuid[], OUT reasons text[], OUT at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE cap int; s gate_secret; secret bytea;
BEGIN
  PERFORM gate.leave();
  SELECT * INTO s FROM gate_secret;
  IF ticket IS DISTINCT FROM THE_TICKET THEN
    RAISE EXCEPTION 'gate: entering needs a ticket for this connection, post and purpose'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  at := gate.now();
  SELECT min(m.role), array_agg(DISTINCT m.holder_id), bit_or(m.kinds)
    INTO role, holders, cap
    FROM gate_membership m
    WHERE m.post_id = as_post AND m.purposes & for_purpose <> 0
      AND m.valid_from <= at AND at < m.valid_to;
  IF role IS NULL THEN RETURN; END IF;
  SELECT coalesce(array_agg(n.subject_id), '{}'), coalesce(array_agg(n.reason), '{}') INTO barred, reasons
    FROM gate.never_seen(as_post, at) n;
  PERFORM set_config('gate.post', as_post::text, true), set_config('gate.holders', holders::text, true),
    set_config('gate.cap', cap::text, true), set_config('gate.purpose', for_purpose::text, true),
    set_config('gate.barred', barred::text, true);
  secret := s.sealing;
  PERFORM set_config('gate.seal', THE_SEAL, true);
END $$;
"""

POLICIES = """
ALTER POLICY own_grants ON gate_grant USING (HELD_NOW);
ALTER POLICY the_gate ON gate_consent USING (OF_CONSENTS);
ALTER POLICY the_giver ON gate_consent
  USING (given_by_id = ANY ((SELECT gate.entered_holders())::uuid[]));
ALTER POLICY the_person_reads ON gate_accessentry
  USING (OF_THE_LOG);
ALTER POLICY the_gate ON events_fact
  WITH CHECK (subject_id IS NULL OR (OF_FACTS));
"""

OWNERSHIP = """
ALTER TABLE gate_secret OWNER TO samvirke_gatekeeper;
ALTER TABLE gate_secret ENABLE ROW LEVEL SECURITY;
ALTER FUNCTION gate.entered_holders() OWNER TO samvirke_gatekeeper;
ALTER FUNCTION gate.enter(uuid, int, bytea) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION gate.enter(uuid, int, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION gate.enter(uuid, int, bytea) TO samvirke_app;
"""

PARTS = {
    "THE_SEAL": SEAL,
    "THE_TICKET": TICKET,
    "HELD_NOW": HELD_NOW,
    "OF_CONSENTS": uniform("gate_consent", kind=DataKind.CONSENT),
    "OF_THE_LOG": uniform("gate_accessentry", kind=DataKind.ACCESS_LOG),
    "OF_FACTS": uniform_check("events_fact", kind="kind"),
}


def _filled(sql: str) -> str:
    for word, part in PARTS.items():
        sql = sql.replace(word, part)
    return sql


class Migration(migrations.Migration):
    dependencies = [("gate", "0010_one_grant_of_a_ground"), ("events", "0006_same_client")]

    operations = [
        *(migrations.RunSQL(_filled(sql)) for sql in (ENTERED, NEVER_SEEN, ENTER, POLICIES)),
        migrations.RunSQL(OWNERSHIP),
    ]
