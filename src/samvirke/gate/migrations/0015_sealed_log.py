"""One line for each request and subject, and seals over the lanes of the access log.

A line says in which format it was sealed: what the version before still writes is of the first. Of the log
the gatekeeper's functions read where lanes stand and nothing else; the worker calls them, and nobody else
reaches the seals.
"""

import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import asked_for

OWN = ["gate_seal", "gate_sealedhead"]

OWNERSHIP = "\n".join(
    f"ALTER TABLE {table} OWNER TO samvirke_gatekeeper; ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    for table in OWN
)

# The owner is a member of the gatekeeper's role: inside the gatekeeper's own functions alone.
LANES = """
CREATE POLICY the_gatekeeper ON gate_accessentry FOR SELECT TO samvirke_gatekeeper
  USING (current_user = 'samvirke_gatekeeper');
GRANT SELECT (lane, seq, mac, at) ON gate_accessentry TO samvirke_gatekeeper;
"""

SEALING = """
CREATE FUNCTION gate.begin_seal(OUT at timestamptz) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  LOCK TABLE gate_seal IN EXCLUSIVE MODE;
  at := gate.now();
END $$;

CREATE FUNCTION gate.seals_after(last bigint) RETURNS SETOF gate_seal LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT * FROM gate_seal s WHERE s.number > last ORDER BY s.number LIMIT 10000
$$;

CREATE FUNCTION gate.newest_seal() RETURNS SETOF gate_seal LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT * FROM gate_seal s ORDER BY s.number DESC LIMIT 1
$$;

CREATE FUNCTION gate.lanes_to_seal() RETURNS TABLE (lane uuid, seq bigint, mac bytea, sealed bigint,
  since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE lanes AS (
    (SELECT e.lane FROM gate_accessentry e ORDER BY e.lane LIMIT 1)
    UNION ALL
    SELECT (SELECT e.lane FROM gate_accessentry e WHERE e.lane > l.lane ORDER BY e.lane LIMIT 1)
    FROM lanes l WHERE l.lane IS NOT NULL
  )
  SELECT l.lane, e.seq, e.mac, coalesce(s.seq, 0),
    (SELECT f.at FROM gate_accessentry f WHERE f.lane = l.lane AND f.seq = coalesce(s.seq, 0) + 1)
  FROM lanes l
  CROSS JOIN LATERAL (SELECT a.seq, a.mac FROM gate_accessentry a WHERE a.lane = l.lane
    ORDER BY a.seq DESC LIMIT 1) e
  LEFT JOIN LATERAL (SELECT h.seq FROM gate_sealedhead h WHERE h.lane = l.lane
    ORDER BY h.seq DESC LIMIT 1) s ON true
  WHERE e.seq <> coalesce(s.seq, 0)
  ORDER BY l.lane
$$;

CREATE FUNCTION gate.add_seal(new_number bigint, made_at timestamptz, new_root bytea, mac_before bytea,
    all_lanes int, all_lines bigint, new_mac bytea, moved uuid[], seqs bigint[], macs bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF new_number <> 1 + coalesce((SELECT max(s.number) FROM gate_seal s), 0) THEN
    RAISE EXCEPTION 'gate: a seal follows the one before' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO gate_seal (number, at, root, previous, lanes, lines, mac)
    VALUES (new_number, made_at, new_root, mac_before, all_lanes, all_lines, new_mac);
  INSERT INTO gate_sealedhead (id, seal_id, lane, seq, mac)
    SELECT gen_random_uuid(), new_number, head.* FROM unnest(moved, seqs, macs) head;
END $$;
"""

FUNCTIONS = [
    "gate.begin_seal()",
    "gate.seals_after(bigint)",
    "gate.newest_seal()",
    "gate.lanes_to_seal()",
    "gate.add_seal(bigint, timestamptz, bytea, bytea, int, bigint, bytea, uuid[], bigint[], bytea[])",
]

HANDED_OVER = "GRANT USAGE ON SCHEMA gate TO samvirke_worker;\n" + "\n".join(
    f"ALTER FUNCTION {name} OWNER TO samvirke_gatekeeper; "
    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC; GRANT EXECUTE ON FUNCTION {name} TO samvirke_worker;"
    for name in FUNCTIONS
)


class Migration(migrations.Migration):
    dependencies = [("gate", "0014_lifts_only_read")]

    operations = [
        migrations.AddField("AccessEntry", "refused_kinds", models.IntegerField(db_default=0)),
        migrations.AddField("AccessEntry", "format", models.SmallIntegerField(db_default=1)),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("root", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("lanes", models.IntegerField()),
                ("lines", models.BigIntegerField()),
                ("mac", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SealedHead",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("lane", models.UUIDField()),
                ("seq", models.BigIntegerField()),
                ("mac", models.BinaryField()),
                (
                    "seal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.seal",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["lane", "-seq"], name="sealed_heads_of_lane")],
                "constraints": [
                    models.UniqueConstraint(fields=("seal", "lane"), name="one_head_of_a_lane_in_a_seal")
                ],
            },
        ),
        migrations.RunSQL(LANES),
        migrations.RunSQL(SEALING),
        migrations.RunSQL(HANDED_OVER),
        migrations.RunSQL(OWNERSHIP),
        asked_for("gate_consent"),
    ]
