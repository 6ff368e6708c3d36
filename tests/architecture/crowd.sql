-- The crowd of crowd.py, which fills in the values. One statement ends where a line ends with a semicolon.
INSERT INTO gate_subject (id, epoch)
  SELECT pg_temp.id('person', n), 0 FROM generate_series(1, %(persons)s) n
  UNION ALL SELECT pg_temp.id('record', n), 0 FROM generate_series(1, %(records)s) n;

INSERT INTO gate_membership (id, post_id, holder_id, role, kinds, purposes, valid_from, valid_to)
  SELECT pg_temp.id('membership', n), pg_temp.id('citizen', n),
  pg_temp.id('citizen', n), 'citizen', %(all)s, %(casework)s, %(now)s::timestamptz - interval '1 day', '9999-01-01'
  FROM generate_series(%(mine)s, %(mine)s) n;

INSERT INTO people_person (id, citizen_id, partnership_id, country, national_id_secret, national_id_hash,
  given_name, family_name, birth_date, sex, municipality_id, created_at)
  SELECT pg_temp.id('person', n), pg_temp.id('citizen', n), %(partnership)s, 'no', '\x00', sha256(n::text::bytea), 'A', n::text,
  '1960-01-01'::date + n %% 14600, 'female', '9901', %(now)s FROM generate_series(1, %(persons)s) n;

INSERT INTO people_whereabouts (id, subject_id, kind, level, address, municipality, school, meeting_place,
  provider, expires_on, written_at)
  SELECT pg_temp.id('whereabouts', n), pg_temp.id('person', n), 4096, 'no.confidential', 'A', '', '', '', '',
  '2026-04-01', %(now)s FROM generate_series(1, %(persons)s) n;

INSERT INTO gate_consent (id, subject_id, given_by_id, recorded_by_id, kinds, purposes, from_units, to_units,
  provisions, form, text_version, given_at, valid_to)
  SELECT pg_temp.id('consent', n), pg_temp.id('person', n), pg_temp.id('citizen', n), %(adviser)s, %(all)s,
  %(casework)s, '{}', '{}', '{}', 'digital', '1', %(now)s, '9999-01-01' FROM generate_series(1, %(plans)s) n;

INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
  SELECT pg_temp.id('self', n), pg_temp.id('person', n), pg_temp.id('citizen', n), %(all)s, %(casework)s,
  %(now)s::timestamptz - interval '1 day', '9999-01-01', 'self' FROM generate_series(1, %(persons)s) n;

INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis, consent_id)
  SELECT pg_temp.id('grant', n), pg_temp.id('person', n),
  CASE WHEN n %% %(mine)s = 0 THEN %(adviser)s ELSE pg_temp.id('post', n %% %(mine)s) END, %(all)s, %(casework)s,
  %(now)s::timestamptz - interval '1 day', '9999-01-01', 'consent', pg_temp.id('consent', n)
  FROM generate_series(1, %(plans)s) n;

INSERT INTO gate_grant (id, subject_id, holder_id, kinds, purposes, valid_from, valid_to, basis)
  SELECT pg_temp.id('own', n), pg_temp.id('record', n),
  CASE WHEN n %% %(units)s = 0 THEN %(social)s ELSE pg_temp.id('unit', n %% %(units)s) END, %(all)s, %(casework)s,
  %(now)s::timestamptz - interval '1 day', '9999-01-01', 'own_record' FROM generate_series(1, %(records)s) n;

INSERT INTO people_clientrecord (id, unit_id, external_id, national_id_secret, national_id_hash, given_name,
  family_name, birth_date, sex, municipality_id, source_version, updated_at)
  SELECT pg_temp.id('record', n), CASE WHEN n %% %(units)s = 0 THEN %(social)s ELSE pg_temp.id('unit', n %% %(units)s) END,
  n::text, '\x00', n::text::bytea, 'A', n::text, '1960-01-01'::date + n %% 14600, 'female', '9901', 1, %(now)s
  FROM generate_series(1, %(records)s) n;

-- Names as frequent as frequent names are: each of the 144 is the given or family name of one in 144.
INSERT INTO people_searchword (subject_id, unit_id, word, sound)
  WITH syllable AS (SELECT * FROM unnest('{ka,li,mo,ru,ber,hal,sti,tor,fjel,gun,vik,ner}'::text[])
    WITH ORDINALITY AS s (text, place)),
  name AS MATERIALIZED (SELECT 12 * (one.place - 1) + other.place - 1 AS place, word, gate.sound(word) AS sound
    FROM syllable one, syllable other, LATERAL (SELECT one.text || other.text) w (word)),
  looked_for AS (
    SELECT pg_temp.id('person', n) AS subject_id, NULL::uuid AS unit_id, n FROM generate_series(1, %(persons)s) n
    UNION ALL SELECT pg_temp.id('record', n),
      CASE WHEN n %% %(units)s = 0 THEN %(social)s ELSE pg_temp.id('unit', n %% %(units)s) END, n
    FROM generate_series(1, %(records)s) n)
  SELECT subject_id, unit_id, word, sound FROM looked_for JOIN name ON place = hashint4(n) & 127
  UNION ALL SELECT subject_id, unit_id, word || 'sen', gate.sound(word || 'sen')
    FROM looked_for JOIN name ON place = (hashint4(n) >> 8) & 127
  UNION ALL SELECT subject_id, unit_id, born, born
    FROM looked_for, LATERAL (SELECT ('1960-01-01'::date + n %% 14600)::text) b (born);

INSERT INTO people_recordchange (id, subject_id, change_id, row, verdict)
  SELECT pg_temp.id('change', n), pg_temp.id('record', n), pg_temp.id('run', n), 1, 'new'
  FROM generate_series(1, %(records)s) n;

INSERT INTO people_recordpair (id, subject_id, other_id, is_same, found_by_id, found_at)
  SELECT pg_temp.id('pair', n), pg_temp.id('record', n), pg_temp.id('record', n + %(units)s), n %% %(units)s <> 0, %(adviser)s,
  %(now)s FROM generate_series(1, %(records)s - %(units)s) n WHERE n / %(units)s %% 2 = 0;

INSERT INTO people_recordassessment (id, subject_id, assessed_by_id, assessed_at)
  SELECT pg_temp.id('assessment', n), pg_temp.id('record', n), %(adviser)s, %(now)s
  FROM generate_series(1, %(records)s, 2) n;

INSERT INTO programmes_screening (id, subject_id, partnership_id, rules, outcome, target_group,
  deciding_criteria, flags, scope, screened_at, screened_by_id)
  SELECT pg_temp.id('screening', n), pg_temp.id('record', n), %(partnership)s, 'no_local_effort', 'refused', '',
  '{}', '{}', 'central', %(now)s, %(adviser)s FROM generate_series(1, %(records)s) n;

INSERT INTO plan_plan (id, subject_id, partnership_id, country, kinds, starts_on, end_reason, next_review)
  SELECT pg_temp.id('plan', n), pg_temp.id('person', n), %(partnership)s, 'no', '{no.individual_plan}', '2026-01-01', '',
  '2026-06-01' FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_teammember (id, plan_id, subject_id, post_id, consent_id, joined_on)
  SELECT pg_temp.id('member', n), pg_temp.id('plan', n), pg_temp.id('person', n),
  CASE WHEN n %% %(mine)s = 0 THEN %(adviser)s ELSE pg_temp.id('post', n %% %(mine)s) END,
  pg_temp.id('consent', n), '2026-01-01' FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_goal (id, plan_id, subject_id, life_domain, set_by_id)
  SELECT pg_temp.id('goal', n), pg_temp.id('plan', n), pg_temp.id('person', n), 'employment', %(adviser)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_goalversion (id, goal_id, subject_id, version, own_words, target, written_by_id, written_at)
  SELECT pg_temp.id('version', n), pg_temp.id('goal', n), pg_temp.id('person', n), 1, 'A', '', %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_action (id, plan_id, subject_id, goal_id, kind, what, how, extent, accountable_member_id,
  standing, decision_reference, status, comes_after)
  SELECT pg_temp.id('action', 3 * n + i), pg_temp.id('plan', n), pg_temp.id('person', n), pg_temp.id('goal', n), 8,
  'A', '', '', pg_temp.id('member', n), 'wish', '', 'planned',
  CASE WHEN i = 0 THEN '{}' ELSE ARRAY[pg_temp.id('action', 3 * n)] END
  FROM generate_series(1, %(plans)s) n, generate_series(0, 2) i;

INSERT INTO plan_earlieraction (id, action_id, subject_id, version, kind, what, how, extent, accountable_member_id,
  standing, decision_reference, status)
  SELECT pg_temp.id('earlier', n), pg_temp.id('action', 3 * n), pg_temp.id('person', n), 0, 8, 'A', '', '',
  pg_temp.id('member', n), 'wish', '', 'planned' FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_teammember (id, plan_id, subject_id, post_id, consent_id, joined_on, left_on)
  SELECT pg_temp.id('former member', n), pg_temp.id('plan', n), pg_temp.id('person', n), %(deputy)s,
  pg_temp.id('consent', n), '2026-01-01', '2026-02-01' FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_commitment (id, plan_id, subject_id, kind, what, by_when, accountable_member_id, asked_by_id, asked_at,
  in_return, is_counter)
  SELECT pg_temp.id('commitment', n), pg_temp.id('plan', n), pg_temp.id('person', n), 8, 'A', '2026-04-01',
  pg_temp.id('member', n), pg_temp.id('former member', n), %(now)s, '', false
  FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_commitmentstep (id, commitment_id, subject_id, kind, number, status, why, on_day, by_id, at)
  SELECT pg_temp.id('commitment step', n), pg_temp.id('commitment', n), pg_temp.id('person', n), 8, 1, 'accepted', '',
  '2026-02-01', %(adviser)s, %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_benefitcondition (id, plan_id, subject_id, set_by_id, benefit, what, why, alternative, if_not_kept,
  review_on, set_at)
  SELECT pg_temp.id('condition', n), pg_temp.id('plan', n), pg_temp.id('person', n), pg_temp.id('member', n),
  'no.social_assistance', 'A', 'B', 'C', 'D', '2026-06-01', %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_benefitconditionstep (id, condition_id, subject_id, number, status, words, on_day, decision_reference,
  appeal_to, by_id, at)
  SELECT pg_temp.id('condition step', n), pg_temp.id('condition', n), pg_temp.id('person', n), 1, 'not_kept', 'A',
  '2026-02-01', '', '', %(adviser)s, %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_note (id, plan_id, subject_id, kind, text, written_by_id, written_at)
  SELECT pg_temp.id('note', 3 * n + i), pg_temp.id('plan', n), pg_temp.id('person', n), 8, 'A', %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s) n, generate_series(0, 2) i;

INSERT INTO plan_statement (id, plan_id, subject_id, topic, text, written_by_id, written_at)
  SELECT pg_temp.id('statement', n), pg_temp.id('plan', n), pg_temp.id('person', n), 'needs', 'A', %(adviser)s,
  %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_planversion (id, plan_id, subject_id, number, fixed_at, fixed_by_id)
  SELECT pg_temp.id('planversion', n), pg_temp.id('plan', n), pg_temp.id('person', n), 1, %(now)s, %(adviser)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO plan_assent (id, version_id, subject_id, by_id, answer, text, seen, answered_at)
  SELECT pg_temp.id('assent', n), pg_temp.id('planversion', n), pg_temp.id('person', n), %(adviser)s, 'agrees', '',
  '', %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_duty (id, plan_id, subject_id, unit_id, opened_on)
  SELECT pg_temp.id('duty', n), pg_temp.id('plan', n), pg_temp.id('person', n), %(unit)s, '2026-01-01'
  FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_changewish (id, plan_id, subject_id, instead_of_id, wanted, why, asked_at, sealed_to_id, answer,
  reply)
  SELECT pg_temp.id('changewish', n), pg_temp.id('plan', n), pg_temp.id('person', n), %(coordinator)s, 'A', '', %(now)s,
  %(adviser)s, '', '' FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_handover (id, duty_id, subject_id, to_post_id, deputy_id, offered_by_id, offered_at,
  accepted_at)
  SELECT pg_temp.id('handover', 2 * n + i), pg_temp.id('duty', n), pg_temp.id('person', n),
  CASE WHEN i = 0 THEN %(coordinator)s WHEN n %% %(mine)s = 0 THEN %(adviser)s ELSE pg_temp.id('post', n %% %(mine)s) END,
  %(deputy)s, %(adviser)s, %(now)s, CASE WHEN i = 0 THEN %(now)s END
  FROM generate_series(1, %(plans)s) n, generate_series(0, 1) i WHERE i = 0 OR n %% 4 = 0;

INSERT INTO coordination_turn (id, duty_id, subject_id, starts_on, post_id, deputy_id, handover_id, accepted)
  SELECT pg_temp.id('turn', n), pg_temp.id('duty', n), pg_temp.id('person', n), '2026-01-01', %(coordinator)s,
  %(deputy)s, pg_temp.id('handover', 2 * n), true FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_absence (id, post_id, away_from, back_on, said_by_id, said_at)
  SELECT pg_temp.id('absence', n), CASE WHEN n = 1 THEN %(coordinator)s ELSE pg_temp.id('post', n) END,
  '2026-03-01', '2026-04-01', %(coordinator)s, %(now)s FROM generate_series(1, %(mine)s) n;

INSERT INTO coordination_meeting (id, plan_id, subject_id, day, agenda, called_by_id, called_at)
  SELECT pg_temp.id('meeting', n), pg_temp.id('plan', n), pg_temp.id('person', n), '2026-02-01', 'A', %(adviser)s,
  %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_minutes (id, meeting_id, subject_id, number, agreed, person_was_there, written_by_id, written_at)
  SELECT pg_temp.id('minutes', n), pg_temp.id('meeting', n), pg_temp.id('person', n), 1, 'A', true, %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_attendee (id, meeting_id, subject_id, post_id)
  SELECT pg_temp.id('attendee', n), pg_temp.id('meeting', n), pg_temp.id('person', n), %(adviser)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_meetingterms (id, meeting_id, subject_id, number, meeting_kind, day, minutes_long, language,
  invited, invites_person, is_called_off, why, said_by_id, said_at)
  SELECT pg_temp.id('terms', 2 * n + i), pg_temp.id('meeting', n), pg_temp.id('person', n), i + 1, 'team', '2026-02-01',
  60, '', ARRAY[]::uuid[], true, false, CASE WHEN i = 0 THEN '' ELSE 'A' END, %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s) n, generate_series(0, 1) i;

INSERT INTO coordination_agendaitem (id, meeting_id, subject_id, kind, number, point, text, added_by_id, added_at)
  SELECT pg_temp.id('item', n), pg_temp.id('meeting', n), pg_temp.id('person', n), 4, 0, 'own', 'A', %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_discussion (id, item_id, subject_id, kind, text, written_by_id, written_at)
  SELECT pg_temp.id('discussion', n), pg_temp.id('item', n), pg_temp.id('person', n), 4, 'A', %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_contribution (id, meeting_id, subject_id, post_id, text, written_at)
  SELECT pg_temp.id('contribution', n), pg_temp.id('meeting', n), pg_temp.id('person', n), %(adviser)s, 'A', %(now)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_meetingdraft (id, meeting_id, subject_id, post_id, typed, version, saved_at)
  SELECT pg_temp.id('draft', n), pg_temp.id('meeting', n), pg_temp.id('person', n), %(adviser)s, '{"agreed": "A"}', 1,
  %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_proposal (id, meeting_id, subject_id, kind, change, goal_id, what, why, accountable_member_id,
  proposed_by_id, proposed_at)
  SELECT pg_temp.id('proposal', n), pg_temp.id('meeting', n), pg_temp.id('person', n), 4, 'new', pg_temp.id('goal', n),
  'A', '', pg_temp.id('member', n), %(adviser)s, %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_proposalanswer (id, proposal_id, subject_id, kind, is_persons, says_yes, why, answered_by_id,
  answered_at)
  SELECT pg_temp.id('answer', n), pg_temp.id('proposal', n), pg_temp.id('person', n), 4, true, true, '', %(adviser)s,
  %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO coordination_followup (id, plan_id, subject_id, due_on, agreed_by_id, support, occupation)
  SELECT pg_temp.id('call', n), pg_temp.id('plan', n), pg_temp.id('person', n), '2026-03-05', %(adviser)s, '', ''
  FROM generate_series(1, %(plans)s) n;

INSERT INTO assessments_assessment (id, subject_id, instrument, version, respondent, noted_by_id, unit_id, day,
  written_at, why)
  SELECT pg_temp.id('assessment', n), pg_temp.id('person', n), 'everyday-steps', 1, 'worker', %(adviser)s, %(unit)s,
  '2025-12-01', %(now)s, '' FROM generate_series(1, %(plans)s) n;

INSERT INTO assessments_answer (id, assessment_id, subject_id, item, kind, value)
  SELECT pg_temp.id('answer', 2 * n + i), pg_temp.id('assessment', n), pg_temp.id('person', n),
  CASE WHEN i = 0 THEN 'trust' ELSE 'job-chance' END, CASE WHEN i = 0 THEN 4 ELSE 8 END, 5
  FROM generate_series(1, %(plans)s) n, generate_series(0, 1) i;

INSERT INTO people_identitylink (id, subject_id, record_id, consent_id, linked_by_id, linked_at)
  SELECT pg_temp.id('link', n), pg_temp.id('person', n), pg_temp.id('record', n), pg_temp.id('consent', n),
  %(adviser)s, %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO people_wrongtie (id, subject_id, link_id, because, found_by_id, found_at)
  SELECT pg_temp.id('wrong', n), pg_temp.id('person', n), pg_temp.id('link', n), 'somebody_else', %(adviser)s, %(now)s
  FROM generate_series(1, %(plans)s, 10) n;

INSERT INTO people_referral (id, subject_id, from_post_id, to_unit_id, consent_id, referred_at)
  SELECT pg_temp.id('referral', n), pg_temp.id('person', n), %(adviser)s, %(nav)s, pg_temp.id('consent', n),
  %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO people_consentdraft (id, subject_id, asked_by_id, asked_at, lapses_at, kinds, purpose, from_units, to_units,
  provisions, what_for, text_version, until, answer)
  SELECT pg_temp.id('draft', n), pg_temp.id('person', n), %(adviser)s, %(now)s,
  %(now)s::timestamptz + interval '30 days', 8, 1, '{}', ARRAY[%(nav)s::uuid], '{}', 'common_plan', '2026-2', '9999-01-01', ''
  FROM generate_series(1, %(plans)s) n;

INSERT INTO people_reminder (id, subject_id, consent_id, moment, held_at)
  SELECT pg_temp.id('reminder', n), pg_temp.id('person', n), pg_temp.id('consent', n), 'half_way', %(now)s
  FROM generate_series(1, %(plans)s) n;

INSERT INTO people_recall (id, subject_id, consent_id, given_by_id, post_id, record_id, kinds, recalled_at)
  SELECT pg_temp.id('recall', n), pg_temp.id('person', n), pg_temp.id('consent', n), pg_temp.id('citizen', n),
  CASE WHEN n %% %(mine)s = 0 THEN %(adviser)s ELSE pg_temp.id('post', n %% %(mine)s) END, pg_temp.id('record', n), 8,
  %(now)s FROM generate_series(1, %(plans)s) n;

INSERT INTO people_openingbylaw (id, subject_id, to_post_id, opened_by_id, unit_id, provision, kinds, purposes, opened_at,
  until)
  SELECT pg_temp.id('opening', n), pg_temp.id('person', n),
  CASE WHEN n %% %(mine)s = 0 THEN %(adviser)s ELSE pg_temp.id('post', n %% %(mine)s) END,
  CASE WHEN n %% %(mine)s = 0 THEN %(coordinator)s ELSE pg_temp.id('post', n %% %(mine)s) END,
  CASE WHEN n %% %(mine)s = 0 THEN %(nav)s ELSE pg_temp.id('unit', n %% 200) END, 'no.nav_act_16', 7, 2, %(now)s, '9999-01-01'
  FROM generate_series(1, %(plans)s) n;

INSERT INTO people_conditionmet (id, opening_id, subject_id, condition, words)
  SELECT pg_temp.id('met', n), pg_temp.id('opening', n), pg_temp.id('person', n), 'needed_in_office', 'Trengs i arbeidet'
  FROM generate_series(1, %(plans)s) n;

INSERT INTO gate_accessentry (id, lane, seq, request_id, at, post_id, purpose, subject_id, verb, kinds, basis,
  outcome, mac)
  SELECT pg_temp.id('entry', n), pg_temp.id('lane', n %% 50), n, pg_temp.id('request', n), %(now)s, %(adviser)s, 1,
  pg_temp.id('person', n %% %(persons)s), 'plan.read', 4, 'consent', 'allowed', '\x00'
  FROM generate_series(1, %(lines)s) n;

INSERT INTO gate_accessentry (id, lane, seq, request_id, at, post_id, purpose, subject_id, verb, kinds, basis,
  outcome, mac)
  SELECT pg_temp.id('vain', n), pg_temp.id('vain lane', n %% 50), n, pg_temp.id('vain request', n), %(now)s, %(adviser)s, 1,
  pg_temp.id('plan', n), 'gate.open_address', 0, '', 'not_shown', '\x00'
  FROM generate_series(1, %(plans)s) n;

INSERT INTO exchange_importrun (id, system, unit_id, file_name, file_hash, started_at, imported_by_id, rows, new,
  changed, same, refused, mode, held_back, withdrawn)
  SELECT pg_temp.id('run', n), 'nav', CASE WHEN n %% 200 = 0 THEN %(social)s ELSE pg_temp.id('unit', n %% 200) END,
  'x', 'x', %(now)s, %(adviser)s, 1, 0, 0, 0, 1, 'good_rows_only', 0, 0 FROM generate_series(1, %(plans)s) n;

INSERT INTO exchange_refusedline (id, run_id, row, field, reason, params, what_to_do)
  SELECT pg_temp.id('line', n), pg_temp.id('run', n), 1, 'x', 'x', '{}', 'x' FROM generate_series(1, %(plans)s) n;

INSERT INTO exchange_upload (id, unit_id, uploaded_by_id, uploaded_at, keep_until, system, file_name, size, stage, mode,
  done, expected, new, changed, same, refused, is_broken, has_failed)
  SELECT pg_temp.id('upload', n), %(social)s, CASE WHEN n %% 200 = 0 THEN %(social_leader)s ELSE %(adviser)s END, %(now)s,
  timestamptz %(now)s + interval '1 day', 'nav_state', 'x', 1, 'checked', '', 0, 0, 0, 0, 0, 0, false, false
  FROM generate_series(1, %(plans)s) n;

INSERT INTO exchange_differingrows (id, upload_id, verdict, number, last_row, sealed)
  SELECT pg_temp.id('piece', n), pg_temp.id('upload', n), 'refused', 0, 500, '' FROM generate_series(1, %(plans)s) n;

INSERT INTO exchange_takingback (id, run_id, asked_by_id, asked_at, done, expected, has_failed)
  SELECT pg_temp.id('taking', n), pg_temp.id('run', n), %(adviser)s, %(now)s, 0, 0, false
  FROM generate_series(1, %(plans)s) n;

INSERT INTO exchange_uploadpart (id, upload_id, number, sealed)
  SELECT pg_temp.id('part', n), pg_temp.id('upload', n), 0, '' FROM generate_series(1, %(plans)s) n;

WITH steps AS (
  INSERT INTO applications_applicationstep (id, application_id, subject_id, kind, number, status, taken_on, by_id, text)
  SELECT pg_temp.id('step', n), pg_temp.id('application', n), pg_temp.id('person', n), 4, 1, 'sent', '2026-02-01',
  %(adviser)s, 'A' FROM generate_series(1, %(plans)s) n)
INSERT INTO applications_enquiry (id, subject_id, kind, words, helps, to_meet, is_urgent, told_by_id, told_on, unit_id,
  outcome)
  SELECT pg_temp.id('enquiry', n), pg_temp.id('person', n), 4, 'A', '', '', false, %(adviser)s, '2026-02-01', %(nav)s, ''
  FROM generate_series(1, %(plans)s) n;

INSERT INTO applications_enquirystep (id, enquiry_id, subject_id, kind, number, status, taken_on, by_id, text)
  SELECT pg_temp.id('enquirystep', n), pg_temp.id('enquiry', n), pg_temp.id('person', n), 4, 1, 'told', '2026-02-01',
  %(adviser)s, '' FROM generate_series(1, %(plans)s) n;

INSERT INTO applications_application (id, subject_id, kind, "right", title, to_unit_id, with_post_id, sent_by_id, sent_on,
  status, status_step)
  SELECT pg_temp.id('application', n), pg_temp.id('person', n), 4, '', 'A', %(nav)s, %(adviser)s, %(adviser)s,
  '2026-02-01', 'sent', 1 FROM generate_series(1, %(plans)s) n;

INSERT INTO interventions_need (id, subject_id, kind, intervention_kind, words, noted_by_id, noted_on, status,
  settled_on, unmet_because)
  SELECT pg_temp.id('need', 2 * n + i), pg_temp.id('person', n), 8, 'work_practice', '', %(adviser)s, '2026-01-01',
  CASE i WHEN 0 THEN 'waiting' ELSE 'placed' END, CASE i WHEN 1 THEN date '2026-02-01' END, ''
  FROM generate_series(1, %(plans)s) n, generate_series(0, 1) i;

INSERT INTO interventions_placement (id, need_id, subject_id, kind, place_id, given_by_id, starts_on, ends_before,
  end_reason)
  SELECT pg_temp.id('placement', n), pg_temp.id('need', 2 * n + 1), pg_temp.id('person', n), 8,
  (SELECT min(id::text)::uuid FROM interventions_place), %(adviser)s, '2026-02-01', '2026-03-01', 'completed'
  FROM generate_series(1, %(plans)s) n;

INSERT INTO gate_subject (id, epoch) SELECT pg_temp.id('circle', n), 0 FROM generate_series(1, %(plans)s, 2) n;

INSERT INTO gate_circlemember (id, circle_id, person_id)
  SELECT pg_temp.id('in circle', n), pg_temp.id('circle', n - (n + 1) %% 2), pg_temp.id('person', n)
  FROM generate_series(1, %(plans)s) n;

INSERT INTO people_familymember (id, subject_id, person_id, name, part)
  SELECT pg_temp.id('relative', n), pg_temp.id('circle', n - (n + 1) %% 2), pg_temp.id('person', n), n::text, 'parent'
  FROM generate_series(1, %(plans)s) n;

INSERT INTO people_logquestion (id, subject_id, asked_by_id, name, visit_id, line_about_id, line_at, kinds, was_shown,
  post_id, to_post_id, text, asked_at, due_on, answer)
  SELECT pg_temp.id('question', n), pg_temp.id('person', n), pg_temp.id('citizen', n), 'A', pg_temp.id('request', n),
  pg_temp.id('person', n), %(now)s, 4, true, %(adviser)s,
  CASE WHEN n %% %(mine)s = 0 THEN %(social_leader)s ELSE pg_temp.id('post', n %% %(mine)s) END, 'A', %(now)s,
  '2026-03-16', '' FROM generate_series(1, %(plans)s) n;

INSERT INTO gate_logexception (id, subject_id, reader_id, kept_back, case_type, provision, decided_by_id, reviewer_id,
  since, review_until, until, verdict, reviewed_at)
  SELECT pg_temp.id('exception', n), pg_temp.id('person', n), pg_temp.id('citizen', n), ARRAY[%(social)s::uuid],
  'no.log_investigation', 'A',
  CASE WHEN n %% %(mine)s = 0 THEN %(social_leader)s ELSE pg_temp.id('post', n %% %(mine)s) END, %(adviser)s,
  %(now)s::timestamptz - interval '9 days', %(now)s::timestamptz - interval '7 days',
  %(now)s::timestamptz - interval '1 day', 'accepted', %(now)s::timestamptz - interval '8 days'
  FROM generate_series(1, %(plans)s) n;
