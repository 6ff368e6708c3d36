"""An agreement with who answers for what, and what two offices have asked each other for."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import people
from samvirke.agencies import delegation
from samvirke.agreements import operations as agreements
from samvirke.agreements.types import Promise, Responsible, Terms
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import Domain
from samvirke.kernel.gate_words import DataKind
from samvirke.plan import commitments, conditions
from samvirke.plan.commitment_types import Wanted
from samvirke.plan.condition_types import Terms as Asked
from samvirke.programmes import exemptions

TODAY = people.NOW.date()
SOON = TODAY + timedelta(days=14)


def agreement() -> UUID:
    """Two versions; in the newest somebody steps in, and for some of it nobody answers."""
    with people.acting_as(people.NAV_LEADER) as viewer:
        made = agreements.sign_agreement(
            partnership_id=people.PARTNERSHIP, terms=_terms({Domain.ECONOMY: _SOCIAL}), by=viewer
        )
        divided = {Domain.ECONOMY: _SOCIAL, Domain.WORK_AND_PRACTICE: _NAV, Domain.COURSE: _NAV}
        agreements.renew_agreement(agreement_id=made, seen_version=1, terms=_terms(divided), by=viewer)
        agreements.name_contact_person(
            partnership_id=people.PARTNERSHIP,
            unit_id=people.NAV,
            post_id=people.NAV_ADVISER,
            deputy_id=people.NAV_LEADER,
            share_percent=50,
            since=TODAY,
            by=viewer,
        )
    return made


def condition(made: people.OnPlan) -> UUID:
    """The social service ties its money to something; it was not kept, and the person was heard."""
    asked = Asked(
        benefit="no.social_assistance",
        what="Møte på kurset tre dager i uka.",
        why="Kurset er det du selv ba om.",
        alternative="Praksis i kantina.",
        if_not_kept="Vi spør deg hvorfor, og snakker sammen.",
        review_on=SOON,
    )
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        found = conditions.set_condition(plan_id=made.plan_id, terms=asked, by=viewer)
        for status, words in (
            ("not_kept", "Møtte ikke på mandag."),
            ("reason_asked", "Ringte og spurte hvorfor."),
            ("talked", "Bussen går ikke så tidlig."),
        ):
            conditions.take_step(condition_id=found, status=status, words=words, by=viewer)
    return found


def authority() -> None:
    """Nav's adviser may decide something for some weeks yet."""
    with people.acting_as(people.NAV_LEADER) as viewer:
        delegation.delegate(
            post_id=people.NAV_ADVISER,
            right=delegation.laws(viewer)[1].code,
            scope="Innvilge støttekontakt inntil to timer i uka.",
            valid_from=TODAY,
            last_day=TODAY + timedelta(days=20),
            by=viewer,
        )


def exemption() -> None:
    """Fjordvik's plans need not hold something for some weeks yet."""
    with people.acting_as(people.NAV_LEADER) as viewer:
        kind, requirement = exemptions.requirements(viewer)[0]
        exemptions.record(
            exemptions.NewExemption(
                municipality=people.FJORDVIK,
                plan_kind=kind.code,
                requirement=requirement.code,
                provision="Forsøksvedtak 12/2026",
                reason="Kommunen prøver en kortere plan.",
                valid_from=TODAY,
                last_day=TODAY + timedelta(days=40),
            ),
            by=viewer,
        )


def asked(plan: people.OnPlan) -> tuple[UUID, UUID]:
    """One to answer, and one that was answered with a counter-demand, and accepted. Returns both."""
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        waits = _ask(plan, viewer, "Nav skaffer praksisplass på verksted")
        one = _ask(plan, viewer, "Nav gir tiltakspenger fra mandag")
    with people.acting_as(people.NAV_ADVISER) as viewer:
        wanted = Wanted(DataKind.EMPLOYMENT, "Støttekontakt to timer i uka", SOON)
        back = commitments.counter(commitment_id=one, wanted=wanted, by=viewer)
    with people.acting_as(people.SOCIAL_WORKER) as viewer:
        commitments.answer(commitment_id=back, status="accepted", why="", by=viewer)
    with people.acting_as(people.NAV_ADVISER) as viewer:
        why = "Systemet var nede. Pengene kommer neste uke."
        commitments.settle(commitment_id=one, status="broken", on_day=TODAY, why=why, by=viewer)
    return waits, back


def _ask(plan: people.OnPlan, by: Viewer, what: str) -> UUID:
    wanted = Wanted(DataKind.EMPLOYMENT, what, SOON, in_return="Vi dekker reisen dit")
    return commitments.ask_for(plan_id=plan.plan_id, wanted=wanted, of_post=people.NAV_ADVISER, by=by)


_SOCIAL, _NAV = Responsible(people.SOCIAL), Responsible(people.NAV, people.SOCIAL)


def _terms(divided: dict[Domain, Responsible]) -> Terms:
    return Terms(
        title="Samarbeid i Fjordvik",
        parties=(people.NAV, people.SOCIAL),
        signed_on=TODAY,
        valid_from=TODAY,
        valid_until=None,
        next_check_on=TODAY + timedelta(days=180),
        response_times={Promise.ANSWER_COMMITMENT: 7},
        review_on=TODAY + timedelta(days=365),
        responsibilities=divided,
    )
