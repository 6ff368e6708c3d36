-- One row per plan: a person's time with one plan, from the question to the end. Made of facts alone.
-- Whose place is protected is left out, from the first day on.
-- Registrations that were wrong stay in, with their end reason: statistics count and leave them out.
CREATE VIEW published.v1_episodes AS
SELECT
  entered.subject_id                                   AS person_id,
  entered.payload ->> 'plan_id'                        AS plan_id,
  entered.payload ->> 'partnership_id'                 AS partnership_id,
  entered.payload ->> 'municipality'                   AS municipality,
  entered.payload ->> 'sex'                            AS sex,
  (entered.payload ->> 'birth_year')::int              AS birth_year,
  entered.payload ->> 'target_group'                   AS target_group,
  (entered.payload ->> 'asked_on')::date               AS asked_on,
  (entered.payload ->> 'entered_on')::date             AS entered_on,
  (ended.payload ->> 'ended_on')::date                 AS ended_on,
  ended.payload ->> 'reason'                           AS end_reason,
  entered.payload ->> 'support'                        AS support_before,
  entered.payload ->> 'occupation'                     AS occupation_before,
  ended.payload ->> 'support'                          AS support_after,
  ended.payload ->> 'occupation'                       AS occupation_after,
  (entered.payload ->> 'months_assistance')::int       AS months_assistance_before
FROM events_fact entered
LEFT JOIN events_fact ended
  ON ended.code = 'plan_ended' AND ended.subject_id = entered.subject_id
 AND ended.payload ->> 'plan_id' = entered.payload ->> 'plan_id'
WHERE entered.code = 'plan_entered'
  AND NOT EXISTS (SELECT FROM events_fact hidden
    WHERE hidden.code = 'place_protected' AND hidden.subject_id = entered.subject_id);
