"""Every table's policy in its new form: who has entered is read only where the seal fits.

The rooms' own migrations made the older form, on the same settings without a seal. This one stands in the
uppermost room, since it touches the tables of all.
"""

from django.db import migrations

from samvirke.gate.protection import HOLDERS, POST, anew
from samvirke.kernel.gate_words import DataKind

ABOUT_SUBJECTS: dict[str, tuple[DataKind | str, str]] = {
    "people_clientrecord": (DataKind.IDENTITY, "id"),
    "people_recordassessment": (DataKind.EMPLOYMENT, "subject_id"),
    "people_recordchange": (DataKind.IDENTITY, "subject_id"),
    "people_recordpair": (DataKind.IDENTITY, "subject_id"),
    "people_person": (DataKind.IDENTITY, "id"),
    "people_identitylink": (DataKind.CONSENT, "subject_id"),
    "people_wrongtie": (DataKind.CONSENT, "subject_id"),
    "people_referral": (DataKind.CONSENT, "subject_id"),
    "people_familymember": (DataKind.IDENTITY, "subject_id"),
    "people_whereabouts": ("kind", "subject_id"),
    "programmes_screening": (DataKind.EMPLOYMENT, "subject_id"),
    "plan_plan": (DataKind.PLAN, "subject_id"),
    "plan_teammember": (DataKind.PLAN, "subject_id"),
    "plan_goal": (DataKind.PLAN, "subject_id"),
    "plan_goalversion": (DataKind.PLAN, "subject_id"),
    "plan_action": ("kind", "subject_id"),
    "plan_statement": (DataKind.PLAN, "subject_id"),
    "coordination_duty": (DataKind.PLAN, "subject_id"),
    "coordination_handover": (DataKind.PLAN, "subject_id"),
    "coordination_turn": (DataKind.PLAN, "subject_id"),
    "coordination_followup": (DataKind.PLAN, "subject_id"),
    "coordination_meeting": (DataKind.PLAN, "subject_id"),
    "coordination_attendee": (DataKind.PLAN, "subject_id"),
    "coordination_minutes": (DataKind.PLAN, "subject_id"),
    "exchange_caseevent": (DataKind.ECONOMY, "subject_id"),
    "applications_application": ("kind", "subject_id"),
    "applications_applicationstep": ("kind", "subject_id"),
    "interventions_need": ("kind", "subject_id"),
    "interventions_placement": ("kind", "subject_id"),
}
MINE = f"FROM agencies_post mine WHERE mine.id = {POST}"
LEADS = f"EXISTS (SELECT {MINE} AND mine.is_leader AND mine.role IN ('unit_leader', 'partnership_leader'))"
OF_UNITS = {
    **{
        f"agreements_{name}": LEADS
        for name in ("agreement", "agreementversion", "agreementparty", "responsetime", "routinecheck")
    },
    "agreements_contactperson": f"""EXISTS (SELECT {MINE} AND (mine.role = 'partnership_leader'
      OR (mine.is_leader AND mine.unit_id = agreements_contactperson.unit_id)))""",
    "coordination_absence": f"""EXISTS (SELECT FROM agencies_post p JOIN agencies_post mine
      ON mine.id = p.id OR (mine.is_leader AND mine.unit_id = p.unit_id)
    WHERE p.id = coordination_absence.post_id AND mine.id = {POST})""",
    "exchange_importrun": f"exchange_importrun.unit_id = ANY ({HOLDERS})",
    "exchange_columnmapping": f"exchange_columnmapping.unit_id = ANY ({HOLDERS})",
    "exchange_upload": f"exchange_upload.unit_id = ANY ({HOLDERS}) "
    f"AND exchange_upload.uploaded_by_id = {POST}",
}
BY_ITS_LEADER = f"""saved_by_id = {POST} AND EXISTS (SELECT FROM programmes_localpartnership p
    JOIN agencies_post mine ON mine.unit_id = p.office_id AND mine.is_leader
    WHERE p.id = partnership_id AND mine.id = {POST})"""

CLOSE = """
CREATE OR REPLACE FUNCTION gate.close_records(unit uuid, records uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE own uuid[];
BEGIN
  IF NOT unit = ANY (gate.entered_holders()) THEN
    RAISE EXCEPTION 'gate: a unit closes records of its own only' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF EXISTS (SELECT FROM gate.records_in_use(records)) THEN
    RAISE EXCEPTION 'gate: a record in use is not closed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  SELECT array_agg(DISTINCT g.subject_id) INTO own FROM gate_grant g
    WHERE g.subject_id = ANY (records) AND g.basis = 'own_record'
    AND (g.holder_id = unit OR EXISTS (SELECT FROM gate_shield s
      WHERE s.subject_id = g.subject_id AND s.unit_id = unit AND s.ended_at IS NULL));
  UPDATE gate_subject SET epoch = epoch + 1 WHERE id = ANY (own);
  DELETE FROM gate_grant WHERE subject_id = ANY (own) AND basis = 'own_record';
END $$;
"""


def _of_a_unit(table: str, condition: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER POLICY the_unit ON {table} USING ({condition}) WITH CHECK ({condition});",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0007_what_is_the_same_is_in_use"),
        ("gate", "0014_lifts_only_read"),
        ("people", "0006_pairs_and_wrong_ties"),
        ("plan", "0002_lock"),
        ("programmes", "0004_lock_programmes"),
        ("agreements", "0002_lock"),
        ("interventions", "0002_lock"),
        ("applications", "0002_lock"),
        ("coordination", "0006_follow_ups"),
    ]

    operations = [
        migrations.RunSQL(CLOSE, migrations.RunSQL.noop),  # of a shielded record, too
        *(anew(table, kind=kind, subject=subject) for table, (kind, subject) in ABOUT_SUBJECTS.items()),
        *(_of_a_unit(table, condition) for table, condition in OF_UNITS.items()),
        migrations.RunSQL(
            f"ALTER POLICY the_leader_adds ON programmes_rulesversion WITH CHECK ({BY_ITS_LEADER});",
            migrations.RunSQL.noop,
        ),
    ]
