-- One row per action with a day by which it was to be done: that day, and when it was done, or dropped or refused.
-- What the person or their own do is
-- no promise of an agency. Whose place is protected is left out, from the first day on.
CREATE VIEW published.v1_promises AS
SELECT
  agreed.payload ->> 'action_id'            AS action_id,
  agreed.payload ->> 'plan_id'              AS plan_id,
  (agreed.payload ->> 'due_on')::date       AS due_on,
  moved.done_on                             AS done_on,
  moved.dropped_on                          AS dropped_on
FROM events_fact agreed
JOIN events_fact entered
  ON entered.code = 'plan_entered' AND entered.payload ->> 'plan_id' = agreed.payload ->> 'plan_id'
LEFT JOIN LATERAL (
  SELECT
    min((happened_at AT TIME ZONE 'UTC')::date) FILTER (WHERE payload ->> 'status' = 'done') AS done_on,
    min((happened_at AT TIME ZONE 'UTC')::date) FILTER (WHERE payload ->> 'status' IN ('dropped', 'refused'))
      AS dropped_on
  FROM events_fact
  WHERE code = 'action_status_set' AND subject_id = agreed.subject_id
    AND payload ->> 'action_id' = agreed.payload ->> 'action_id'
) moved ON true
WHERE agreed.code = 'action_added' AND agreed.payload ->> 'due_on' IS NOT NULL
  AND agreed.payload ->> 'standing' <> 'own'
  AND NOT EXISTS (SELECT FROM events_fact hidden
    WHERE hidden.code = 'place_protected' AND hidden.subject_id = entered.subject_id);
