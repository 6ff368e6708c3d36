-- One row per version of an agreement and unit that it binds. About agencies, never about persons.
-- A unit that serves the whole partnership stands under '0000'.
CREATE VIEW published.v1_agreements AS
SELECT
  id                                    AS party_id,
  payload ->> 'partnership_id'          AS partnership_id,
  payload ->> 'agreement_id'            AS agreement_id,
  (payload ->> 'version')::int          AS version,
  payload ->> 'agency_kind'             AS agency_kind,
  payload ->> 'municipality'            AS municipality,
  (payload ->> 'signed_on')::date       AS signed_on,
  (payload ->> 'valid_from')::date      AS valid_from,
  (payload ->> 'valid_until')::date     AS valid_until,
  (payload ->> 'next_check_on')::date   AS next_check_on
FROM events_fact WHERE code = 'agreement_party_bound';
