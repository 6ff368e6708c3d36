"""Defects by name, each one thing wrong: in a policy, a function, in grants and roles, in the Python filters.

`rows` compares what is seen, `codes` what is answered, `attempts` tries what must be refused, `lint` reads
the catalogue. A defect names the check that is to catch it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samvirke.gate import operations, queries
from samvirke.gate.access import ACCESS, WHEREABOUTS, Basis, Cell, Opening, Role
from samvirke.gate.protection import HELD_NOW, HOLDERS, uniform, uniform_check

PROBE = uniform("proof_row", kind="kind", sealed_to="sealed_to_id")
CHECK = uniform_check("proof_row", kind="kind", sealed_to="sealed_to_id")
SETTING = "(SELECT nullif(current_setting('gate.holders', true), ''))::uuid[]"


@dataclass(frozen=True, slots=True)
class Changed:
    """One text inside the definition of a function is another, or a policy's condition."""

    name: str
    check: str
    function: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A policy asks something else."""

    name: str
    check: str
    policy: str
    clause: str  # USING, WITH CHECK
    as_it_is: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An administrator's statement, seen by the lint and taken back."""

    name: str
    sql: str
    check: str = "lint"


@dataclass(frozen=True, slots=True)
class Patched:
    """A Python filter does something else."""

    name: str
    check: str
    module: Any
    attribute: str
    stand_in: Callable[[Any], Any]  # of what stands there


Defect = Changed | Condition | Statement | Patched


def _grants(name: str, old: str, new: str, check: str = "rows") -> Condition:
    return Condition(name, check, "own_grants ON gate_grant", "USING", HELD_NOW, old, new)


def _probe(name: str, old: str, new: str) -> Condition:
    return Condition(name, "rows", "the_gate ON proof_row", "USING", PROBE, old, new)


def _written(name: str, old: str, new: str) -> Condition:
    return Condition(name, "attempts", "the_gate ON proof_row", "WITH CHECK", CHECK, old, new)


OF_PURPOSE = "purposes & (SELECT nullif(current_setting('gate.purpose', true), '')::int) <> 0"
BARRED = "subject_id <> ALL ((SELECT nullif(current_setting('gate.barred', true), ''))::uuid[])"
OF_CAP = " & (SELECT nullif(current_setting('gate.cap', true), '')::int)"
POLICIES: tuple[Defect, ...] = (
    _grants("the purpose is not asked", OF_PURPOSE, "true"),
    _grants("any purpose will do", f"{OF_PURPOSE}", OF_PURPOSE.replace("<> 0", ">= 0")),
    _grants("an access begins a moment late", "valid_from <=", "valid_from <"),
    _grants("an access ends a moment late", "< valid_to", "<= valid_to"),
    _grants("an access never ends", "AND (SELECT gate.now()) < valid_to", ""),
    _grants("an access begins before it begins", "valid_from <= (SELECT gate.now()) AND", "", "lint"),
    _grants("the server's clock instead of the gate's", "(SELECT gate.now()) < valid_to", "now() < valid_to"),
    _grants("bars do not count", BARRED, "true"),
    _grants("anybody's accesses count", f"holder_id = ANY ({HOLDERS})", "true"),
    _grants(
        "the unit does not count", f"holder_id = ANY ({HOLDERS})", "holder_id = (SELECT gate.entered_post())"
    ),
    _grants("holders are read without their seal", HOLDERS, SETTING, "attempts"),
    _probe("the role's kinds do not count", OF_CAP, ""),
    _probe("the access's kinds do not count", "g.kinds & proof_row.kind", "proof_row.kind"),
    _probe("the row's kind does not count", "g.kinds & proof_row.kind", "g.kinds"),
    _probe("another subject's access will do", "g.subject_id = proof_row.subject_id", "true"),
    _probe("either is enough", "\n      AND g.kinds", "\n      OR g.kinds"),
    _probe("seals do not count", "(proof_row.sealed_to_id IS NULL OR", "(true OR"),
    _probe("sealed rows alone are seen", "sealed_to_id IS NULL OR", "sealed_to_id IS NOT NULL OR"),
    _probe("a guardian sees what is sealed", "g.basis = 'self'", "g.basis IN ('self', 'guardian')"),
    _probe("the person does not see what is sealed", " OR g.basis = 'self'", ""),
    _probe("the unit does not see what it sealed", f" OR proof_row.sealed_to_id = ANY ({HOLDERS})", ""),
    _probe("broken glass opens nothing", "\n      AND g.kinds", "\n      AND g.basis <> 'lift' AND g.kinds"),
    _probe("a consent opens nothing", "\n      AND g.kinds", "\n      AND g.basis <> 'consent' AND g.kinds"),
    _probe("everything is seen", PROBE, "true"),
    _written("anything may be written", CHECK, "true"),
    _written("broken glass lets write", " AND g.basis <> 'lift'", ""),
    _written("any kind may be written", "g.kinds & proof_row.kind", "proof_row.kind"),
)

IN_FUNCTIONS = Path(__file__).with_name("defects_in_functions.txt")
"""Name, check and function; what stands in it, and what stands there instead."""


def _changed(told: str) -> Changed:
    head, old, new = told.splitlines()
    name, check, function = head.split(" | ")
    return Changed(name, check, function, old[2:], new[2:])


FUNCTIONS: tuple[Defect, ...] = tuple(
    _changed(told) for told in IN_FUNCTIONS.read_text(encoding="utf-8").strip("\n").split("\n\n")
)
GRANTS: tuple[Defect, ...] = (
    Statement("the pages change consents", "GRANT UPDATE ON gate_consent TO samvirke_app"),
    Statement("the pages empty a table", "GRANT TRUNCATE ON plan_note TO samvirke_app"),
    Statement("the pages read the key", "GRANT SELECT ON gate_secret TO samvirke_app"),
    Statement("the pages read the bars", "GRANT SELECT ON gate_bar TO samvirke_app"),
    Statement("the pages write accesses", "GRANT INSERT ON gate_grant TO samvirke_app"),
    Statement("everybody admits", "GRANT EXECUTE ON FUNCTION gate.admit(uuid, uuid[]) TO PUBLIC"),
    Statement("the pages project", "GRANT EXECUTE ON FUNCTION gate.project(uuid[]) TO samvirke_app"),
    Statement("a definer's view", "CREATE VIEW public.everything AS SELECT * FROM people_person"),
    Statement(
        "a materialised view", "CREATE MATERIALIZED VIEW public.everything AS SELECT * FROM people_person"
    ),
    Statement(
        "a definer without a search path", "ALTER FUNCTION gate.withdraw_consent(uuid) RESET search_path"
    ),
    Statement(
        "a definer in the owner's hands",
        "ALTER FUNCTION gate.enter(uuid, int, bytea) OWNER TO samvirke_owner",
    ),
    Statement(
        "a superuser's function", "CREATE FUNCTION gate.everything() RETURNS int LANGUAGE sql AS 'SELECT 1'"
    ),
    Statement("row security not forced", "ALTER TABLE people_person NO FORCE ROW LEVEL SECURITY"),
    Statement("row security off", "ALTER TABLE gate_accessentry DISABLE ROW LEVEL SECURITY"),
    Statement(
        "a second policy", "CREATE POLICY also ON people_person FOR SELECT TO samvirke_app USING (true)"
    ),
    Statement("a policy without a check", "ALTER POLICY the_gate ON plan_plan WITH CHECK (true)"),
    Statement("the log's policy gone", "DROP POLICY the_person_reads ON gate_accessentry"),
    Statement("the pages as gatekeeper", "GRANT samvirke_gatekeeper TO samvirke_app"),
    Statement("the pages past row security", "ALTER ROLE samvirke_app BYPASSRLS"),
    Statement(
        "rights by default",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO samvirke_app",
    ),
)


def _without_lifts_exception(_: Any) -> Any:
    as_it_is = queries.OPENS
    lift = as_it_is[Basis.LIFT]
    wide = Opening(lift.to, lift.kinds, lift.purposes, writes=True, begins_with="", ends_with="")
    return as_it_is | {Basis.LIFT: wide}


def _everything(_: Any) -> Any:
    every = ACCESS[Role.INTEGRATION]
    return {role: Cell(every.reads, every.writes, cell.purposes) for role, cell in ACCESS.items()}


def _all_rows(_: Any) -> Any:
    return lambda viewer, verb, rows, subject="subject_id": rows.filter(
        **{f"{subject}__in": queries._grants(viewer, verb.kind).values("subject_id")}
    )


FILTERS: tuple[Defect, ...] = (
    Patched("the role is not asked", "codes", queries, "_role_refusal", lambda _: lambda viewer, verb: None),
    Patched("every role reads everything", "codes", queries, "ACCESS", _everything),
    Patched("a list forgets the role, bars and lifts", "codes", queries, "visible", _all_rows),
    Patched("broken glass is a ground to write", "codes", queries, "OPENS", _without_lifts_exception),
    Patched("an access on anybody counts", "codes", queries, "GRANTS_ON",
            lambda sql: sql.replace("subject_id = %s", "subject_id IS DISTINCT FROM %s")),
    Patched("the weakest basis is told", "codes", queries, "Basis", lambda basis: _Backwards(basis)),
    Patched("the buttons allow everything", "codes", queries, "allowed",
            lambda _: lambda viewer, verbs, subject_id: {verb.code for verb in verbs}),
    Patched("every refusal is called the same", "codes", queries, "_refusal",
            lambda _: lambda viewer, verb, subject_id: queries.Refusal.NO_BASIS),
    Patched("a guardian is told where the child lives, always", "rows", operations, "GUARDIAN_KINDS",
            lambda kinds: kinds | WHEREABOUTS),
)  # fmt: skip


class _Backwards:
    """The bases from the weakest on."""

    def __init__(self, basis: Any) -> None:
        self._all = basis

    def __iter__(self) -> Any:
        return iter(reversed(list(self._all)))

    def __call__(self, value: str) -> Any:
        return self._all(value)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._all, name)


DEFECTS: tuple[Defect, ...] = (*POLICIES, *FUNCTIONS, *GRANTS, *FILTERS)
