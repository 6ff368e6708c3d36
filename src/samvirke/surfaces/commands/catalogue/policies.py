"""The policies that are not the uniform one, by name: what `lint` compares the live ones with."""

from __future__ import annotations

from samvirke.applications.locks import ITS_PARTIES
from samvirke.assessments.locks import THE_PERSONS_CHOICE
from samvirke.coordination.locks import OWN_DRAFT, OWN_DRAFT_WRITTEN
from samvirke.gate.protection import (
    HELD_NOW,
    HOLDERS,
    OF_THE_GIVERS,
    OF_WHO_ACTS_NOW,
    POST,
    asked_for_condition,
    uniform,
    uniform_check,
)
from samvirke.kernel.gate_words import DataKind
from samvirke.people.locks import ANSWERED_BY_GUARDIANS, OF_THE_GIVER, READ_BY_ALL, WRITTEN_BY_WORKERS
from samvirke.plan.locks import OWN_ROOM_READ, OWN_ROOM_WRITTEN

OWN_OR_LED = (
    "EXISTS (SELECT FROM agencies_post p JOIN agencies_post mine "
    "ON mine.id = p.id OR (mine.is_leader AND mine.unit_id = p.unit_id) "
    "WHERE p.id = coordination_absence.post_id "
    f"AND mine.id = {POST})"
)
BY_ITS_LEADER = (
    f"saved_by_id = {POST} "
    "AND EXISTS (SELECT FROM programmes_localpartnership p "
    "JOIN agencies_post mine ON mine.unit_id = p.office_id AND mine.is_leader "
    "WHERE p.id = partnership_id "
    f"AND mine.id = {POST})"
)
LEADS = (
    "EXISTS (SELECT FROM agencies_post mine WHERE "
    f"mine.id = {POST} AND mine.is_leader "
    "AND mine.role IN ('unit_leader', 'partnership_leader'))"
)
LEADS_THE_UNIT = (
    "EXISTS (SELECT FROM agencies_post mine WHERE "
    f"mine.id = {POST} "
    "AND (mine.role = 'partnership_leader' "
    "OR (mine.is_leader AND mine.unit_id = agreements_contactperson.unit_id)))"
)
NOT_BARRED = "subject_id <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"
OF_THE_OPENER = (
    f"unit_id = ANY ({HOLDERS}) AND {NOT_BARRED} "
    "AND to_post_id <> ALL (ARRAY(SELECT gate.hidden_posts(subject_id, ARRAY[to_post_id])))"
)
AGREEMENTS = {
    **dict.fromkeys(
        (
            "agreements_agreement",
            "agreements_agreementversion",
            "agreements_agreementparty",
            "agreements_responsetime",
            "agreements_responsibility",
            "agreements_routinecheck",
        ),
        LEADS,
    ),
    "agreements_contactperson": LEADS_THE_UNIT,
    "programmes_exemption": (
        "EXISTS (SELECT FROM agencies_post mine JOIN agencies_unit u ON u.id = mine.unit_id "
        "WHERE mine.id = ENTERED AND mine.is_leader "
        "AND (u.municipality_id = programmes_exemption.municipality_id "
        "OR EXISTS (SELECT FROM programmes_localpartnership p "
        "JOIN programmes_localpartnership_municipalities m ON m.localpartnership_id = p.id "
        "WHERE p.office_id = u.id AND m.municipality_id = programmes_exemption.municipality_id)))"
    ).replace("ENTERED", POST),
    "agencies_delegatedauthority": (
        "EXISTS (SELECT FROM agencies_post mine JOIN agencies_post theirs ON theirs.unit_id = mine.unit_id "
        f"WHERE mine.id = {POST} AND mine.is_leader AND theirs.id = agencies_delegatedauthority.post_id)"
    ),
}
LEADS_THE_PARTNERSHIP = (
    "EXISTS (SELECT FROM agencies_post mine "
    "JOIN programmes_localpartnership p ON p.office_id = mine.unit_id "
    f"WHERE mine.id = {POST} AND mine.is_leader AND p.id = coordination_instruction.partnership_id)"
)
OF_THE_SENDER = f"exchange_upload.unit_id = ANY ({HOLDERS}) AND exchange_upload.uploaded_by_id = {POST}"
WHILE_KEPT = (
    "EXISTS (SELECT FROM exchange_upload u WHERE u.id = {}.upload_id AND u.keep_until > (SELECT gate.now()))"
)
SEALED = {table: WHILE_KEPT.format(table) for table in ("exchange_uploadpart", "exchange_differingrows")}
# What has an address and is about somebody: by the table and the column that the address names.
ASKED_FOR = {
    **{
        f"{table}_id": asked_for_condition(table)
        for table in (
            "gate_consent",
            "gate_lift",
            "people_referral",
            "people_identitylink",
            "people_openingbylaw",
            "people_guardianship",
            "applications_application",
            "applications_enquiry",
            "coordination_changewish",
            "interventions_need",
        )
    },
    "people_identitylink_record_id": asked_for_condition(
        "people_identitylink", key="record_id", holds="asked.unlinked_at IS NULL"
    ),
    **{
        f"{table}_id": asked_for_condition(table, of_families=True)
        for table in (
            "plan_plan",
            "plan_goal",
            "plan_action",
            "plan_commitment",
            "plan_benefitcondition",
            "coordination_handover",
            "coordination_meeting",
            "coordination_followup",
            "coordination_proposal",
        )
    },
}
OF_THE_RUN = "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_takingback.run_id)"
PARTIES_OF_A_LIFT = f"l.post_id = {POST} OR l.reviewer_id = {POST}"
TOLD_OF_A_LIFT = f"post_id = {POST} OR reviewer_id = {POST} OR {uniform('gate_lift', kind=DataKind.CONSENT)}"
ASKED_BY_NUMBER = (
    "subject_id IN (SELECT encode(substr(p.national_id_hash, 1, 16), 'hex')::uuid FROM people_person p "
    "WHERE p.citizen_id = (SELECT gate.entered_post()))"
)
PARTIES_OF_AN_EXCEPTION = f"decided_by_id = {POST} OR reviewer_id = {POST}"
TOLD_AFTERWARDS = (
    f"reader_id = ANY ({HOLDERS}) AND (ended_at IS NOT NULL OR until <= (SELECT gate.now()) "
    "OR (verdict IS NULL AND review_until <= (SELECT gate.now())))"
)
OF_ITS_PARTIES = (
    "EXISTS (SELECT FROM gate_logexception x WHERE x.id = gate_logexceptionreason.exception_id "
    f"AND (x.decided_by_id = {POST} OR x.reviewer_id = {POST}))"
)
NOT_KEPT_BACK = (
    "NOT EXISTS (SELECT FROM gate.kept_back() k WHERE (k.post_id = gate_accessentry.post_id "
    "AND (k.subject_id = gate_accessentry.subject_id OR gate_accessentry.outcome = 'not_shown')) "
    "OR (k.subject_id = gate_accessentry.subject_id AND gate_accessentry.verb LIKE '%kept_back%'))"
)
LIFT_NOT_KEPT_BACK = (
    "NOT EXISTS (SELECT FROM gate.kept_back() k "
    "WHERE k.subject_id = gate_lift.subject_id AND k.post_id = gate_lift.post_id)"
)
TO_THE_GUARDIAN = (
    "gate_accessentry.basis = 'consent' AND gate_accessentry.outcome IN ('allowed', 'not_done') "
    "AND gate_accessentry.refused_kinds = 0 AND EXISTS (SELECT FROM gate.told_to_guardian() t "
    "WHERE t.subject_id = gate_accessentry.subject_id AND t.post_id = gate_accessentry.post_id "
    "AND gate_accessentry.kinds & ~t.kinds = 0 "
    "AND t.given_at <= gate_accessentry.at AND gate_accessentry.at < t.ended_at)"
)
ANSWERS = (
    f"to_post_id = {POST} "
    "AND subject_id <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"
)
A_LINE_TO_A_LEADER = (
    "EXISTS (SELECT FROM gate_accessentry e WHERE e.subject_id = people_logquestion.line_about_id "
    "AND e.request_id = people_logquestion.visit_id AND e.post_id = people_logquestion.post_id) "
    "AND EXISTS (SELECT FROM agencies_post p WHERE p.id = people_logquestion.to_post_id AND p.is_leader)"
)
ASKS_OF_A_LINE = f"asked_by_id = ANY ({HOLDERS}) AND answer = '' AND {A_LINE_TO_A_LEADER}"
RESTRICTIVE = {
    ("gate_accessentry", "nothing_kept_back"),
    ("gate_lift", "nothing_kept_back"),
    *((table, "its_parties") for table in ITS_PARTIES),
    *((table, "the_persons_choice") for table in THE_PERSONS_CHOICE),
}
# Policies other than the uniform one: (table, policy) to command, role, USING and WITH CHECK.
OTHER_POLICIES: dict[tuple[str, str], tuple[str, str, str | None, str | None]] = {
    **{(table, "the_unit"): ("ALL", "samvirke_app", who, who) for table, who in AGREEMENTS.items()},
    **{
        (table, "whoever_entered"): ("SELECT", "samvirke_app", "gate.entered_post() IS NOT NULL", None)
        for table in AGREEMENTS
    },
    ("gate_grant", "own_grants"): ("SELECT", "samvirke_app", HELD_NOW, None),
    ("gate_lift", "told_of_it"): ("SELECT", "samvirke_app", TOLD_OF_A_LIFT, None),
    ("gate_liftreason", "worker_and_reviewer"): (
        "SELECT",
        "samvirke_app",
        f"EXISTS (SELECT FROM gate_lift l WHERE l.id = gate_liftreason.lift_id AND ({PARTIES_OF_A_LIFT}))",
        None,
    ),
    ("gate_logexception", "the_parties"): ("SELECT", "samvirke_app", PARTIES_OF_AN_EXCEPTION, None),
    ("gate_logexception", "the_reader_afterwards"): ("SELECT", "samvirke_app", TOLD_AFTERWARDS, None),
    ("gate_logexceptionreason", "the_parties"): ("SELECT", "samvirke_app", OF_ITS_PARTIES, None),
    ("gate_accessentry", "nothing_kept_back"): ("SELECT", "samvirke_app", NOT_KEPT_BACK, None),
    ("gate_lift", "nothing_kept_back"): ("SELECT", "samvirke_app", LIFT_NOT_KEPT_BACK, None),
    ("gate_accessentry", "the_guardian_reads"): ("SELECT", "samvirke_app", TO_THE_GUARDIAN, None),
    ("people_logquestion", "the_asker"): ("SELECT", "samvirke_app", f"asked_by_id = ANY ({HOLDERS})", None),
    ("people_logquestion", "the_asker_asks"): ("INSERT", "samvirke_app", None, ASKS_OF_A_LINE),
    ("people_logquestion", "who_answers"): ("SELECT", "samvirke_app", ANSWERS, None),
    ("people_logquestion", "who_answers_answers"): (
        "UPDATE",
        "samvirke_app",
        f"{ANSWERS} AND answer = ''",
        f"{ANSWERS} AND answer <> ''",
    ),
    ("gate_consent", "the_gate"): (
        "SELECT",
        "samvirke_app",
        uniform("gate_consent", kind=DataKind.CONSENT),
        None,
    ),
    ("gate_consent", "the_giver"): ("SELECT", "samvirke_app", OF_THE_GIVERS, None),
    ("gate_consent", "acting_now"): ("SELECT", "samvirke_app", OF_WHO_ACTS_NOW, None),
    ("gate_accessentry", "anybody_adds"): ("INSERT", "samvirke_app", None, "true"),
    ("gate_accessentry", "the_person_reads"): (
        "SELECT",
        "samvirke_app",
        uniform("gate_accessentry", kind=DataKind.ACCESS_LOG),
        None,
    ),
    ("gate_accessentry", "asked_by_number"): ("SELECT", "samvirke_app", ASKED_BY_NUMBER, None),
    ("people_clientrecord", "the_gatekeeper"): (
        "SELECT",
        "samvirke_gatekeeper",
        "current_user = 'samvirke_gatekeeper'",
        None,
    ),
    ("people_person", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    ("gate_accessentry", "the_gatekeeper"): (
        "SELECT",
        "samvirke_gatekeeper",
        "current_user = 'samvirke_gatekeeper'",
        None,
    ),
    **{
        ("gate_accessentry", f"asked_for_{what}"): ("SELECT", "samvirke_app", condition, None)
        for what, condition in ASKED_FOR.items()
    },
    ("people_openingbylaw", "the_post"): (
        "SELECT",
        "samvirke_app",
        f"to_post_id = {POST} AND {NOT_BARRED}",
        None,
    ),
    ("people_openingbylaw", "the_unit"): (
        "SELECT",
        "samvirke_app",
        OF_THE_OPENER,
        None,
    ),
    ("people_openingbylaw", "the_unit_ends"): (
        "UPDATE",
        "samvirke_app",
        OF_THE_OPENER,
        None,
    ),
    ("people_recall", "the_post"): ("SELECT", "samvirke_app", f"post_id = {POST}", None),
    ("people_recall", "the_post_acknowledges"): ("UPDATE", "samvirke_app", f"post_id = {POST}", None),
    ("people_recall", "the_giver"): ("SELECT", "samvirke_app", OF_THE_GIVER, None),
    **{(table, "its_parties"): ("ALL", "samvirke_app", who, who) for table, who in ITS_PARTIES.items()},
    **{
        (table, "the_persons_choice"): ("UPDATE", "samvirke_app", own, None)
        for table, own in THE_PERSONS_CHOICE.items()
    },
    ("plan_ownwords", "own_room"): ("SELECT", "samvirke_app", OWN_ROOM_READ, None),
    ("plan_ownwords", "own_hand"): ("INSERT", "samvirke_app", None, OWN_ROOM_WRITTEN),
    ("people_guardianship", "who_acts"): ("SELECT", "samvirke_app", READ_BY_ALL, None),
    ("people_guardianship", "recorded"): ("INSERT", "samvirke_app", None, WRITTEN_BY_WORKERS),
    ("people_guardianship", "ended"): ("UPDATE", "samvirke_app", WRITTEN_BY_WORKERS, None),
    ("people_consentdraft", "guardians_read"): ("SELECT", "samvirke_app", ANSWERED_BY_GUARDIANS, None),
    ("people_consentdraft", "guardians_answer"): ("UPDATE", "samvirke_app", ANSWERED_BY_GUARDIANS, None),
    ("people_recall", "around_the_person"): (
        "INSERT",
        "samvirke_app",
        None,
        uniform_check("people_recall", kind=DataKind.IDENTITY),
    ),
    ("people_identitylink", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    ("people_searchword", "the_gatekeeper"): ("ALL", "samvirke_gatekeeper", "true", "true"),
    ("people_recordpair", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    ("people_recordassessment", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    ("programmes_screening", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    ("events_fact", "the_gatekeeper"): (
        "SELECT",
        "samvirke_gatekeeper",
        "code = 'person_asked'",
        None,
    ),
    ("events_fact", "the_gate"): (
        "INSERT",
        "samvirke_app",
        None,
        f"subject_id IS NULL OR ({uniform_check('events_fact', kind='kind')})",
    ),
    ("events_fact", "published"): ("SELECT", "samvirke_publisher", "true", None),
    ("coordination_instruction", "the_leaders"): ("SELECT", "samvirke_app", LEADS_THE_PARTNERSHIP, None),
    ("coordination_instruction", "whoever_entered"): (
        "INSERT",
        "samvirke_app",
        None,
        "gate.entered_post() IS NOT NULL",
    ),
    ("coordination_meetingdraft", "the_writer"): ("ALL", "samvirke_app", OWN_DRAFT, OWN_DRAFT_WRITTEN),
    ("coordination_absence", "the_unit"): ("ALL", "samvirke_app", OWN_OR_LED, OWN_OR_LED),
    ("coordination_absence", "while_it_lasts"): (
        "SELECT",
        "samvirke_app",
        "gate.entered_post() IS NOT NULL AND back_on > (SELECT (gate.now() AT TIME ZONE 'UTC')::date)",
        None,
    ),
    ("programmes_rulesversion", "anybody_reads"): ("SELECT", "samvirke_app", "true", None),
    ("programmes_rulesversion", "the_leader_adds"): ("INSERT", "samvirke_app", None, BY_ITS_LEADER),
    ("exchange_importrun", "the_unit"): (
        "ALL",
        "samvirke_app",
        f"exchange_importrun.unit_id = ANY ({HOLDERS})",
        f"exchange_importrun.unit_id = ANY ({HOLDERS})",
    ),
    ("exchange_columnmapping", "the_unit"): (
        "ALL",
        "samvirke_app",
        f"exchange_columnmapping.unit_id = ANY ({HOLDERS})",
        f"exchange_columnmapping.unit_id = ANY ({HOLDERS})",
    ),
    ("exchange_upload", "the_unit"): ("ALL", "samvirke_app", OF_THE_SENDER, OF_THE_SENDER),
    ("exchange_upload", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    **{(table, "the_unit"): ("ALL", "samvirke_app", kept, kept) for table, kept in SEALED.items()},
    **{(table, "the_gatekeeper"): ("ALL", "samvirke_gatekeeper", "true", None) for table in SEALED},
    ("exchange_takingback", "the_unit"): ("ALL", "samvirke_app", OF_THE_RUN, OF_THE_RUN),
    ("exchange_refusedline", "the_unit"): (
        "ALL",
        "samvirke_app",
        "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_refusedline.run_id)",
        "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_refusedline.run_id)",
    ),
}
