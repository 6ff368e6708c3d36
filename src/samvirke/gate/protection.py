"""Migration operations that attach the one policy and the privilege that comes with it.

A table that no migration opened is unreadable for the pages' role. SQL names are constants of migrations,
never input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.migrations.operations import RunSQL

from samvirke.gate.access import BARS, CORE, KEPT_BACK_DAYS, LIFT_HOURS, LIFT_REASON, OPENS, WORKERS, Basis
from samvirke.kernel.gate_words import DataKind

APP = "samvirke_app"
HOLDERS = "(SELECT gate.entered_holders())::uuid[]"
POST = "(SELECT gate.entered_post())"


def _array(codes: Iterable[str]) -> str:
    return "ARRAY[{}]".format(", ".join(f"'{code}'" for code in codes))


# The policy on the grants: those that hold now, for the purpose, of whoever has entered and is not barred.
HELD_NOW = f"""holder_id = ANY ({HOLDERS})
      AND purposes & (SELECT nullif(current_setting('gate.purpose', true), '')::int) <> 0
      AND valid_from <= (SELECT gate.now()) AND (SELECT gate.now()) < valid_to
      AND subject_id <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"""
# What the policy of a table about subjects asks, beside that, of the grants it sees.
OPENED = """EXISTS (SELECT FROM gate_grant g
    WHERE g.subject_id = {table}.{subject}
      AND g.kinds & {kind} & (SELECT nullif(current_setting('gate.cap', true), '')::int) <> 0{further})"""
# A row that is sealed to a unit is for the unit and the person.
SEALED_TO = " AND ({table}.{sealed_to} IS NULL OR {table}.{sealed_to} = ANY ({holders}) OR g.basis = 'self')"
NO_LIFT = " AND g.basis <> 'lift'"

# Who gave a consent about somebody reads it as long as they may still act for them.
OF_THE_GIVERS = f"""(given_by_id = ANY ({HOLDERS}) OR given_with && {HOLDERS})
  AND EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = gate_consent.subject_id
    AND g.basis IN ('self', 'guardian'))"""

# Whoever acts for the person now reads what others who acted for them gave, within their scope.
OF_WHO_ACTS_NOW = (
    "cardinality(to_units) > 0 AND gate.answers_now(subject_id, kinds, given_by_id || given_with)"
)

# What functions of the gate say in capitals, as the access table says it.
WORDS = {
    "STRONGEST_FIRST": _array(Basis),
    "BARS": _array(BARS),
    "WORKERS": _array(WORKERS),
    "GIVEN_KINDS": str(int(OPENS[Basis.CONSENT].kinds)),
    "GUARDED_KINDS": str(int(OPENS[Basis.GUARDIAN].kinds)),
    "LIFT_KINDS": str(int(OPENS[Basis.LIFT].kinds)),
    "STATUTE_KINDS": str(int(OPENS[Basis.STATUTE].kinds)),
    "STATUTE_PURPOSES": str(int(OPENS[Basis.STATUTE].purposes)),
    "SHORTEST": str(LIFT_REASON[0]),
    "LONGEST": str(LIFT_REASON[1]),
    "HOURS": str(LIFT_HOURS),
    "KEPT_BACK_DAYS": str(KEPT_BACK_DAYS),
    "GIVEN_ANYWAY": str(int(CORE)),
    "LOG_KIND": str(int(DataKind.ACCESS_LOG)),
    "PLAN_KIND": str(int(DataKind.PLAN)),
    "IDENTITY": str(int(DataKind.IDENTITY)),
    "CONSENT_KIND": str(int(DataKind.CONSENT)),
    "PROTECTED_KIND": str(int(DataKind.PROTECTED_LOCATION)),
    "REFUSE": "USING ERRCODE = 'insufficient_privilege'",
}


def uniform(
    table: str, *, kind: DataKind | str, subject: str = "subject_id", sealed_to: str | None = None
) -> str:
    """Which rows are seen. `kind` is a data kind, or the column that holds one."""
    return _opened(table, kind, subject, _sealed(table, sealed_to))


def uniform_check(
    table: str, *, kind: DataKind | str, subject: str = "subject_id", sealed_to: str | None = None
) -> str:
    """Which rows may be written: broken glass lets read, never write."""
    return _opened(table, kind, subject, _sealed(table, sealed_to) + NO_LIFT)


def rested_on(table: str, *, kind: DataKind, bases: Iterable[Basis]) -> str:
    """Rows that only these bases open, whatever else lets see of their kind."""
    codes = ", ".join(f"'{basis}'" for basis in bases)
    return _opened(table, kind, "subject_id", f" AND g.basis IN ({codes})")


def about_persons(
    table: str, *, kind: DataKind | str, subject: str = "subject_id", privileges: str = "SELECT, INSERT"
) -> RunSQL:
    """A table about subjects: forced policy, and just these privileges for the pages' role."""
    using, check = (form(table, kind=kind, subject=subject) for form in (uniform, uniform_check))
    return RunSQL(
        f"""ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY the_gate ON {table} FOR ALL TO {APP} USING ({using}) WITH CHECK ({check});
GRANT {privileges} ON {table} TO {APP};""",
        f"REVOKE ALL ON {table} FROM {APP}; DROP POLICY IF EXISTS the_gate ON {table};",
    )


def anew(
    table: str, *, kind: DataKind | str, subject: str = "subject_id", sealed_to: str | None = None
) -> RunSQL:
    """The same policy in the form it has now, on a table that got an older one."""
    using, check = (
        form(table, kind=kind, subject=subject, sealed_to=sealed_to) for form in (uniform, uniform_check)
    )
    before = uniform(table, kind=kind, subject=subject)
    return RunSQL(
        f"ALTER POLICY the_gate ON {table} USING ({using}) WITH CHECK ({check});",
        f"ALTER POLICY the_gate ON {table} USING ({before}) WITH CHECK ({before});",
    )


def _opened(table: str, kind: DataKind | str, subject: str, further: str) -> str:
    mask = f"{table}.{kind}" if isinstance(kind, str) else str(int(kind))
    return OPENED.format(table=table, subject=subject, kind=mask, further=further)


def _sealed(table: str, sealed_to: str | None) -> str:
    return "" if sealed_to is None else SEALED_TO.format(table=table, sealed_to=sealed_to, holders=HOLDERS)


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


def said(sql: str) -> str:
    """A function of the gate with what the access table says in place of its words in capitals."""
    for word, meaning in WORDS.items():
        sql = sql.replace(word, meaning)
    return sql


def handed_over(
    *, tables: Sequence[str] = (), definers: Sequence[str] = (), internal: Sequence[str] = ()
) -> RunSQL:
    """Tables and functions become the gatekeeper's; of the functions, `definers` are for the pages' role."""
    own = [
        f"ALTER TABLE {table} OWNER TO samvirke_gatekeeper; ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        for table in tables
    ]
    closed = [
        f"ALTER FUNCTION {name} OWNER TO samvirke_gatekeeper; REVOKE ALL ON FUNCTION {name} FROM PUBLIC;"
        for name in (*definers, *internal)
    ]
    opened = [f"GRANT EXECUTE ON FUNCTION {name} TO {APP};" for name in definers]
    return RunSQL("\n".join(own + closed + opened), RunSQL.noop)
