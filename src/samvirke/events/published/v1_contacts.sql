-- One row per contact around a plan: a meeting that the person was in, a call, or a note that was written.
-- Whose place is protected is left out, from the first day on.
CREATE VIEW published.v1_contacts AS
SELECT
  told.id                     AS contact_id,
  told.payload ->> 'plan_id'  AS plan_id,
  CASE told.code WHEN 'meeting_held' THEN 'meeting'
                 WHEN 'follow_up_done' THEN 'call'
                 ELSE 'note' END AS way,
  coalesce((told.payload ->> 'held_on')::date, (told.happened_at AT TIME ZONE 'UTC')::date) AS on_day
FROM events_fact told
JOIN events_fact entered
  ON entered.code = 'plan_entered' AND entered.payload ->> 'plan_id' = told.payload ->> 'plan_id'
WHERE (told.code IN ('note_written', 'follow_up_done')
    OR (told.code = 'meeting_held' AND (told.payload ->> 'person_was_there')::bool))
  AND NOT EXISTS (SELECT FROM events_fact hidden
    WHERE hidden.code = 'place_protected' AND hidden.subject_id = entered.subject_id);
