"""What the access log keeps back for a time, and what a guardian is told of a child's.

A leader decides that visits of named units or posts are kept back from one reader: the person, or a guardian.
Somebody else reviews it, or it lapses; afterwards everything is told. The restrictive policies hold whatever
else would let the reader see a line. A guardian is told of visits that rested on a yes of the guardian's own,
of the kinds it named, and of nothing else.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from samvirke.gate.protection import APP, HOLDERS, POST, handed_over, said

KEEP_BACK = """
CREATE FUNCTION gate.keep_back(exception uuid, about uuid, from_reader uuid, which uuid[], for_case text,
    rests_on text, why text, reviewed_by uuid, review_until timestamptz, until timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE me uuid := gate.entered_post();
BEGIN
  IF me IS NULL OR gate.is_around(about, IDENTITY) IS NOT TRUE
    OR char_length(why) NOT BETWEEN SHORTEST AND LONGEST OR for_case = '' OR rests_on = ''
    OR NOT gate.is_leader(me) OR reviewed_by = me OR NOT gate.is_leader(reviewed_by)
    OR review_until <= gate.now() OR until < review_until
    OR until > gate.now() + make_interval(days => KEPT_BACK_DAYS)
    OR cardinality(which) = 0 OR from_reader = ANY (which)
    OR NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about AND g.holder_id = from_reader
      AND g.basis IN ('self', 'guardian') AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RAISE EXCEPTION 'gate: a leader around the person keeps visits back from one reader, with a reason, '
      'until a day, for another leader to review' REFUSE;
  END IF;
  INSERT INTO gate_logexception (id, subject_id, reader_id, kept_back, case_type, provision, decided_by_id,
      reviewer_id, since, review_until, until)
    VALUES (exception, about, from_reader, which, for_case, rests_on, me, reviewed_by, gate.now(),
      review_until, until);
  INSERT INTO gate_logexceptionreason (exception_id, text) VALUES (exception, why);
END $$;

CREATE FUNCTION gate.review_kept_back(exception uuid, judged text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE x gate_logexception; me uuid := gate.entered_post();
BEGIN
  SELECT * INTO x FROM gate_logexception WHERE id = exception FOR UPDATE;
  IF x.id IS NULL OR x.ended_at IS NOT NULL OR judged IS NULL OR me IS NULL OR NOT (
      (judged = 'accepted' AND x.verdict IS NULL AND me = x.reviewer_id AND gate.now() < x.review_until)
      OR (judged = 'ended' AND me IN (x.reviewer_id, x.decided_by_id))) THEN
    RAISE EXCEPTION 'gate: what is kept back is accepted once, by its reviewer, and ended by either' REFUSE;
  END IF;
  UPDATE gate_logexception SET verdict = judged,
    reviewed_at = CASE WHEN me = x.reviewer_id THEN gate.now() ELSE x.reviewed_at END,
    ended_at = CASE WHEN judged = 'ended' THEN gate.now() END WHERE id = exception;
END $$;
"""

TOLD = """
CREATE FUNCTION gate.is_leader(post uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT FROM gate_membership m WHERE m.post_id = post AND m.role = 'unit_leader'
    AND m.holder_id <> post AND m.valid_from <= gate.now() AND gate.now() < m.valid_to)
$$;

CREATE FUNCTION gate.kept_back() RETURNS TABLE (subject_id uuid, post_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY
    WITH holding AS (
      SELECT x.subject_id, unnest(x.kept_back) AS holder_id FROM gate_logexception x
      WHERE x.reader_id = ANY (gate.entered_holders()) AND x.ended_at IS NULL
        AND x.since <= gate.now() AND gate.now() < x.until
        AND (x.verdict = 'accepted' OR gate.now() < x.review_until)
    )
    SELECT h.subject_id, h.holder_id FROM holding h
    UNION SELECT h.subject_id, m.post_id FROM holding h JOIN gate_membership m ON m.holder_id = h.holder_id;
END $$;

CREATE FUNCTION gate.told_to_guardian()
RETURNS TABLE (subject_id uuid, post_id uuid, kinds int, given_at timestamptz, ended_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY
    SELECT DISTINCT c.subject_id, m.post_id, c.kinds | GIVEN_ANYWAY,
      c.given_at, least(coalesce(c.withdrawn_at, c.valid_to), c.valid_to)
    FROM gate_consent c JOIN gate_membership m ON m.holder_id = ANY (c.to_units)
    WHERE (c.given_by_id || c.given_with) && gate.entered_holders()
      AND EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = c.subject_id AND g.basis = 'guardian'
        AND g.holder_id = ANY (c.given_by_id || c.given_with) AND g.holder_id = ANY (gate.entered_holders())
        AND g.kinds & PLAN_KIND <> 0
        AND g.valid_from <= gate.now() AND gate.now() < g.valid_to)
      AND NOT EXISTS (SELECT FROM gate.hidden_posts(c.subject_id, ARRAY[m.post_id]));
END $$;
"""

RESTED_ON = """
CREATE FUNCTION gate.rested_on(as_post uuid, for_purpose int, about uuid, kind int, moment timestamptz)
RETURNS TABLE (basis text, consent_id uuid, provision text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_around(about, LOG_KIND) IS NOT TRUE
    OR EXISTS (SELECT FROM gate.hidden_posts(about, ARRAY[as_post]))
    OR EXISTS (SELECT FROM gate.kept_back() k WHERE k.subject_id = about AND k.post_id = as_post) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT DISTINCT g.basis, g.consent_id, g.provision FROM gate_grant g
    WHERE g.subject_id = about AND g.kinds & kind <> 0 AND g.purposes & for_purpose <> 0
      AND g.valid_from <= moment AND moment < g.valid_to
      AND g.holder_id IN (SELECT m.holder_id FROM gate_membership m WHERE m.post_id = as_post
        AND m.valid_from <= moment AND moment < m.valid_to);
END $$;
"""

WHO_SEES = """
CREATE OR REPLACE FUNCTION gate.who_sees(about uuid, asked_kind int)
RETURNS TABLE (holder_id uuid, basis text, has_grant boolean, role_may boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = about
      AND g.holder_id = ANY (gate.entered_holders())
      AND g.valid_from <= gate.now() AND gate.now() < g.valid_to) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT g.holder_id, (array_agg(g.basis ORDER BY g.kinds & asked_kind = 0,
        array_position(STRONGEST_FIRST, g.basis)))[1],
      bool_or(g.kinds & asked_kind <> 0 AND NOT EXISTS (SELECT FROM gate_bar b
        WHERE b.holder_id = g.holder_id AND b.ended_at IS NULL AND (b.subject_id = about OR b.subject_id IN (
          SELECT m.person_id FROM gate_circlemember m WHERE m.circle_id = about)))),
      bool_or(coalesce(m.kinds, 0) & asked_kind <> 0)
    FROM gate_grant g
    LEFT JOIN gate_membership m ON m.post_id = g.holder_id AND m.holder_id = g.holder_id
      AND m.valid_from <= gate.now() AND gate.now() < m.valid_to
    WHERE g.subject_id = about AND g.valid_from <= gate.now() AND gate.now() < g.valid_to
      AND NOT EXISTS (SELECT FROM gate.kept_back() k WHERE k.subject_id = about AND k.post_id = g.holder_id)
    GROUP BY g.holder_id;
END $$;

CREATE OR REPLACE FUNCTION gate.explain(as_post uuid, for_purpose int, about uuid, kind int, writes boolean,
    moment timestamptz, OUT role text, OUT answer text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF gate.is_around(about, CONSENT_KIND) IS NOT TRUE
    OR EXISTS (SELECT FROM gate.hidden_posts(about, ARRAY[as_post]))
    OR EXISTS (SELECT FROM gate.kept_back() k WHERE k.subject_id = about AND k.post_id = as_post) THEN
    RAISE EXCEPTION 'gate: a decision is explained to the person and to those around the person' REFUSE;
  END IF;
  SELECT m.role INTO role FROM gate_membership m WHERE m.post_id = as_post
    ORDER BY m.valid_from <= moment AND moment < m.valid_to DESC, m.valid_from DESC LIMIT 1;
  answer := gate.decide(as_post, for_purpose, about, kind, writes, moment,
    gate.is_around(about, PROTECTED_KIND) IS TRUE);
END $$;
"""

PARTIES = f"decided_by_id = {POST} OR reviewer_id = {POST}"
AFTERWARDS = f"""reader_id = ANY ({HOLDERS}) AND (ended_at IS NOT NULL OR until <= (SELECT gate.now())
    OR (verdict IS NULL AND review_until <= (SELECT gate.now())))"""
NOT_KEPT_BACK = """NOT EXISTS (SELECT FROM gate.kept_back() k WHERE
    (k.post_id = gate_accessentry.post_id
      AND (k.subject_id = gate_accessentry.subject_id OR gate_accessentry.outcome = 'not_shown'))
    OR (k.subject_id = gate_accessentry.subject_id AND gate_accessentry.verb LIKE '%kept_back%'))"""
LIFT_NOT_KEPT_BACK = """NOT EXISTS (SELECT FROM gate.kept_back() k
    WHERE k.subject_id = gate_lift.subject_id AND k.post_id = gate_lift.post_id)"""
TO_THE_GUARDIAN = """gate_accessentry.basis = 'consent' AND gate_accessentry.outcome = 'allowed'
    AND gate_accessentry.refused_kinds = 0 AND EXISTS (SELECT FROM gate.told_to_guardian() t
      WHERE t.subject_id = gate_accessentry.subject_id AND t.post_id = gate_accessentry.post_id
      AND gate_accessentry.kinds & ~t.kinds = 0
      AND t.given_at <= gate_accessentry.at AND gate_accessentry.at < t.ended_at)"""
OF_THE_PARTIES = f"EXISTS ({{}} AND (x.decided_by_id = {POST} OR x.reviewer_id = {POST}))".format(
    "SELECT FROM gate_logexception x WHERE x.id = gate_logexceptionreason.exception_id"
)
READ = "CREATE POLICY {} ON {} {}FOR SELECT TO samvirke_app USING ({});"
POLICIES = "\n".join(
    [
        READ.format("the_parties", "gate_logexception", "", PARTIES),
        READ.format("the_reader_afterwards", "gate_logexception", "", AFTERWARDS),
        READ.format("the_parties", "gate_logexceptionreason", "", OF_THE_PARTIES),
        READ.format("nothing_kept_back", "gate_accessentry", "AS RESTRICTIVE ", NOT_KEPT_BACK),
        READ.format("nothing_kept_back", "gate_lift", "AS RESTRICTIVE ", LIFT_NOT_KEPT_BACK),
        READ.format("the_guardian_reads", "gate_accessentry", "", TO_THE_GUARDIAN),
        f"GRANT SELECT ON gate_logexception, gate_logexceptionreason TO {APP};",
    ]
)
DEFINERS = [
    "gate.keep_back(uuid, uuid, uuid, uuid[], text, text, text, uuid, timestamptz, timestamptz)",
    "gate.review_kept_back(uuid, text)",
    "gate.kept_back()",
    "gate.told_to_guardian()",
    "gate.rested_on(uuid, int, uuid, int, timestamptz)",
]
INTERNAL = ["gate.is_leader(uuid)"]


def holder() -> models.ForeignKey:
    """A post or a citizen."""
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.holder")


class Migration(migrations.Migration):
    dependencies = [("gate", "0022_own_numbers")]

    operations = [
        migrations.CreateModel(
            name="LogException",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kept_back",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("case_type", models.TextField()),
                ("provision", models.TextField()),
                ("since", models.DateTimeField()),
                ("review_until", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("verdict", models.TextField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("decided_by", holder()),
                ("reader", holder()),
                ("reviewer", holder()),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="gate.subject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["reader", "-since"], name="kept_back_from")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reviewer", models.F("decided_by")), _negated=True),
                        name="kept_back_is_reviewed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("verdict__isnull", True)),
                            models.Q(("ended_at__isnull", True), ("verdict", "accepted")),
                            models.Q(("ended_at__isnull", False), ("verdict", "ended")),
                            _connector="OR",
                        ),
                        name="kept_back_verdict_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("review_until__lte", models.F("until")),
                            ("since__lt", models.F("review_until")),
                        ),
                        name="kept_back_for_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogExceptionReason",
            fields=[
                (
                    "exception",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="gate.logexception",
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        *(migrations.RunSQL(said(sql)) for sql in (TOLD, KEEP_BACK, RESTED_ON, WHO_SEES)),
        handed_over(
            tables=["gate_logexception", "gate_logexceptionreason"], definers=DEFINERS, internal=INTERNAL
        ),
        migrations.RunSQL(POLICIES),
    ]
