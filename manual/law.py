"""The law as data, and the rules about whom a partnership is for."""

from __future__ import annotations

from collections.abc import Iterator

from manual.markdown import code, codes, page, table
from samvirke.programmes import queries as programmes
from samvirke.programmes.types import Rules
from samvirke.statutes import queries as statutes
from samvirke.statutes.types import Pack, Provision

MARKS = ["provision", "holds from", "source", "compared with the law"]


def packs() -> str:
    """Each country's pack."""
    return page(
        "Law packs",
        "What is not compared with the law itself is never shown as law. Packs of two countries never mix in "
        "one plan. A plan kind is added by data alone: see the how-to.",
        *(part for pack in statutes.packs() for part in _parts(pack)),
    )


def _parts(pack: Pack) -> Iterator[str]:
    yield f"## Country: {pack.country}\n\nLooked after by: {pack.owner}."
    for kind in pack.plan_kinds:
        rows = [[one.label, codes(one.needs), one.who] for one in kind.requirements]
        yield f"### Plan kind {code(kind.code)}: {kind.label}\n\n{table(MARKS, [_marks(kind)])}"
        yield table(["the plan must hold", "filled by", "who can fill it"], rows)
    yield _several("Rights that may be relevant", pack.rights)
    yield _several("What lifts secrecy between bodies", pack.disclosure_bases)
    yield _several("Duties", pack.duties)


def _several(title: str, found: tuple[Provision, ...]) -> str:
    rows = [[code(one.code), one.label, *_marks(one)] for one in found]
    return f"### {title}\n\n{table(['code', 'in words', *MARKS], rows)}"


def _marks(one: Provision) -> list[str]:
    checked = one.verified_on.isoformat() if one.verified_on else "not yet"
    return [one.provision, one.valid_from.isoformat(), one.source, checked]


def target_groups() -> str:
    """Each set of rules: its criteria, and which group asks for which of them."""
    names = sorted(path.stem for path in programmes.RULES.glob("*.yaml"))
    return page(
        "Target groups",
        "Rules are data and are judged in three values: yes, no, unknown. Missing information is never a no.",
        *(_rules(name, programmes.rules(name)) for name in names),
    )


def _rules(name: str, rules: Rules) -> str:
    criteria = [[code(one.code), one.sentence, code(one.fact)] for one in rules.criteria]
    groups = [[code(one.code), one.scope.value, codes(one.all), codes(one.any)] for one in rules.groups]
    return "\n\n".join(
        [
            f"## {name}",
            table(["criterion", "sentence", "asks for"], criteria),
            table(["group", "scope", "all of", "and one of"], groups),
        ]
    )
