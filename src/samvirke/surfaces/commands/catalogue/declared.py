"""Who may reach what in the database: the contract that `lint` holds a live database against.

A new table goes into one set of MUTABILITY and, if it is about subjects, into SUBJECT_TABLES;
privileges, functions and views stand below by name, policies in `policies`.
"""

from __future__ import annotations

from samvirke.kernel.gate_words import DataKind
from samvirke.surfaces.commands.catalogue import acting

APPEND_ONLY = {
    "events_fact",
    "gate_accessentry",
    "people_recordassessment",
    "people_recordchange",
    "people_familymember",
    "people_wrongtie",
    "people_recordpair",
    "people_consentdraft",
    *acting.TABLES,
    "people_reminder",
    "people_recall",
    "people_openingbylaw",
    "people_logquestion",
    "people_conditionmet",
    "programmes_screening",
    "programmes_rulesversion",
    "programmes_exemption",
    "plan_goal",
    "plan_goalversion",
    "plan_earlieraction",
    "plan_commitment",
    "plan_commitmentstep",
    "plan_benefitcondition",
    "plan_benefitconditionstep",
    "plan_note",
    "plan_statement",
    "plan_planversion",
    "plan_assent",
    "coordination_turn",
    "coordination_meeting",
    "coordination_attendee",
    "coordination_minutes",
    "coordination_meetingterms",
    "coordination_agendaitem",
    "coordination_contribution",
    "coordination_discussion",
    "coordination_proposal",
    "coordination_proposalanswer",
    "coordination_instruction",
    "exchange_importrun",
    "exchange_refusedline",
    "exchange_columnmapping",
    "exchange_caseevent",
    "exchange_uploadpart",
    "exchange_differingrows",
    "applications_applicationstep",
    "applications_enquirystep",
    "agencies_delegatedauthority",
    "assessments_assessment",
    "assessments_answer",
    "agreements_agreement",
    "agreements_agreementversion",
    "agreements_agreementparty",
    "agreements_responsetime",
    "agreements_responsibility",
    "agreements_routinecheck",
    "jobs_joboutcome",
}
EDITABLE = {
    "people_clientrecord",
    "people_person",
    "people_identitylink",
    "people_referral",
    "people_whereabouts",
    "plan_plan",
    "plan_teammember",
    "plan_action",
    "coordination_duty",
    "coordination_handover",
    "coordination_absence",
    "coordination_followup",
    "coordination_changewish",
    "coordination_meetingdraft",
    "applications_application",
    "applications_enquiry",
    "interventions_need",
    "interventions_placement",
    "agreements_contactperson",
    "exchange_upload",
    "exchange_takingback",
}
WITH_THE_NAME = {"people_searchword"}  # written and deleted by the database, as names are written
DIRECTORY = {
    *(
        f"agencies_{table}"
        for table in ("municipality", "agency", "agencyname", "namingrule", "unit", "post")
    ),
    *("agencies_fundingyear", "agencies_fundingshare"),
    *("programmes_localpartnership", "programmes_localpartnership_municipalities"),
    *(f"programmes_{table}" for table in ("programme", "programmeyear", "participant", "budgetline")),
    *(f"programmes_{table}" for table in ("allocation", "programmegoal", "rate")),
    "interventions_intervention",
    "assessments_instrument",
}
READ_ALONE = {"django_migrations"} | {
    f"gate_{name}"
    for name in ("grant", "consent", "lift", "liftreason", "logexception", "logexceptionreason")
}
CAPACITY = {"interventions_place"}
SIGN_IN = {
    "accounts_user",
    "accounts_userpost",
    "django_session",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}
GATEKEEPERS = {
    "gate_membership",
    "gate_subject",
    "gate_holder",
    "gate_grant",
    "gate_consent",
    "gate_bar",
    "gate_circlemember",
    "gate_familyshare",
    "gate_protectedplace",
    "gate_shield",
    "gate_ownnumber",
    "gate_lift",
    "gate_liftreason",
    "gate_logexception",
    "gate_logexceptionreason",
    "gate_formergrant",
    "gate_secret",
    "gate_seal",
    "gate_sealedhead",
}
OWNERS = {"django_migrations", "gate_simulatedclock"}
QUEUE = {
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_workers",
    "procrastinate_periodic_defers",
}  # in schema jobs
MUTABILITY = [APPEND_ONLY, EDITABLE, WITH_THE_NAME, DIRECTORY, CAPACITY, SIGN_IN, GATEKEEPERS, OWNERS]

NO_ROW_SECURITY = {
    **dict.fromkeys(DIRECTORY, "no person data; every page may look up the organisation"),
    **dict.fromkeys(
        CAPACITY, "no person data; pages change only whether a place is taken, and keys check that"
    ),
    **dict.fromkeys(SIGN_IN, "read before there is a viewer, by a role that reaches nothing else"),
    **dict.fromkeys(OWNERS, "no person data; nobody but the owner may change them"),
    "jobs_joboutcome": "numbers of jobs and codes; no person, no post",
}
NOT_FORCED = dict.fromkeys(GATEKEEPERS, "gate.enter() reads them as their owner before there is a viewer")

# Which kind of data each table about subjects holds (a kind, or the column that says), and its subject.
SUBJECT_TABLES: dict[str, tuple[DataKind | str, str]] = {
    "people_clientrecord": (DataKind.IDENTITY, "id"),
    "people_recordassessment": (DataKind.EMPLOYMENT, "subject_id"),
    "people_recordchange": (DataKind.IDENTITY, "subject_id"),
    "people_recordpair": (DataKind.IDENTITY, "subject_id"),
    "people_person": (DataKind.IDENTITY, "id"),
    "people_identitylink": (DataKind.CONSENT, "subject_id"),
    "people_wrongtie": (DataKind.CONSENT, "subject_id"),
    "people_referral": (DataKind.CONSENT, "subject_id"),
    "people_consentdraft": (DataKind.CONSENT, "subject_id"),
    **acting.SUBJECTS,
    "people_reminder": (DataKind.CONSENT, "subject_id"),
    "people_searchword": (DataKind.IDENTITY, "subject_id"),
    "people_openingbylaw": (DataKind.CONSENT, "subject_id"),
    "people_conditionmet": (DataKind.CONSENT, "subject_id"),
    "people_familymember": (DataKind.IDENTITY, "subject_id"),
    "people_whereabouts": ("kind", "subject_id"),
    "programmes_screening": (DataKind.EMPLOYMENT, "subject_id"),
    "plan_plan": (DataKind.PLAN, "subject_id"),
    "plan_teammember": (DataKind.PLAN, "subject_id"),
    "plan_goal": (DataKind.PLAN, "subject_id"),
    "plan_goalversion": (DataKind.PLAN, "subject_id"),
    "plan_action": ("kind", "subject_id"),
    "plan_earlieraction": ("kind", "subject_id"),
    "plan_commitment": ("kind", "subject_id"),
    "plan_commitmentstep": ("kind", "subject_id"),
    "plan_benefitcondition": (DataKind.ECONOMY, "subject_id"),
    "plan_benefitconditionstep": (DataKind.ECONOMY, "subject_id"),
    "plan_note": ("kind", "subject_id"),
    "plan_statement": (DataKind.PLAN, "subject_id"),
    "plan_planversion": (DataKind.PLAN, "subject_id"),
    "plan_assent": (DataKind.PLAN, "subject_id"),
    "coordination_duty": (DataKind.PLAN, "subject_id"),
    "coordination_handover": (DataKind.PLAN, "subject_id"),
    "coordination_turn": (DataKind.PLAN, "subject_id"),
    "coordination_followup": (DataKind.PLAN, "subject_id"),
    "coordination_changewish": (DataKind.PLAN, "subject_id"),
    "coordination_meeting": (DataKind.PLAN, "subject_id"),
    "coordination_attendee": (DataKind.PLAN, "subject_id"),
    "coordination_minutes": (DataKind.PLAN, "subject_id"),
    "coordination_meetingterms": (DataKind.PLAN, "subject_id"),
    "coordination_agendaitem": ("kind", "subject_id"),
    "coordination_contribution": (DataKind.PLAN, "subject_id"),
    "coordination_discussion": ("kind", "subject_id"),
    "coordination_proposal": ("kind", "subject_id"),
    "coordination_proposalanswer": ("kind", "subject_id"),
    "exchange_caseevent": (DataKind.ECONOMY, "subject_id"),
    "assessments_assessment": (DataKind.PLAN, "subject_id"),
    "assessments_answer": ("kind", "subject_id"),
    "applications_application": ("kind", "subject_id"),
    "applications_enquiry": ("kind", "subject_id"),
    "applications_enquirystep": ("kind", "subject_id"),
    "applications_applicationstep": ("kind", "subject_id"),
    "interventions_need": ("kind", "subject_id"),
    "interventions_placement": ("kind", "subject_id"),
}
# The column that holds the unit, the post or the person a row is sealed to.
SEALED_TO = dict.fromkeys(
    ("plan_note", "coordination_changewish", "assessments_assessment", "assessments_answer"), "sealed_to_id"
)

PUBLISHED = {
    "v1_episodes",
    "v1_flow",
    "v1_contacts",
    "v1_turns",
    "v1_promises",
    "v1_needs",
    "v1_agreements",
    "v1_agreement_checks",
    "v1_contact_persons",
}
READ_ADD = {"SELECT", "INSERT"}
PRIVILEGES: dict[tuple[str, str], set[str]] = {
    **{(table, "samvirke_app"): READ_ADD for table in APPEND_ONLY},
    ("events_fact", "samvirke_app"): {"INSERT"},
    ("events_fact", "samvirke_publisher"): {"SELECT"},
    **{(table, "samvirke_app"): READ_ADD | {"UPDATE"} for table in EDITABLE},
    **{(table, "samvirke_app"): {"SELECT"} for table in DIRECTORY | CAPACITY},
    ("interventions_place.is_taken", "samvirke_app"): {"UPDATE"},
    **{(table, "samvirke_accounts"): READ_ADD | {"UPDATE", "DELETE"} for table in SIGN_IN},
    **{(table, "samvirke_app"): {"SELECT"} for table in WITH_THE_NAME},
    **{(table, "samvirke_gatekeeper"): READ_ADD | {"DELETE"} for table in WITH_THE_NAME},
    ("people_recordchange.former", "samvirke_app"): {"UPDATE"},
    ("people_recordpair.ended_at", "samvirke_app"): {"UPDATE"},
    ("people_recordpair.ended_by_id", "samvirke_app"): {"UPDATE"},
    ("assessments_assessment.sealed_to_id", "samvirke_app"): {"UPDATE"},
    ("assessments_answer.sealed_to_id", "samvirke_app"): {"UPDATE"},
    **{
        (f"people_person.{column}", "samvirke_gatekeeper"): {"SELECT"}
        for column in ("id", "partnership_id", "national_id_hash")
    },
    **{
        (f"people_consentdraft.{column}", "samvirke_app"): {"UPDATE"}
        for column in ("answer", "answered_at", "consent_id")
    },
    **{
        (column, "samvirke_app"): {"UPDATE"}
        for column in (
            "people_recall.acknowledged_at",
            "agencies_delegatedauthority.ended_on",
            "programmes_exemption.ended_on",
            "people_openingbylaw.ended_at",
            "people_openingbylaw.ended_by_id",
            "people_logquestion.answer",
            "people_logquestion.answered_at",
        )
    },
    **{
        (f"people_clientrecord.{column}", "samvirke_gatekeeper"): {"SELECT"}
        for column in ("id", "unit_id", "national_id_hash")
    },
    **acting.PRIVILEGES,
    ("people_recall.acknowledged_at", "samvirke_app"): {"UPDATE"},
    ("people_identitylink", "samvirke_gatekeeper"): {"SELECT"},
    ("people_recordpair", "samvirke_gatekeeper"): {"SELECT"},
    ("people_recordassessment", "samvirke_gatekeeper"): {"SELECT"},
    ("programmes_screening", "samvirke_gatekeeper"): {"SELECT"},
    ("events_fact", "samvirke_gatekeeper"): {"SELECT"},
    ("exchange_upload", "samvirke_gatekeeper"): {"SELECT"},
    ("exchange_uploadpart", "samvirke_gatekeeper"): {"SELECT", "DELETE"},
    ("exchange_differingrows", "samvirke_gatekeeper"): {"SELECT", "DELETE"},
    **{
        (f"gate_accessentry.{name}", "samvirke_gatekeeper"): {"SELECT"}
        for name in ("lane", "seq", "mac", "at")
    },
    **{(table, "samvirke_app"): {"SELECT"} for table in READ_ALONE},
    **{(table, "samvirke_worker"): READ_ADD | {"UPDATE", "DELETE"} for table in QUEUE},
    **{(f"{table}_id_seq", "samvirke_worker"): {"USAGE"} for table in QUEUE},
    ("procrastinate_jobs", "samvirke_gatekeeper"): READ_ADD,
    ("procrastinate_events", "samvirke_gatekeeper"): {"INSERT"},
    ("procrastinate_jobs_id_seq", "samvirke_gatekeeper"): {"USAGE"},
    ("procrastinate_events_id_seq", "samvirke_gatekeeper"): {"USAGE"},
    **{(view, "samvirke_insight"): {"SELECT"} for view in PUBLISHED},
}

VIEWS_MAY_READ = {"events_fact"}
BYPASSES_ROW_SECURITY = {"samvirke_backup"}
ROLE_MEMBERS = {
    ("samvirke_gatekeeper", "samvirke_owner"),
    ("samvirke_publisher", "samvirke_owner"),
    ("pg_read_all_data", "samvirke_backup"),
}
OUR_SCHEMAS = ("public", "gate", "published", "jobs")
EXTENSIONS = {"plpgsql"}
DATABASE: dict[tuple[str, str], set[str]] = {
    ("the database", "samvirke_app"): {"CONNECT", "TEMPORARY"},
    **{
        ("the database", f"samvirke_{role}"): {"CONNECT"}
        for role in ("accounts", "worker", "insight", "backup")
    },
}
SCHEMAS: dict[tuple[str, str], set[str]] = {
    ("jobs", "samvirke_app"): {"USAGE"},
    ("jobs", "samvirke_worker"): {"USAGE"},
    ("jobs", "samvirke_gatekeeper"): {"USAGE"},
    ("public", "samvirke_app"): {"USAGE"},
    ("public", "samvirke_accounts"): {"USAGE"},
    ("public", "samvirke_publisher"): {"USAGE"},
    ("public", "samvirke_gatekeeper"): {"USAGE", "CREATE"},
    ("gate", "samvirke_app"): {"USAGE"},
    ("gate", "samvirke_accounts"): {"USAGE"},
    ("gate", "samvirke_publisher"): {"USAGE"},
    ("gate", "samvirke_worker"): {"USAGE"},
    ("gate", "samvirke_gatekeeper"): {"USAGE", "CREATE"},
    ("published", "samvirke_insight"): {"USAGE"},
    ("published", "samvirke_publisher"): {"USAGE", "CREATE"},
}
