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
