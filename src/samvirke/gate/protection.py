"""Migration operations that attach the one policy and the privilege that comes with it.

A table that no migration opened is unreadable for the pages' role. SQL names are constants of migrations,
never input.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

from samvirke.kernel.gate_words import DataKind

APP = "samvirke_app"

UNIFORM = """EXISTS (SELECT FROM gate_grant g
    WHERE g.subject_id = {table}.{subject}
      AND g.holder_id = ANY ((SELECT nullif(current_setting('gate.holders', true), ''))::uuid[])
      AND g.kinds & {kind} & (SELECT nullif(current_setting('gate.cap', true), '')::int) <> 0
      AND g.purposes & (SELECT nullif(current_setting('gate.purpose', true), '')::int) <> 0
      AND g.valid_from <= (SELECT gate.now()) AND (SELECT gate.now()) < g.valid_to)
  AND {table}.{subject} <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"""


def uniform(table: str, *, kind: DataKind | str, subject: str = "subject_id") -> str:
    """The policy's condition. `kind` is a data kind, or the column that holds one."""
    mask = f"{table}.{kind}" if isinstance(kind, str) else str(int(kind))
    return UNIFORM.format(table=table, subject=subject, kind=mask)


def about_persons(
    table: str, *, kind: DataKind | str, subject: str = "subject_id", privileges: str = "SELECT, INSERT"
) -> RunSQL:
    """A table about subjects: forced policy, and just these privileges for the pages' role."""
    condition = uniform(table, kind=kind, subject=subject)
    return RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY the_gate ON {table} FOR ALL TO {APP} USING ({condition}) WITH CHECK ({condition});
GRANT {privileges} ON {table} TO {APP};""",
        f"REVOKE ALL ON {table} FROM {APP}; DROP POLICY IF EXISTS the_gate ON {table};",
    )


ASKED_FOR = """gate_accessentry.outcome = 'not_shown' AND EXISTS (SELECT FROM {table} asked
    WHERE asked.{key} = gate_accessentry.subject_id AND {holds} AND ({who}))"""
OF_ITS_FAMILY = """EXISTS (SELECT FROM people_familymember member
    WHERE member.subject_id = asked.subject_id AND {who})"""


def asked_for_condition(
    table: str, *, key: str = "id", holds: str = "true", of_families: bool = False
) -> str:
    """Lines about somebody who asked for a row of the table by its id and was shown nothing."""
    who = uniform("asked", kind=DataKind.ACCESS_LOG)
    if of_families:
        member = uniform("member", kind=DataKind.ACCESS_LOG, subject="person_id")
        who = f"({who}) OR {OF_ITS_FAMILY.format(who=member)}"
    return ASKED_FOR.format(table=table, key=key, holds=holds, who=who)


def asked_for(table: str, *, key: str = "id", holds: str = "true", of_families: bool = False) -> RunSQL:
    """Whoever may read the log of a row's subject reads there who asked for the row in vain.

    key: the column that an address names. holds: what must be true of the row `asked`. of_families: rows may
    be about a circle, whose log nobody reads; each member then does.
    """
    name = f"asked_for_{table}_{key}"
    condition = asked_for_condition(table, key=key, holds=holds, of_families=of_families)
    return RunSQL(
        f"CREATE POLICY {name} ON gate_accessentry FOR SELECT TO {APP} USING ({condition});",
        f"DROP POLICY IF EXISTS {name} ON gate_accessentry;",
    )


def of_a_unit(table: str, condition: str, *, privileges: str = "SELECT, INSERT") -> RunSQL:
    """A table about a unit's own work, without person data: seen by the posts of the unit."""
    return RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY the_unit ON {table} FOR ALL TO {APP} USING ({condition}) WITH CHECK ({condition});
GRANT {privileges} ON {table} TO {APP};""",
        f"REVOKE ALL ON {table} FROM {APP}; DROP POLICY IF EXISTS the_unit ON {table};",
    )


def directory(table: str) -> RunSQL:
    """A table without person data that every page may read and only the owner writes."""
    return RunSQL(f"GRANT SELECT ON {table} TO {APP};", f"REVOKE ALL ON {table} FROM {APP};")


def sign_in(table: str) -> RunSQL:
    """A table of the sign-in role alone."""
    return RunSQL(
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO samvirke_accounts;",
        f"REVOKE ALL ON {table} FROM samvirke_accounts;",
    )
