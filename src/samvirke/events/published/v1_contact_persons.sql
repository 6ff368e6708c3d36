-- One row per contact person of a unit: how much of a position, and from when until when. No post, no name.
-- A unit that serves the whole partnership stands under '0000'.
CREATE VIEW published.v1_contact_persons AS
SELECT
  named.payload ->> 'contact_id'                AS named_id,
  named.payload ->> 'partnership_id'            AS partnership_id,
  named.payload ->> 'agency_kind'               AS agency_kind,
  named.payload ->> 'municipality'              AS municipality,
  (named.payload ->> 'share_percent')::int      AS share_percent,
  CASE WHEN (named.payload ->> 'has_deputy')::bool THEN 'yes' ELSE 'no' END AS deputy,
  (named.payload ->> 'since')::date             AS starts_on,
  (ended.payload ->> 'ends_before')::date       AS ends_before
FROM events_fact named
LEFT JOIN events_fact ended
  ON ended.code = 'contact_person_ended'
 AND ended.payload ->> 'contact_id' = named.payload ->> 'contact_id'
WHERE named.code = 'contact_person_named';
