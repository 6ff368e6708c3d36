-- One row per municipality: how many client records and persons came how far. Counts alone.
-- A person whose place is protected is not among those on a plan.
-- A record that was found to be the same client as another of its agency is counted as that one.
-- A record that was taken in by mistake and withdrawn is not counted, nor are the rows of a file taken back.
-- The same file taken in again counts once. An import of a unit that serves several municipalities has its refused rows under '0000'.
CREATE VIEW published.v1_flow AS
WITH folded AS (
  SELECT subject_id AS record_id, (payload ->> 'into')::uuid AS client_id FROM events_fact
  WHERE code = 'record_folded'
    AND NOT EXISTS (SELECT FROM events_fact apart WHERE apart.code = 'record_taken_apart'
      AND apart.subject_id = events_fact.subject_id
      AND apart.payload ->> 'pair_id' = events_fact.payload ->> 'pair_id')
), step AS (
  SELECT payload ->> 'municipality' AS municipality, code, coalesce(client_id, subject_id) AS subject_id, payload
  FROM events_fact LEFT JOIN folded ON record_id = subject_id
  WHERE code IN ('record_imported', 'record_screened', 'person_asked', 'plan_entered')
    AND NOT EXISTS (SELECT FROM events_fact hidden
      WHERE hidden.code IN ('place_protected', 'record_withdrawn')
        AND hidden.subject_id = events_fact.subject_id)
), file AS (
  SELECT DISTINCT ON (payload ->> 'file_hash')
         coalesce(nullif(payload ->> 'municipality', ''), '0000') AS municipality,
         (payload ->> 'refused')::int AS refused
  FROM events_fact WHERE code = 'import_finished'
    AND NOT EXISTS (SELECT FROM events_fact back WHERE back.code = 'import_taken_back'
      AND back.payload ->> 'run_id' = events_fact.payload ->> 'run_id')
  ORDER BY payload ->> 'file_hash', happened_at DESC
), refused AS (
  SELECT municipality, sum(refused)::int AS refused_rows FROM file GROUP BY 1
), counted AS (
  SELECT municipality,
    count(DISTINCT subject_id) FILTER (WHERE code = 'record_imported')::int AS imported,
    count(DISTINCT subject_id) FILTER (WHERE code = 'record_screened')::int AS screened,
    count(DISTINCT subject_id) FILTER (WHERE code = 'record_screened'
      AND payload ->> 'outcome' = 'admitted')::int AS admitted,
    count(DISTINCT subject_id) FILTER (WHERE code = 'person_asked')::int AS asked,
    count(DISTINCT subject_id) FILTER (WHERE code = 'person_asked'
      AND (payload ->> 'said_yes')::bool)::int AS consented,
    count(DISTINCT subject_id) FILTER (WHERE code = 'plan_entered')::int AS on_plan
  FROM step GROUP BY 1
)
SELECT municipality, coalesce(imported, 0) AS imported, coalesce(refused_rows, 0) AS refused_rows,
  coalesce(screened, 0) AS screened, coalesce(admitted, 0) AS admitted, coalesce(asked, 0) AS asked,
  coalesce(consented, 0) AS consented, coalesce(on_plan, 0) AS on_plan
FROM counted FULL JOIN refused USING (municipality);
