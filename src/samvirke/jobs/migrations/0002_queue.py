"""The queue, in a schema that neither pages nor figures can read.

`samvirke_worker` runs the queue and reaches nothing else; the work itself is done by the pages' role, entered
as the post that asked. The pages' role may only ask, through a function of the gatekeeper that takes no other
post and purpose than those that have entered.
"""

from pathlib import Path

from django.db import migrations

QUEUE = (Path(__file__).parent / "queue_3_10.sql").read_text(encoding="utf-8")

SCHEMA = f"""
CREATE SCHEMA jobs;
SET LOCAL search_path = jobs, pg_catalog;
{QUEUE}
SET LOCAL search_path = public, pg_catalog;
"""

DEFER = """
CREATE FUNCTION jobs.defer(task text, post uuid, purpose int, ids uuid[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, jobs, public AS $$
DECLARE
  same text := task || ' ' || ids::text;
  asked jsonb := jsonb_build_object('post', post, 'purpose', purpose, 'ids', to_jsonb(ids));
BEGIN
  IF post IS NULL OR post IS DISTINCT FROM gate.entered_post()
      OR purpose IS DISTINCT FROM nullif(current_setting('gate.purpose', true), '')::int THEN
    RAISE EXCEPTION 'jobs: only the post that has entered asks for a job'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM jobs.procrastinate_defer_jobs_v1(ARRAY[ROW('default', task, 0, same,
    same || ' ' || post || ' ' || purpose, asked, NULL::timestamptz)::jobs.procrastinate_job_to_defer_v1]);
  RETURN true;
EXCEPTION WHEN unique_violation THEN
  RETURN false;
END $$;
"""

PRIVILEGES = """
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA jobs FROM PUBLIC;
GRANT USAGE ON SCHEMA jobs TO samvirke_app, samvirke_worker;
GRANT USAGE, CREATE ON SCHEMA jobs TO samvirke_gatekeeper;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO samvirke_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO samvirke_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA jobs TO samvirke_worker;
REVOKE ALL ON FUNCTION jobs.defer(text, uuid, int, uuid[]) FROM samvirke_worker;

GRANT SELECT, INSERT ON jobs.procrastinate_jobs TO samvirke_gatekeeper;
GRANT INSERT ON jobs.procrastinate_events TO samvirke_gatekeeper;
GRANT USAGE ON SEQUENCE jobs.procrastinate_jobs_id_seq, jobs.procrastinate_events_id_seq
  TO samvirke_gatekeeper;
GRANT EXECUTE ON FUNCTION jobs.procrastinate_defer_jobs_v1(jobs.procrastinate_job_to_defer_v1[])
  TO samvirke_gatekeeper;
ALTER FUNCTION jobs.defer(text, uuid, int, uuid[]) OWNER TO samvirke_gatekeeper;
REVOKE ALL ON FUNCTION jobs.defer(text, uuid, int, uuid[]) FROM PUBLIC, samvirke_owner;
GRANT EXECUTE ON FUNCTION jobs.defer(text, uuid, int, uuid[]) TO samvirke_app;
REVOKE CREATE ON SCHEMA jobs FROM samvirke_gatekeeper;

GRANT SELECT, INSERT ON jobs_joboutcome TO samvirke_app;
"""


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("gate", "0006_lifting")]

    operations = [
        migrations.RunSQL(SCHEMA),
        migrations.RunSQL(DEFER),
        migrations.RunSQL(PRIVILEGES),
    ]
