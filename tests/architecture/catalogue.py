"""What PostgreSQL's own catalogue says about who may reach what, compared with what is written down here.

The tables below are the contract. `findings` looks at a live database and names every difference, so a table
that nobody declared, a forgotten policy or a privilege too many is a finding before it is a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import sql

from samvirke.gate.protection import uniform
from samvirke.kernel.gate_words import DataKind

Link = psycopg.Connection[tuple[Any, ...]]

APPEND_ONLY = {
    "events_fact",
    "gate_accessentry",
    "people_recordassessment",
    "people_familymember",
    "programmes_screening",
    "plan_goal",
    "plan_goalversion",
    "plan_note",
    "plan_statement",
    "coordination_turn",
    "coordination_meeting",
    "coordination_attendee",
    "coordination_minutes",
    "exchange_importrun",
    "exchange_refusedline",
    "exchange_caseevent",
    "applications_applicationstep",
    "agreements_agreement",
    "agreements_agreementversion",
    "agreements_agreementparty",
    "agreements_responsetime",
    "agreements_routinecheck",
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
    "applications_application",
    "interventions_need",
    "interventions_placement",
    "agreements_contactperson",
}
DIRECTORY = {
    "agencies_municipality",
    "agencies_agency",
    "agencies_unit",
    "agencies_post",
    "programmes_localpartnership",
    "programmes_localpartnership_municipalities",
    "interventions_intervention",
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
}
OWNERS = {"django_migrations", "gate_simulatedclock"}
MUTABILITY = [APPEND_ONLY, EDITABLE, DIRECTORY, CAPACITY, SIGN_IN, GATEKEEPERS, OWNERS]

NO_ROW_SECURITY = {
    **dict.fromkeys(DIRECTORY, "no person data; every page may look up the organisation"),
    **dict.fromkeys(
        CAPACITY, "no person data; pages change only whether a place is taken, and keys check that"
    ),
    **dict.fromkeys(SIGN_IN, "read before there is a viewer, by a role that reaches nothing else"),
    **dict.fromkeys(OWNERS, "no role but the owner has any privilege"),
}
NOT_FORCED = dict.fromkeys(GATEKEEPERS, "gate.enter() reads them as their owner before there is a viewer")

# Which kind of data each table about subjects holds (a kind, or the column that says), and its subject.
SUBJECT_TABLES: dict[str, tuple[DataKind | str, str]] = {
    "people_clientrecord": (DataKind.IDENTITY, "id"),
    "people_recordassessment": (DataKind.EMPLOYMENT, "subject_id"),
    "people_person": (DataKind.IDENTITY, "id"),
    "people_identitylink": (DataKind.CONSENT, "subject_id"),
    "people_referral": (DataKind.CONSENT, "subject_id"),
    "people_familymember": (DataKind.IDENTITY, "subject_id"),
    "people_whereabouts": ("kind", "subject_id"),
    "programmes_screening": (DataKind.EMPLOYMENT, "subject_id"),
    "plan_plan": (DataKind.PLAN, "subject_id"),
    "plan_teammember": (DataKind.PLAN, "subject_id"),
    "plan_goal": (DataKind.PLAN, "subject_id"),
    "plan_goalversion": (DataKind.PLAN, "subject_id"),
    "plan_action": ("kind", "subject_id"),
    "plan_note": ("kind", "subject_id"),
    "plan_statement": (DataKind.PLAN, "subject_id"),
    "coordination_duty": (DataKind.PLAN, "subject_id"),
    "coordination_handover": (DataKind.PLAN, "subject_id"),
    "coordination_turn": (DataKind.PLAN, "subject_id"),
    "coordination_followup": (DataKind.PLAN, "subject_id"),
    "coordination_meeting": (DataKind.PLAN, "subject_id"),
    "coordination_attendee": (DataKind.PLAN, "subject_id"),
    "coordination_minutes": (DataKind.PLAN, "subject_id"),
    "exchange_caseevent": (DataKind.ECONOMY, "subject_id"),
    "applications_application": ("kind", "subject_id"),
    "applications_applicationstep": ("kind", "subject_id"),
    "interventions_need": ("kind", "subject_id"),
    "interventions_placement": ("kind", "subject_id"),
}

HOLDERS = "(SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]"
OWN_OR_LED = (
    "EXISTS (SELECT FROM agencies_post p JOIN agencies_post mine "
    "ON mine.id = p.id OR (mine.is_leader AND mine.unit_id = p.unit_id) "
    "WHERE p.id = coordination_absence.post_id "
    "AND mine.id = (SELECT nullif(current_setting('gate.post', true), ''))::uuid)"
)
ME = "(SELECT nullif(current_setting('gate.post', true), ''))::uuid"
LEADS = (
    f"EXISTS (SELECT FROM agencies_post mine WHERE mine.id = {ME} AND mine.is_leader "
    "AND mine.role IN ('unit_leader', 'partnership_leader'))"
)
LEADS_THE_UNIT = (
    f"EXISTS (SELECT FROM agencies_post mine WHERE mine.id = {ME} AND (mine.role = 'partnership_leader' "
    "OR (mine.is_leader AND mine.unit_id = agreements_contactperson.unit_id)))"
)
AGREEMENTS = {
    **dict.fromkeys(
        (
            "agreements_agreement",
            "agreements_agreementversion",
            "agreements_agreementparty",
            "agreements_responsetime",
            "agreements_routinecheck",
        ),
        LEADS,
    ),
    "agreements_contactperson": LEADS_THE_UNIT,
}
# Policies other than the uniform one: (table, policy) to command, role, USING and WITH CHECK.
OTHER_POLICIES: dict[tuple[str, str], tuple[str, str, str | None, str | None]] = {
    **{(table, "the_unit"): ("ALL", "samvirke_app", who, who) for table, who in AGREEMENTS.items()},
    **{
        (table, "whoever_entered"): ("SELECT", "samvirke_app", "gate.entered_post() IS NOT NULL", None)
        for table in AGREEMENTS
    },
    ("gate_grant", "own_grants"): ("SELECT", "samvirke_app", f"holder_id = ANY ({HOLDERS})", None),
    ("gate_consent", "the_gate"): (
        "SELECT",
        "samvirke_app",
        uniform("gate_consent", kind=DataKind.CONSENT),
        None,
    ),
    ("gate_consent", "the_giver"): ("SELECT", "samvirke_app", f"given_by_id = ANY ({HOLDERS})", None),
    ("gate_accessentry", "anybody_adds"): ("INSERT", "samvirke_app", None, "true"),
    ("gate_accessentry", "the_person_reads"): (
        "SELECT",
        "samvirke_app",
        uniform("gate_accessentry", kind=DataKind.ACCESS_LOG),
        None,
    ),
    ("people_identitylink", "the_gatekeeper"): ("SELECT", "samvirke_gatekeeper", "true", None),
    ("events_fact", "the_gate"): (
        "INSERT",
        "samvirke_app",
        None,
        f"subject_id IS NULL OR ({uniform('events_fact', kind='kind')})",
    ),
    ("events_fact", "published"): ("SELECT", "samvirke_publisher", "true", None),
    ("coordination_absence", "the_unit"): ("ALL", "samvirke_app", OWN_OR_LED, OWN_OR_LED),
    ("coordination_absence", "while_it_lasts"): (
        "SELECT",
        "samvirke_app",
        "gate.entered_post() IS NOT NULL AND back_on > (SELECT (gate.now() AT TIME ZONE 'UTC')::date)",
        None,
    ),
    ("exchange_importrun", "the_unit"): (
        "ALL",
        "samvirke_app",
        f"exchange_importrun.unit_id = ANY ({HOLDERS})",
        f"exchange_importrun.unit_id = ANY ({HOLDERS})",
    ),
    ("exchange_refusedline", "the_unit"): (
        "ALL",
        "samvirke_app",
        "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_refusedline.run_id)",
        "EXISTS (SELECT FROM exchange_importrun r WHERE r.id = exchange_refusedline.run_id)",
    ),
}

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
    ("people_identitylink", "samvirke_gatekeeper"): {"SELECT"},
    ("gate_grant", "samvirke_app"): {"SELECT"},
    ("gate_consent", "samvirke_app"): {"SELECT"},
    **{(view, "samvirke_insight"): {"SELECT"} for view in PUBLISHED},
}

DEFINERS = {
    "enter",
    "open_records",
    "open_person",
    "give_consent",
    "admit",
    "dismiss",
    "withdraw_consent",
    "who_sees",
    "open_circle",
    "open_guardian",
    "end_guardian",
    "share_with_family",
    "protect_place",
    "lift_place",
    "hidden_records",
    "hidden_posts",
    "near_hidden",
}
CALLERS: dict[str, set[str]] = {
    **{name: set() for name in ("project", "project_after_change", "is_around")},
    **{name: {"samvirke_app"} for name in DEFINERS},
    **{
        name: {"samvirke_app", "samvirke_gatekeeper"}
        for name in ("now", "leave", "entered_post", "entered_holders")
    },
}
CLOCK_OF_A_SIMULATED_DATABASE = {"now"}  # a definer too, since nobody else may read the clock's table

VIEWS_MAY_READ = {"events_fact"}
BYPASSES_ROW_SECURITY = {"samvirke_backup"}
ROLE_MEMBERS = {
    ("samvirke_gatekeeper", "samvirke_owner"),
    ("samvirke_publisher", "samvirke_owner"),
    ("pg_read_all_data", "samvirke_backup"),
}
SCHEMAS: dict[tuple[str, str], set[str]] = {
    ("public", "samvirke_app"): {"USAGE"},
    ("public", "samvirke_accounts"): {"USAGE"},
    ("public", "samvirke_publisher"): {"USAGE"},
    ("public", "samvirke_gatekeeper"): {"USAGE", "CREATE"},
    ("gate", "samvirke_app"): {"USAGE"},
    ("gate", "samvirke_accounts"): {"USAGE"},
    ("gate", "samvirke_publisher"): {"USAGE"},
    ("gate", "samvirke_gatekeeper"): {"USAGE", "CREATE"},
    ("published", "samvirke_insight"): {"USAGE"},
    ("published", "samvirke_publisher"): {"USAGE", "CREATE"},
}


def findings(link: Link) -> list[str]:
    """Every difference between the live catalogue and what is declared above.

    `link` is the owner's; probes for comparing policies are made and dropped inside its transaction.
    """
    return [
        *_tables(link),
        *_policies(link),
        *_privileges(link),
        *_functions(link),
        *_views(link),
        *_roles(link),
    ]


def tables(link: Link) -> set[str]:
    """The tables of schema public."""
    return {name for (name,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def _tables(link: Link) -> Iterator[str]:
    rows = link.execute(
        "SELECT relname, relkind::text, relrowsecurity, relforcerowsecurity FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'f', 'v')"
    ).fetchall()
    declared = set[str]().union(*MUTABILITY)
    for name, kind, enabled, forced in rows:
        if kind != "r":
            yield f"{name}: only plain tables belong in public"
        elif name not in declared:
            yield f"{name}: nobody declared whether it may change"
        if kind == "r" and not enabled and name not in NO_ROW_SECURITY:
            yield f"{name}: row security is off"
        if kind == "r" and enabled and not forced and name not in NOT_FORCED:
            yield f"{name}: row security is not forced"
    with_subject = link.execute(
        "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
        "AND NOT a.attisdropped AND (a.attname = 'subject_id' OR f.confrelid = 'gate_subject'::regclass)"
    ).fetchall()
    for (name,) in with_subject:
        own = {table for table, _ in OTHER_POLICIES} | GATEKEEPERS
        if name not in SUBJECT_TABLES and name not in own:
            yield f"{name}: it is about subjects, and no kind is declared"


def _policies(link: Link) -> Iterator[str]:
    wanted = dict(OTHER_POLICIES)
    for table, (kind, subject) in SUBJECT_TABLES.items():
        condition = uniform(table, kind=kind, subject=subject)
        wanted[(table, "the_gate")] = ("ALL", "samvirke_app", condition, condition)
    found = {
        (table, name): (command, roles, using, check, permissive)
        for table, name, command, roles, using, check, permissive in link.execute(
            "SELECT tablename, policyname, cmd, array_to_string(roles, ','), qual, with_check, permissive "
            "FROM pg_policies"
        )
    }
    for place in wanted.keys() - found.keys():
        yield f"{place[0]}: the policy {place[1]} is missing"
    for place in found.keys() - wanted.keys():
        yield f"{place[0]}: the policy {place[1]} is not declared"
    for place in wanted.keys() & found.keys():
        command, role, using, check = wanted[place]
        normal = (command, role, *_normalised(link, place[0], using, check), "PERMISSIVE")
        if found[place] != normal:
            yield f"{place[0]}: the policy {place[1]} is another than declared"


def _normalised(
    link: Link, table: str, using: str | None, check: str | None
) -> tuple[str | None, str | None]:
    """Both conditions in PostgreSQL's own words."""
    return _in_their_words(link, table, using), _in_their_words(link, table, check)


def _in_their_words(link: Link, table: str, condition: str | None) -> str | None:
    if condition is None:
        return None
    link.execute(
        sql.SQL("CREATE POLICY lint_probe ON {} FOR SELECT USING ({})").format(
            sql.Identifier(table),
            sql.SQL(condition),
        )
    )
    row = link.execute(
        "SELECT qual FROM pg_policies WHERE tablename = %s AND policyname = 'lint_probe'", [table]
    ).fetchone()
    link.execute(sql.SQL("DROP POLICY lint_probe ON {}").format(sql.Identifier(table)))
    assert row is not None
    return str(row[0])


ACLS = """
SELECT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace IN ('public'::regnamespace, 'published'::regnamespace, 'gate'::regnamespace)
  AND a.grantee <> c.relowner
UNION ALL
SELECT c.relname || '.' || t.attname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
  a.privilege_type
FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
WHERE c.relnamespace IN ('public'::regnamespace, 'published'::regnamespace, 'gate'::regnamespace)
"""
SCHEMA_ACLS = """
SELECT n.nspname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type
FROM pg_namespace n, aclexplode(n.nspacl) a
WHERE n.nspname IN ('public', 'gate', 'published') AND a.grantee <> n.nspowner
"""


def _privileges(link: Link) -> Iterator[str]:
    yield from _compared(PRIVILEGES, link.execute(ACLS).fetchall())
    yield from _compared(SCHEMAS, link.execute(SCHEMA_ACLS).fetchall())
    for (name,) in link.execute("SELECT defaclobjtype::text FROM pg_default_acl"):
        yield f"default privileges for {name}: rights come with migrations, never by default"


def _compared(wanted: dict[tuple[str, str], set[str]], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    found: dict[tuple[str, str], set[str]] = {}
    for name, role, privilege in rows:
        found.setdefault((name, role), set()).add(privilege)
    for place in sorted(wanted.keys() | found.keys()):
        more = found.get(place, set()) - wanted.get(place, set())
        less = wanted.get(place, set()) - found.get(place, set())
        if more:
            yield f"{place[0]}: {place[1]} may {', '.join(sorted(more))}, which nobody declared"
        if less:
            yield f"{place[0]}: {place[1]} may not {', '.join(sorted(less))}, which is declared"


def _functions(link: Link) -> Iterator[str]:
    rows = link.execute(
        "SELECT p.proname, p.prosecdef, p.proowner::regrole::text, p.proconfig, "
        "p.pronamespace::regnamespace::text, "
        "ARRAY(SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END "
        "      FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
        "      WHERE a.grantee <> p.proowner) "
        "FROM pg_proc p WHERE p.pronamespace IN "
        "('public'::regnamespace, 'published'::regnamespace, 'gate'::regnamespace)"
    ).fetchall()
    for name, definer, owner, config, schema, callers in rows:
        if schema != "gate" or name not in CALLERS:
            yield f"{schema}.{name}: the function is not declared"
            continue
        if set(callers) != CALLERS[name]:
            yield f"gate.{name}: called by {sorted(callers)}, declared {sorted(CALLERS[name])}"
        if name in DEFINERS and not definer:
            yield f"gate.{name}: it must run as the gatekeeper"
        if definer and owner != "samvirke_gatekeeper" and name not in CLOCK_OF_A_SIMULATED_DATABASE:
            yield f"gate.{name}: it runs as {owner}"
        if definer and name not in DEFINERS | CLOCK_OF_A_SIMULATED_DATABASE:
            yield f"gate.{name}: it runs with its owner's rights"
        if definer and not any(str(one).startswith("search_path=pg_catalog") for one in config or []):
            yield f"gate.{name}: its search path is not fixed"
    yield from (f"gate.{name}: the function is missing" for name in CALLERS.keys() - {row[0] for row in rows})


def _views(link: Link) -> Iterator[str]:
    rows = link.execute(
        "SELECT c.relname, c.relkind::text, c.relowner::regrole::text, "
        "ARRAY(SELECT DISTINCT t.relname::text FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid "
        "  AND d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass "
        "  JOIN pg_class t ON t.oid = d.refobjid WHERE r.ev_class = c.oid AND t.oid <> c.oid) "
        "FROM pg_class c WHERE c.relnamespace = 'published'::regnamespace"
    ).fetchall()
    for name, kind, owner, reads in rows:
        if kind != "v" or name not in PUBLISHED:
            yield f"published.{name}: it is not a declared view"
        if owner != "samvirke_publisher":
            yield f"published.{name}: it belongs to {owner}"
        if not set(reads) <= VIEWS_MAY_READ:
            yield f"published.{name}: it reads {sorted(set(reads) - VIEWS_MAY_READ)}"
    yield from (f"published.{name}: the view is missing" for name in PUBLISHED - {row[0] for row in rows})


def _roles(link: Link) -> Iterator[str]:
    roles = link.execute(
        "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication, rolbypassrls "
        "FROM pg_roles WHERE rolname LIKE 'samvirke\\_%'"
    ).fetchall()
    for name, mighty, bypasses in roles:
        if mighty:
            yield f"{name}: it may do what a superuser may"
        if bypasses != (name in BYPASSES_ROW_SECURITY):
            yield f"{name}: whether it bypasses row security is another than declared"
    members = set(
        link.execute(
            "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members "
            "WHERE member::regrole::text LIKE 'samvirke\\_%'"
        ).fetchall()
    )
    for role, member in members ^ ROLE_MEMBERS:
        yield f"{member}: its membership of {role} is another than declared"
