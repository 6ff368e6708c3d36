-- One row per need for an intervention: when it was noted, what came of it, and how long the person waited.
-- The municipality is that of the person's first plan. Whose place is protected is left out, from the first day on.
CREATE VIEW published.v1_needs AS
SELECT
  noted.payload ->> 'need_id'                               AS need_id,
  noted.subject_id                                          AS person_id,
  entered.municipality                                      AS municipality,
  noted.payload ->> 'intervention_kind'                     AS intervention_kind,
  (noted.happened_at AT TIME ZONE 'UTC')::date              AS noted_on,
  CASE settled.code WHEN 'placement_started' THEN 'placed'
                    WHEN 'need_unmet' THEN 'unmet'
                    WHEN 'need_withdrawn' THEN 'withdrawn'
                    ELSE 'waiting' END                      AS outcome,
  (settled.happened_at AT TIME ZONE 'UTC')::date            AS settled_on,
  CASE settled.code WHEN 'need_unmet' THEN settled.payload ->> 'reason' END AS unmet_because,
  (settled.payload ->> 'days_waited')::int                  AS days_waited
FROM events_fact noted
JOIN LATERAL (
  SELECT payload ->> 'municipality' AS municipality FROM events_fact
  WHERE code = 'plan_entered' AND subject_id = noted.subject_id ORDER BY happened_at, id LIMIT 1
) entered ON true
LEFT JOIN LATERAL (
  SELECT code, happened_at, payload FROM events_fact
  WHERE code IN ('placement_started', 'need_unmet', 'need_withdrawn') AND subject_id = noted.subject_id
    AND payload ->> 'need_id' = noted.payload ->> 'need_id'
  ORDER BY happened_at, id LIMIT 1
) settled ON true
WHERE noted.code = 'need_noted'
  AND NOT EXISTS (SELECT FROM events_fact hidden
    WHERE hidden.code = 'place_protected' AND hidden.subject_id = noted.subject_id);
