"""Who may do what: the access table, the verbs, and every sentence that says no."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from django.utils.translation import override

from manual.markdown import PACKAGE, cell, code, first_line, flags, modules, page, room_of, table
from samvirke.gate.access import ACCESS, LIFT_HOURS, LIFT_REASON, OPENS, RULES, Refusal
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind, Purpose
from samvirke.surfaces.components import labels


def access() -> str:
    """Role by role, and kind by kind."""
    by_role = [
        [code(role), flags(cell_.reads), flags(cell_.writes), flags(cell_.purposes)]
        for role, cell_ in ACCESS.items()
    ]
    by_kind = [
        [
            str(kind.name).lower(),
            *(
                f"{'r' if kind in one.reads else ''}{'w' if kind in one.writes else ''}"
                for one in ACCESS.values()
            ),
        ]
        for kind in DataKind
    ]
    return page(
        "Access table",
        "What each role may read and write at most, and for which purposes. A basis is needed besides: the "
        "person's own, a consent, the agency's own case, a guardian's, a family's. No answer means no.",
        table(["role", "reads", "writes", "purposes"], by_role),
        "## The same by kind of information",
        "r: may read, w: may write.",
        table(["kind", *ACCESS], by_kind),
        "## Purposes",
        table(["purpose", "as the person reads it"], _words(Purpose, "purpose")),
        *_answers(),
    )


def _answers() -> Iterator[str]:
    """How the gate comes to its answer, from the tables it answers by."""
    opens = [
        [code(basis), one.to, flags(one.kinds), flags(one.purposes), "yes" if one.writes else "no"]
        for basis, one in OPENS.items()
    ]
    ways = [[code(basis), one.begins_with, one.ends_with] for basis, one in OPENS.items()]
    rules = [
        [str(number), code(rule.refusal), rule.applies, "yes" if rule.liftable else "never"]
        for number, rule in enumerate(RULES, 1)
    ]
    yield from (
        "## Bases",
        "What a basis opens at most, and to whom. An access is recorded as: subject, holder, kinds, "
        "purposes, from, until, basis. It holds from its first moment, and at its last moment no more. The "
        "strongest basis, uppermost here, is the one that is told.",
        table(["basis", "to whom", "kinds at most", "purposes at most", "writes"], opens),
        table(["basis", "begins when", "ends when"], ways),
        "## The answer, step by step",
        "The question: may this post, here for this purpose, do this verb (one kind, reading or writing, the "
        "purposes it serves) about this subject at this moment? A post acts through the holders of its "
        "memberships that hold now for this purpose: itself and its unit. The first rule that applies is the "
        "answer; where none does, it is yes.",
        table(["", "refusal", "applies where", "can be lifted"], rules),
        f"The rules after the first three look at what is open to any of the post's holders. A lift needs a "
        f"reason of {LIFT_REASON[0]} to {LIFT_REASON[1]} characters and lasts at most {LIFT_HOURS} hours. "
        "It is refused where a rule that is never lifted applies, where the subject's place is protected and "
        "the post does not know it, and for a family. The person and those around the person are told, and "
        "somebody else reviews it.",
        "## Rows",
        "A row about a subject holds one kind. A post sees the row where a verb that reads the row's kind, "
        "for the post's purpose, would be answered yes about the row's subject, and the row is not sealed to "
        "another unit. A sealed row is seen by the unit's own posts that may see the kind at all, and by the "
        "person (basis `self`); never by guardians. The database decides each row again by itself, from the "
        "recorded accesses. It keeps lifts from writing; which kinds a role writes, the first lock keeps.",
        "## What makes and ends accesses",
        table(["act", "what it records"], _ACTS),
    )


_ACTS = [
    ["open records of a unit", "`own_record` for the unit on each record, without end"],
    [
        "shield a record, naming posts",
        "`own_record` for these posts, the leader who shields and the unit's own system, instead of the "
        "unit; the subject is shielded, and no `lift` on the same person is left",
    ],
    [
        "tie a record to a person",
        "nothing begins; where a record of theirs is shielded, no `lift` on the person is left",
    ],
    ["end the shielding", "`own_record` for the unit again, and for nobody by name"],
    [
        "fold a record into another, take them apart",
        "nothing begins; they are the same person's records, or no more, and where one of them is shielded, "
        "no `lift` on the person is left",
    ],
    [
        "take a post, having a record in its unit",
        "nothing ends; the post is barred from the record, and so from the person: it is their own case",
    ],
    ["move to another post", "the memberships of the first end; who has the other is barred in its place"],
    ["take records back", "`own_record` ends"],
    ["open a person", "`self` for the citizen, without end"],
    [
        "record a guardian with kinds, each until a day",
        "`guardian` for the citizen: for each day, the kinds that last until then. What was recorded of the "
        "same guardian before ends",
    ],
    ["end a guardian", "`guardian` ends"],
    ["give a consent", "nothing: it is the ground to admit posts on"],
    [
        "admit posts on a consent",
        "`consent` for each post, for the consent's kinds, identity, plan and consent, and its purposes, "
        "until its end",
    ],
    ["dismiss posts", "all their `consent` accesses to the subject end"],
    ["withdraw a consent", "every `consent` access, and every share within the family, made on it ends"],
    ["open by law, naming posts", "`statute` for each post, until a day"],
    ["end what the law opened", "`statute` of these posts on that provision ends"],
    [
        "share with the family",
        "the citizen named counts as seeing identity and plan of the giver, for that family",
    ],
    [
        "open a family of persons",
        "`circle` for each holder with an access to every member: for each choice of one access to each "
        "member, what all have in common of kinds, purposes and time, where that is something. Lifts do not "
        "count. Made anew whenever an access to a member begins or ends",
    ],
    ["break the glass", "`lift` for the post, for the kinds asked and the purpose it is here for, for hours"],
    ["find a misuse", "that `lift` ends"],
    ["bar a post", "nothing ends; a rule applies"],
    ["protect a place, lift the protection", "nothing begins or ends; a rule applies"],
    ["end or suspend a membership", "nothing ends; the first rules apply"],
]


def _words(members: type[Purpose], code_list: str) -> Iterator[list[str]]:
    with override("en"):
        for member in members:
            yield [str(member.name).lower(), str(labels.words(member, code_list=code_list))]


def verbs() -> str:
    """What each room asks the gate."""
    return page(
        "Verbs",
        "One thing somebody may do with one kind of information. A room asks the gate by its verbs.",
        *(
            f"## {room_of(module)}\n\n{first_line(module)}\n\n"
            + table(["verb", "kind", "writes", "purposes"], _verbs_of(module))
            for module in modules("verbs")
        ),
    )


def _verbs_of(module: ModuleType) -> Iterator[list[str]]:
    for value in vars(module).values():
        if isinstance(value, Verb):
            yield [code(value.code), flags(value.kind), "yes" if value.writes else "", flags(value.purposes)]
        elif inspect.isfunction(value) and value.__module__ == module.__name__:
            verb = value(DataKind.PLAN)
            yield [
                code(verb.code),
                "the kind in question",
                "yes" if verb.writes else "",
                flags(verb.purposes),
            ]


def refusals() -> str:
    """The gate's codes, and each exception of the rooms with its sentence."""
    with override("en"):
        of_gate = [
            [
                code(one),
                str(labels.words(one, code_list="refusal")),
                str(labels.words(one, code_list="refusal_next")),
            ]
            for one in Refusal
        ]
    return page(
        "Refusals",
        "A page about a person answers 404 to a refusal and to something that does not exist, so that "
        "neither tells anything. The access log holds the code.",
        "## The gate",
        table(["code", "sentence", "what next"], of_gate),
        *(
            f"## {room}\n\n" + table(["refusal", "when", "sentence"], sorted(found))
            for room, found in _exceptions().items()
        ),
    )


def _exceptions() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        rows = [_row(node, sentence) for node, sentence in _refusals_in(path)]
        if rows:
            found.setdefault(path.relative_to(PACKAGE).parts[0], []).extend(rows)
    return found


def _row(node: ast.ClassDef, sentence: str) -> list[str]:
    return [code(node.name), cell(ast.get_docstring(node) or ""), sentence]


def _refusals_in(path: Path) -> Iterator[tuple[ast.ClassDef, str]]:
    """Exceptions that carry a sentence of their own."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef) and any(_is_exception(base) for base in node.bases):
            sentence = "".join(_sentence(node))
            if sentence:
                yield node, sentence


def _is_exception(base: ast.expr) -> bool:
    return isinstance(base, ast.Name) and base.id.endswith(("Exception", "Error"))


def _sentence(node: ast.ClassDef) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "super().__init__" and call.args:
            yield from _texts(call.args[0])


def _texts(text: ast.expr) -> Iterator[str]:
    match text:
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr(values=parts):
            for part in parts:
                if isinstance(part, ast.Constant):
                    yield str(part.value)
                elif isinstance(part, ast.FormattedValue):
                    yield f"⟨{ast.unparse(part.value)}⟩"
