-- One row per turn of coordinating a plan: from when, and whether the post is another than before it.
-- The unit's leader answers until the first coordinator accepts; that first hand-over is not a change.
-- Whose place is protected is left out, from the first day on.
CREATE VIEW published.v1_turns AS
WITH turn AS (
  SELECT id, subject_id, payload ->> 'plan_id' AS plan_id, payload ->> 'post_id' AS post_id,
    (payload ->> 'starts_on')::date AS starts_on,
    row_number() OVER of_plan AS number,
    lag(payload ->> 'post_id') OVER of_plan AS post_before
  FROM events_fact WHERE code = 'turn_started'
  WINDOW of_plan AS (PARTITION BY payload ->> 'plan_id' ORDER BY (payload ->> 'starts_on')::date, happened_at, id)
)
SELECT
  turn.id                     AS turn_id,
  turn.plan_id                AS plan_id,
  turn.starts_on              AS starts_on,
  CASE WHEN number = 1 THEN 'opening'
       WHEN number = 2 THEN 'first_coordinator'
       WHEN post_id = post_before THEN 'same_coordinator'
       ELSE 'other_coordinator' END AS change
FROM turn
JOIN events_fact entered ON entered.code = 'plan_entered' AND entered.payload ->> 'plan_id' = turn.plan_id
WHERE NOT EXISTS (SELECT FROM events_fact hidden
  WHERE hidden.code = 'place_protected' AND hidden.subject_id = entered.subject_id);
