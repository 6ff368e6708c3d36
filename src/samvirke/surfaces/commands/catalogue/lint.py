"""What PostgreSQL's own catalogue says about who may reach what, compared with what is declared.

`findings` looks at a live database and names every difference, so a table that nobody declared, a forgotten
policy or a privilege too many is a finding before it is a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import sql

from samvirke.gate.protection import uniform, uniform_check
from samvirke.surfaces.commands.catalogue import declared, functions, policies
from samvirke.surfaces.commands.postgres import Link


def findings(link: Link) -> list[str]:
    """Every difference between the live catalogue and what is declared.

    `link` is the owner's, in a transaction that the caller rolls back: conditions of policies are compared
    through temporary tables made in it. No table of ours is locked against readers or writers.
    """
    return [
        *_schemas(link),
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


def _schemas(link: Link) -> Iterator[str]:
    found = link.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
    ).fetchall()
    for name in {name for (name,) in found} ^ set(declared.OUR_SCHEMAS):
        yield f"{name}: the schema is not declared, or missing"
    for (name,) in link.execute("SELECT extname FROM pg_extension"):
        if name not in declared.EXTENSIONS:
            yield f"{name}: the extension is not declared"
    rows = link.execute(
        "SELECT c.relname, n.nspname, c.relkind::text, c.relowner::regrole::text FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = ANY (%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')",
        [list(declared.OUR_SCHEMAS)],
    ).fetchall()
    for name, schema, kind, owner in rows:
        if schema == "gate" or (schema == "jobs" and (kind != "r" or name not in declared.QUEUE)):
            yield f"{schema}.{name}: it is not declared"
        keeper = "samvirke_gatekeeper" if name in declared.GATEKEEPERS else "samvirke_owner"
        if schema != "published" and owner != keeper:
            yield f"{name}: it belongs to {owner}"


def _tables(link: Link) -> Iterator[str]:
    rows = link.execute(
        "SELECT relname, relkind::text, relrowsecurity, relforcerowsecurity FROM pg_class "
        "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'f', 'v')"
    ).fetchall()
    known = set[str]().union(*declared.MUTABILITY)
    for name, kind, enabled, forced in rows:
        if kind != "r":
            yield f"{name}: only plain tables belong in public"
        elif name not in known:
            yield f"{name}: nobody declared whether it may change"
        if kind == "r" and not enabled and name not in declared.NO_ROW_SECURITY:
            yield f"{name}: row security is off"
        if kind == "r" and enabled and not forced and name not in declared.NOT_FORCED:
            yield f"{name}: row security is not forced"
    with_subject = link.execute(
        "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "LEFT JOIN pg_constraint f ON f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
        "AND NOT a.attisdropped AND (a.attname = 'subject_id' OR f.confrelid IN "
        "('gate_subject'::regclass, 'people_person'::regclass, 'people_clientrecord'::regclass))"
    ).fetchall()
    for (name,) in with_subject:
        own = {table for table, _ in policies.OTHER_POLICIES} | declared.GATEKEEPERS
        if name not in declared.SUBJECT_TABLES and name not in own:
            yield f"{name}: it is about subjects, and no kind is declared"


def _policies(link: Link) -> Iterator[str]:
    wanted = dict(policies.OTHER_POLICIES)
    for table, (kind, subject) in declared.SUBJECT_TABLES.items():
        sealed_to = declared.SEALED_TO.get(table)
        wanted[(table, "the_gate")] = (
            "ALL",
            "samvirke_app",
            uniform(table, kind=kind, subject=subject, sealed_to=sealed_to),
            uniform_check(table, kind=kind, subject=subject, sealed_to=sealed_to),
        )
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
        form = "RESTRICTIVE" if place in policies.RESTRICTIVE else "PERMISSIVE"
        normal = (command, role, *_normalised(link, place[0], using, check), form)
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
    probe = sql.Identifier("pg_temp", table)  # shadows the table of that name alone
    link.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {})").format(
            sql.Identifier(table), sql.Identifier("public", table)
        )
    )
    link.execute(sql.SQL("CREATE POLICY probe ON {} FOR SELECT USING ({})").format(probe, sql.SQL(condition)))
    row = link.execute(
        "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = ('pg_temp.' || %s)::regclass",
        [table],
    ).fetchone()
    link.execute(sql.SQL("DROP TABLE {}").format(probe))
    assert row is not None
    return str(row[0])


ACLS = """
SELECT c.relname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace::regnamespace::text = ANY (%(schemas)s)
  AND a.grantee <> c.relowner
UNION ALL
SELECT c.relname || '.' || t.attname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END,
  a.privilege_type
FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
WHERE c.relnamespace::regnamespace::text = ANY (%(schemas)s)
"""
SCHEMA_ACLS = """
SELECT n.nspname, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type
FROM pg_namespace n, aclexplode(n.nspacl) a
WHERE n.nspname = ANY (%(schemas)s) AND a.grantee <> n.nspowner
"""
DATABASE_ACLS = """
SELECT 'the database', CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type
FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
WHERE d.datname = current_database() AND a.grantee <> d.datdba
"""


def _privileges(link: Link) -> Iterator[str]:
    ours = {"schemas": list(declared.OUR_SCHEMAS)}
    yield from _compared(declared.PRIVILEGES, link.execute(ACLS, ours).fetchall())
    yield from _compared(declared.SCHEMAS, link.execute(SCHEMA_ACLS, ours).fetchall())
    present = _present(link)
    of_database = {place: what for place, what in declared.DATABASE.items() if place[1] in present}
    yield from _compared(of_database, link.execute(DATABASE_ACLS).fetchall())
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
        "SELECT CASE n.nspname WHEN 'gate' THEN p.proname ELSE n.nspname || '.' || p.proname END, "
        "p.prosecdef, p.proowner::regrole::text, o.rolsuper, p.proconfig, "
        "ARRAY(SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END "
        "      FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a "
        "      WHERE a.grantee <> p.proowner) "
        "FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles o ON o.oid = p.proowner "
        "WHERE n.nspname = ANY (%s)",
        [list(declared.OUR_SCHEMAS)],
    ).fetchall()
    for name, definer, owner, mighty, config, callers in rows:
        shown = name if "." in name else f"gate.{name}"
        if mighty:
            yield f"{shown}: it belongs to the superuser {owner}"
        if name not in functions.CALLERS:
            yield f"{shown}: the function is not declared"
            continue
        yield from _function(shown, name, definer, owner, config or [], set(callers))
    for name in functions.CALLERS.keys() - {row[0] for row in rows}:
        yield f"{name if '.' in name else f'gate.{name}'}: the function is missing"


def _function(
    shown: str, name: str, definer: bool, owner: str, config: list[str], callers: set[str]
) -> Iterator[str]:
    wanted = functions.CALLERS[name]
    if callers != wanted:
        yield f"{shown}: called by {sorted(callers)}, declared {sorted(wanted)}"
    if name in functions.DEFINERS and not definer:
        yield f"{shown}: it must run as the gatekeeper"
    if not definer:
        return
    if owner != "samvirke_gatekeeper" and name not in functions.CLOCK_OF_A_SIMULATED_DATABASE:
        yield f"{shown}: it runs as {owner}"
    if name not in functions.DEFINERS | functions.CLOCK_OF_A_SIMULATED_DATABASE:
        yield f"{shown}: it runs with its owner's rights"
    if not any(one.startswith("search_path=pg_catalog") for one in config):
        yield f"{shown}: its search path is not fixed"


def _views(link: Link) -> Iterator[str]:
    rows = link.execute(
        "SELECT c.relname, c.relkind::text, c.relowner::regrole::text, "
        "ARRAY(SELECT DISTINCT t.relname::text FROM pg_rewrite r JOIN pg_depend d ON d.objid = r.oid "
        "  AND d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass "
        "  JOIN pg_class t ON t.oid = d.refobjid WHERE r.ev_class = c.oid AND t.oid <> c.oid) "
        "FROM pg_class c WHERE c.relnamespace = 'published'::regnamespace"
    ).fetchall()
    for name, kind, owner, reads in rows:
        if kind != "v" or name not in declared.PUBLISHED:
            yield f"published.{name}: it is not a declared view"
        if owner != "samvirke_publisher":
            yield f"published.{name}: it belongs to {owner}"
        if not set(reads) <= declared.VIEWS_MAY_READ:
            yield f"published.{name}: it reads {sorted(set(reads) - declared.VIEWS_MAY_READ)}"
    yield from (
        f"published.{name}: the view is missing" for name in declared.PUBLISHED - {row[0] for row in rows}
    )


def _roles(link: Link) -> Iterator[str]:
    roles = link.execute(
        "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication, rolbypassrls "
        "FROM pg_roles WHERE rolname LIKE 'samvirke\\_%'"
    ).fetchall()
    for name, mighty, bypasses in roles:
        if mighty:
            yield f"{name}: it may do what a superuser may"
        if bypasses != (name in declared.BYPASSES_ROW_SECURITY):
            yield f"{name}: whether it bypasses row security is another than declared"
    members = set(
        link.execute(
            "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members "
            "WHERE member::regrole::text LIKE 'samvirke\\_%'"
        ).fetchall()
    )
    present = _present(link)
    for role, member in members ^ {pair for pair in declared.ROLE_MEMBERS if pair[1] in present}:
        yield f"{member}: its membership of {role} is another than declared"


def _present(link: Link) -> set[str]:
    """Our roles that are there: `samvirke_backup` is left out where only a server's own means back up."""
    rows = link.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'samvirke\\_%'").fetchall()
    return {name for (name,) in rows} | {name for _, name in declared.DATABASE if name != "samvirke_backup"}
