"""The law as data, and the rules about whom a partnership is for."""

from __future__ import annotations

from collections.abc import Iterator

from manual.markdown import code, codes, flags, page, table
from samvirke.programmes import queries as programmes
from samvirke.programmes.types import Rules
from samvirke.statutes import queries as statutes
from samvirke.statutes.provisions import Provision
from samvirke.statutes.sharing import Effect
from samvirke.statutes.types import (
    AgeLine,
    DisclosureBasis,
    GuardianKind,
    LegalBasis,
    Pack,
    ProtectionLevel,
    SecrecyRule,
    ServiceAge,
)

MARKS = ["provision", "holds from", "source", "compared with the law"]
BOUND = ["code", "binds", "even that somebody gets help"]
LEVELS = ["code", "lets be told", "lasts", "recalled", "asks"]
ASKED = ["code", "kinds", "purposes", "who tells", "who is told", "only with"]

AGES = ["code", "cases", "age", "means", "kinds", "guardians see no more of them", "asked ahead"]
SERVED = ["code", "age", "asked ahead"]
ACTING = ["code", "for", "kinds", "how many must say yes"]


def packs() -> str:
    """Each country's pack."""
    return page(
        "Law packs",
        "What is not compared with the law itself is never shown as law. What stands **from memory** was not "
        "even read in an excerpt: nothing rests on it, and it is on no page and in no paper. Packs of two "
        "countries never mix in one plan. A plan kind is added by data alone: see the how-to.",
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
    yield table(ASKED, [_asked(basis) for basis in pack.disclosure_bases])
    if pack.secrecy:
        yield _several("Whom secrecy binds", pack.secrecy)
        yield table(BOUND, [_bound(rule) for rule in pack.secrecy])
    yield _several("The basis of the GDPR for processing, which lifts no secrecy", pack.legal_bases)
    yield table(["code", "articles", "for", "of"], [_letters(basis) for basis in pack.legal_bases])
    yield _several("Duties", pack.duties)
    yield _several("Levels of protection for where somebody is", pack.protection_levels)
    yield table(LEVELS, [_level(level) for level in pack.protection_levels])
    yield _several("From which age what holds", pack.age_lines)
    yield table(AGES, [_age(line) for line in pack.age_lines])
    yield _several("At which age other services are for somebody", pack.service_ages)
    yield table(SERVED, [[code(one.code), str(one.age), _months(one)] for one in pack.service_ages])
    yield _several("Who may act for somebody", pack.guardian_kinds)
    yield table(ACTING, [_acting(kind) for kind in pack.guardian_kinds])


def _age(line: AgeLine) -> list[str]:
    kinds = flags(line.kinds) if line.kinds else "all"
    closes = "yes" if line.closes else ""
    means = line.means.replace("_", " ")
    return [code(line.code), line.case_type, str(line.age), means, kinds, closes, _months(line)]


def _months(line: AgeLine | ServiceAge) -> str:
    """How early somebody is asked to take over."""
    return f"{line.months_before} months" if line.months_before else ""


def _acting(kind: GuardianKind) -> list[str]:
    kinds = flags(kind.kinds) if kind.kinds else "all"
    return [code(kind.code), ", ".join(kind.for_whom), kinds, str(kind.answers)]


def _several(title: str, found: tuple[Provision, ...]) -> str:
    rows = [[code(one.code), one.label, *_marks(one)] for one in found]
    return f"### {title}\n\n{table(['code', 'in words', *MARKS], rows)}"


def _asked(basis: DisclosureBasis) -> list[str]:
    """What a disclosure on it has to keep."""
    if basis.effect is not Effect.LIFTS:
        return [
            code(basis.code),
            f"nothing rests on it: {basis.effect.value.replace('_', ' ')}",
            "",
            "",
            "",
            "",
        ]
    if not basis.is_described:
        return [code(basis.code), "nothing rests on it: for whom and for what was not read", "", "", "", ""]
    return [
        code(basis.code),
        flags(basis.kinds),
        flags(basis.purposes),
        ", ".join(basis.givers),
        ", ".join(basis.receivers),
        "; ".join(_terms(basis)),
    ]


def _terms(basis: DisclosureBasis) -> Iterator[str]:
    if basis.needs_consent:
        named = ", ".join(basis.consent_names)
        yield f"consent{' in writing' if basis.in_writing else ''}{f' that names {named}' if named else ''}"
    if basis.only_within:
        yield f"only within: {basis.only_within}"
    for group in basis.conditions:
        yield " or ".join(group)
    if basis.may_object:
        yield "ends where the person objects"


def _bound(rule: SecrecyRule) -> list[str]:
    return [code(rule.code), ", ".join(rule.binds), "secret too" if rule.even_that else ""]


def _level(level: ProtectionLevel) -> list[str]:
    """What a level asks of those who know the place."""
    asked = {
        "nobody acts for the person by a sign-in": level.bars_representation,
        "never tied to the old identity": level.parts_identities,
        "counted without a name": level.counted_anonymously,
    }
    lasts = f"{level.months} months" if level.months else "until the day of the decision"
    return [
        code(level.code),
        code(level.told_to),
        lasts,
        f"{level.remind_days} days before",
        "; ".join(said for said, holds in asked.items() if holds),
    ]


def _letters(basis: LegalBasis) -> list[str]:
    nine = f", 9 (2) ({basis.article_9})" if basis.article_9 else ""
    purposes, kinds = flags(basis.purposes), ", ".join(basis.agency_kinds)
    return [code(basis.code), f"6 (1) ({basis.article_6}){nine}", purposes, kinds]


def _marks(one: Provision) -> list[str]:
    checked = one.verified_on.isoformat() if one.verified_on else "not yet"
    checked = checked if one.is_usable else "**from memory**"
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
