"""What the agencies have promised each other: agreements, contact persons, a check a year later.

One social service has nobody set aside, and one agreement is not checked in time, so that there is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from samvirke.agreements import operations
from samvirke.agreements.types import CheckResult, Promise, Responsible, Terms
from samvirke.gate import session
from samvirke.gate.access import Role
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import AgencyKind, Domain
from samvirke.surfaces.commands.demo.organisation import Organisation
from samvirke.surfaces.commands.demo.player import Step
from samvirke.surfaces.commands.demo.sign_ins import first_purpose
from samvirke.surfaces.commands.demo.world.types import Municipality

NAV, SOCIAL = AgencyKind.NAV_STATE, AgencyKind.SOCIAL_SERVICE
A_YEAR, A_YEAR_ON = timedelta(days=365), timedelta(days=350)


def play(here: Organisation, places: Sequence[Municipality], today: date) -> list[UUID]:
    """An agreement in each municipality, and its contact persons. Returns the agreements."""
    signed = []
    for number, place in enumerate(places):
        units = {kind: here.unit(kind, place.code) for kind in (NAV, SOCIAL)}
        with session.enter(here.leader(NAV, place.code), first_purpose(Role.UNIT_LEADER)) as viewer:
            signed.append(
                operations.sign_agreement(
                    partnership_id=here.partnership_id,
                    terms=_terms(f"Samarbeid om én plan i {place.name}", list(units.values()), today),
                    by=viewer,
                )
            )
        for kind in (NAV, SOCIAL) if number < len(places) - 1 else (NAV,):
            _name(here, kind, place.code, share=50 if kind is NAV else 20, today=today)
    return signed


def steps(
    here: Organisation, places: Sequence[Municipality], signed: Sequence[UUID], since: date
) -> Iterator[Step]:
    """Somebody checks each agreement but the last one."""
    for place, agreement_id in list(zip(places, signed, strict=True))[:-1]:
        yield Step(since + A_YEAR_ON, partial(here.leader, SOCIAL, place.code), partial(_check, agreement_id))


def _check(agreement_id: UUID, by: Viewer) -> None:
    operations.check_routines(
        agreement_id=agreement_id,
        result=CheckResult.PARTLY_KEPT,
        next_check_on=by.now.date() + 2 * A_YEAR,
        by=by,
    )


def _terms(title: str, units: Sequence[UUID], today: date) -> Terms:
    return Terms(
        title=title,
        parties=tuple(units),
        signed_on=today,
        valid_from=today,
        valid_until=None,
        next_check_on=today + A_YEAR,
        response_times={
            Promise.ANSWER_REFERRAL: 7,
            Promise.ANSWER_NEED: 14,
            Promise.MEET: 10,
            Promise.ANSWER_COMMITMENT: 7,
        },
        review_on=today + 2 * A_YEAR,
        responsibilities=_divided(*units),
    )


def _divided(nav: UUID, social: UUID) -> dict[Domain, Responsible]:
    """Economy, health and social matters on one side, work and courses on the other; following up: nobody."""
    of_social = (Domain.ECONOMY, Domain.HEALTH, Domain.SOCIAL)
    of_nav = (Domain.INTERVENTION, Domain.COURSE, Domain.WORK_AND_PRACTICE, Domain.EMPLOYERS)
    return {domain: Responsible(social) for domain in of_social} | {
        domain: Responsible(nav, social) for domain in of_nav
    }


def _name(here: Organisation, kind: AgencyKind, municipality: str, *, share: int, today: date) -> None:
    leader = here.leader(kind, municipality)
    with session.enter(leader, first_purpose(Role.UNIT_LEADER)) as viewer:
        operations.name_contact_person(
            partnership_id=here.partnership_id,
            unit_id=here.unit(kind, municipality),
            post_id=here.worker(f"{kind.value}-{municipality}-1"),
            deputy_id=leader,
            share_percent=share,
            since=today,
            by=viewer,
        )
