-- One row per check of an agreement's routines: what was found, and when to look again.
CREATE VIEW published.v1_agreement_checks AS
SELECT
  id                                    AS check_id,
  payload ->> 'agreement_id'            AS agreement_id,
  (payload ->> 'done_on')::date         AS done_on,
  payload ->> 'result'                  AS result,
  (payload ->> 'next_check_on')::date   AS next_check_on
FROM events_fact WHERE code = 'agreement_checked';
