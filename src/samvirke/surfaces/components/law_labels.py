"""Words for what the law packs name: they carry their own message ids, and may be others tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from samvirke.kernel.codes import Topic
from samvirke.statutes import queries as statutes
from samvirke.statutes.provisions import Provision
from samvirke.statutes.sharing import Named
from samvirke.statutes.telling import ToldTo
from samvirke.statutes.types import DisclosureBasis, Pack, StatementTopic

Found = Callable[[Pack], Iterable[Provision | StatementTopic]]


class OfPacks(Mapping[Any, Promise]):
    """The labels of one list of the packs as they are now, after words that are always there."""

    def __init__(
        self,
        found: Found,
        always: Mapping[Any, Promise] | None = None,
        says: Callable[[Any], Promise] = lambda row: _(row.label),
    ) -> None:
        self._found, self._always, self._says = found, dict(always or {}), says
        self._of: tuple[Pack, ...] | None = None
        self._kept: dict[Any, Promise] = {}

    def __getitem__(self, code: object) -> Promise:
        return self._words()[code]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._words())

    def __len__(self) -> int:
        return len(self._words())

    def _words(self) -> dict[Any, Promise]:
        packs = statutes.packs()
        if packs is not self._of:
            rows = (row for pack in packs for row in self._found(pack))
            words = {row.code: self._says(row) for row in rows if getattr(row, "is_usable", True)}
            self._kept, self._of = self._always | words, packs
        return self._kept


STATEMENT = OfPacks(
    lambda pack: pack.topics,
    {
        Topic.DREAM: _("What the person dreams of"),
        Topic.MATTERS: _("What matters to the person"),
        Topic.TO_BE_MET: _("How the person wants to be met"),
        Topic.STRENGTHS: _("Strengths and resources"),
        Topic.NEEDS: _("What help is needed"),
        Topic.OWN_CONTRIBUTION: _("What the person does"),
        Topic.RELATIVES_CONTRIBUTION: _("What relatives do"),
        Topic.COOPERATION: _("Cooperation with others"),
    },
)

# The same topics on the person's own page.
MY_STATEMENT = OfPacks(
    lambda pack: pack.topics,
    {
        Topic.DREAM: _("What I dream of"),
        Topic.MATTERS: _("What matters to me"),
        Topic.TO_BE_MET: _("How I want to be met"),
        Topic.STRENGTHS: _("What I am good at"),
        Topic.NEEDS: _("What I need help with"),
        Topic.OWN_CONTRIBUTION: _("What I do myself"),
        Topic.RELATIVES_CONTRIBUTION: _("What my family and friends do"),
        Topic.COOPERATION: _("Cooperation with others"),
    },
)

PLAN_KIND = OfPacks(lambda pack: pack.plan_kinds)
PROVISION = OfPacks(lambda pack: pack.disclosure_bases)
ASKED_OF_A_YES = {
    Named.KINDS: _("It holds for the information it names, and for no other."),
    Named.SOURCES: _("Only the offices it names may tell."),
    Named.CASE: _("It holds for this one case."),
}


def _conditions(basis: DisclosureBasis) -> Promise:
    """What a rule asks of the yes that rests on it, in one line; empty where it asks nothing more."""
    parts = [ASKED_OF_A_YES[one] for one in basis.consent_names]
    parts += [_("It is given in writing.")] if basis.in_writing else []
    parts += [_("Nothing is told when the person objects.")] if basis.may_object else []
    return format_lazy(" ".join("{}" for _part in parts), *parts)


PROVISION_CONDITIONS = OfPacks(lambda pack: pack.disclosure_bases, says=_conditions)
GUARDIAN_KIND = OfPacks(lambda pack: pack.guardian_kinds)
RIGHT = OfPacks(lambda pack: pack.rights)
# What whoever knows a protected place is told of passing it on.
TOLD_TO = {
    ToldTo.OWN_UNIT: _(
        "Only named staff of your own office may be told, and only when the person agrees. No other "
        "authority is told, and nobody private; only the person can name somebody elsewhere."
    ),
    ToldTo.AUTHORITIES: _(
        "Named staff of other public authorities may be told when they need it and the person agrees. Nobody "
        "private is told."
    ),
    ToldTo.ASSESSED: _(
        "This is a warning. Assess each time whether the one who asks may be told, and say no where you are "
        "not sure."
    ),
}
PROTECTION_LEVEL = OfPacks(lambda pack: pack.protection_levels, {"none": _("Not protected")})
