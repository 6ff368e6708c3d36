"""Loading a programme from its papers. An administrator's act: it runs as the owner of the database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models, transaction

from samvirke.agencies import operations as agencies
from samvirke.agencies.types import NameOfKind
from samvirke.gate.operations import OWNER
from samvirke.programmes.files import BadFile, Lines, Problem, line_of
from samvirke.programmes.models import (
    Allocation,
    BudgetLine,
    LocalPartnership,
    Participant,
    Programme,
    ProgrammeGoal,
    ProgrammeYear,
    Rate,
)
from samvirke.programmes.papers import Papers, Year, read_papers

HISTORICAL = Path(__file__).parent / "history" / "labour_market_effort_2003.yaml"
# What is referred to comes first.
IN_ORDER: tuple[type[models.Model], ...] = (ProgrammeYear, Participant, BudgetLine, Allocation, Rate)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held. `is_new`: something was written; the same file twice changes nothing."""

    programme_id: UUID
    name: str
    years: int
    municipalities: int
    efforts: int
    is_new: bool


def load_programme(*, text: str) -> Loaded:
    """Write a programme as its papers tell of it; what an earlier file said of it is replaced.

    Raises BadFile, also where a joint effort names a partnership that is not set up here.
    """
    papers, lines = read_papers(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic(using=OWNER):
        partnerships = _partnerships(papers, lines)
        known = Programme.objects.using(OWNER).filter(code=papers.code, read_from=digest).exists()
        if not known:
            _replace(papers, digest, partnerships)
    return Loaded(
        programme_id=_id(papers),
        name=papers.name,
        years=len(papers.years),
        municipalities=sum(len(year.municipalities) for year in papers.years),
        efforts=len(partnerships),
        is_new=not known,
    )


def _id(papers: Papers, *parts: object) -> UUID:
    """The id of everything that the papers name, the same at every loading."""
    return uuid5(
        NAMESPACE_URL, "/".join(["https://samvirke.example/programme", papers.code, *map(str, parts)])
    )


def _partnerships(papers: Papers, lines: Lines) -> dict[str, UUID]:
    """The ids of joint efforts by their names in the file; those set up here keep theirs."""
    here = dict(LocalPartnership.objects.using(OWNER).exclude(municipalities=None).values_list("name", "id"))
    found, problems = {}, []
    for number, year in enumerate(papers.years):
        for place, effort in enumerate(year.efforts):
            if effort.partnership is None:
                found[effort.name] = _id(papers, "effort", effort.name)
            elif effort.partnership in here:
                found[effort.name] = here[effort.partnership]
            else:
                line = line_of(lines, ("years", number, "efforts", place))
                problems.append(Problem(line, "unknown_partnership", {"what": effort.partnership}))
    if problems:
        raise BadFile(problems)
    return found


def _replace(papers: Papers, digest: str, partnerships: dict[str, UUID]) -> None:
    programme_id = _id(papers)
    _forget(programme_id)
    Programme.objects.using(OWNER).update_or_create(
        id=programme_id,
        defaults={
            "code": papers.code,
            "name": papers.name,
            "purpose": papers.purpose,
            "source": papers.source,
            "read_from": digest,
        },
    )
    agencies.keep_names(
        [
            NameOfKind(one.kind, one.name, one.used_from, one.used_to, one.source)
            for one in papers.agency_names
        ]
    )
    _join(papers, programme_id, partnerships)
    rows = [row for year in papers.years for row in _year_rows(papers, year, partnerships)]
    for model in IN_ORDER:
        model._default_manager.using(OWNER).bulk_create(row for row in rows if type(row) is model)
    ProgrammeGoal.objects.using(OWNER).bulk_create(_goals(papers, partnerships))


def _forget(programme_id: UUID) -> None:
    """Everything an earlier file said of the programme, but for the efforts that are set up here."""
    of_year = {"year__programme_id": programme_id}
    Rate.objects.using(OWNER).filter(**of_year).delete()
    Allocation.objects.using(OWNER).filter(**of_year).delete()
    BudgetLine.objects.using(OWNER).filter(**of_year).delete()
    ProgrammeGoal.objects.using(OWNER).filter(programme_id=programme_id).delete()
    Participant.objects.using(OWNER).filter(entered__programme_id=programme_id).delete()
    ProgrammeYear.objects.using(OWNER).filter(programme_id=programme_id).delete()
    efforts = LocalPartnership.objects.using(OWNER).filter(programme_id=programme_id)
    efforts.filter(municipalities=None).delete()
    efforts.update(programme=None)


def _join(papers: Papers, programme_id: UUID, partnerships: dict[str, UUID]) -> None:
    """The efforts belong to the programme; those of the papers alone are made."""
    efforts = LocalPartnership.objects.using(OWNER)
    efforts.filter(pk__in=partnerships.values()).update(programme_id=programme_id)
    efforts.bulk_create(
        LocalPartnership(id=effort_id, name=name, country=papers.country, rules="", programme_id=programme_id)
        for name, effort_id in partnerships.items()
        if effort_id == _id(papers, "effort", name)
    )


def _year_rows(papers: Papers, year: Year, partnerships: dict[str, UUID]) -> Iterator[models.Model]:
    year_id = _id(papers, year.year)
    yield ProgrammeYear(
        id=year_id,
        programme_id=_id(papers),
        year=year.year,
        stated_newcomers=year.newcomers,
        source=year.source,
    )
    for one in year.municipalities:
        yield Participant(
            id=_id(papers, "municipality", one.name),
            entered_id=year_id,
            partnership_id=partnerships[one.effort] if one.effort else None,
            name=one.name,
            county=one.county,
            code=one.code,
            code_from=one.code_from,
            code_to=one.code_to,
            part=one.part,
            source=one.source or year.source,
        )
    yield from _money(papers, year, year_id)
    for number, given in enumerate(year.places):
        yield Allocation(
            id=_id(papers, year.year, "places", number),
            year_id=year_id,
            stage=given.stage,
            whom=given.whom,
            participant_id=_id(papers, "municipality", given.municipality) if given.municipality else None,
            partnership_id=partnerships[given.effort] if given.effort else None,
            places=given.places,
            source=given.source,
        )


def _money(papers: Papers, year: Year, year_id: UUID) -> Iterator[models.Model]:
    for line in year.budget:
        yield BudgetLine(
            id=_id(papers, year.year, "budget", line.receiver, line.earmark),
            year_id=year_id,
            receiver=line.receiver,
            earmark=line.earmark,
            ore=line.amount,
            currency=line.currency,
            source=line.source,
        )
    for rate in year.rates:
        yield Rate(
            id=_id(papers, year.year, "rate", rate.kind),
            year_id=year_id,
            intervention_kind=rate.kind,
            ore=rate.amount,
            currency=rate.currency,
            per=rate.per,
            source=rate.source,
        )


def _goals(papers: Papers, partnerships: dict[str, UUID]) -> Iterator[ProgrammeGoal]:
    for number, aim in enumerate(papers.goals):
        yield ProgrammeGoal(
            id=_id(papers, "goal", number),
            programme_id=_id(papers),
            partnership_id=partnerships[aim.effort] if aim.effort else None,
            whose="" if aim.effort else aim.whose,
            year=aim.year,
            about=aim.about,
            text=aim.text,
            target=aim.target,
            unit=aim.unit,
            source=aim.source,
        )
