"""Commitments for the gallery."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from samvirke.agencies.delegation import AuthorityRow
from samvirke.agreements.types import PartyRow, Warning
from samvirke.coordination.responsibility import ContactNow, DivisionRow, DomainRow
from samvirke.kernel.codes import AgencyKind, Domain
from samvirke.kernel.gate_words import DataKind
from samvirke.plan.action_types import Party
from samvirke.plan.commitment_types import CommitmentRow, KeptRow, StepRow
from samvirke.surfaces.components.specimen_types import Parts

NAV = Party("Veileder 1", "Nav Fjordvik", "nav_state")
SOCIAL = Party("Sosialkonsulent 1", "Fjordvik kommune", "social_service")
HIDDEN = Party("", "", "social_service")
ASKED = CommitmentRow(
    commitment_id=UUID(int=1),
    kind=DataKind.EMPLOYMENT,
    what="Nav gir tiltakspenger fra mandag",
    by_when=date(2026, 3, 16),
    who_gives=NAV,
    who_asked=SOCIAL,
    asked_on=date(2026, 3, 2),
    in_return="Vi tar husleia så lenge",
    in_return_for="",
    is_counter=False,
    status="asked",
    steps=(),
    is_ours_to_give=True,
    is_ours_to_get=False,
    is_late=False,
    answered_in=None,
    waited=2,
    promised_days=7,
    is_compared=True,
    may_become=("accepted", "declined", "countered"),
)
COMMITMENTS: dict[str, dict[str, Any]] = {
    "waits": {"row": ASKED},
    "late_answer": {
        "row": replace(
            ASKED,
            status="accepted",
            answered_in=9,
            steps=(StepRow("accepted", "", date(2026, 3, 11), NAV),),
            may_become=("kept", "broken"),
        )
    },
    "counter_demand": {
        "row": replace(
            ASKED,
            what="Støttekontakt to timer i uka",
            who_gives=SOCIAL,
            who_asked=NAV,
            in_return="",
            in_return_for="Nav gir tiltakspenger fra mandag",
            is_counter=True,
            promised_days=None,
            may_become=(),
        )
    },
    "not_kept_and_unnamed": {
        "row": replace(
            ASKED,
            status="broken",
            who_gives=HIDDEN,
            is_compared=False,
            promised_days=None,
            answered_in=1,
            steps=(
                StepRow("accepted", "", date(2026, 3, 3), HIDDEN),
                StepRow("broken", "Systemet var nede", date(2026, 3, 17), SOCIAL),
            ),
            may_become=(),
        )
    },
}

UNIT = PartyRow(UUID(int=2), "Nav Fjordvik", AgencyKind.NAV_STATE)
DEPUTY = PartyRow(UUID(int=3), "Sosialtjenesten i Fjordvik", AgencyKind.SOCIAL_SERVICE)
THERE = ContactNow("Veileder 1", "Veileder 2", is_away=False, is_deputy_away=False)
DIVISION = DivisionRow(
    agreement_id=UUID(int=4),
    title="Samarbeid i Fjordvik",
    number=2,
    parties=(UNIT, DEPUTY),
    valid_from=date(2026, 1, 1),
    valid_until=None,
    next_check_on=date(2026, 9, 1),
    review_on=None,
    domains=(DomainRow(Domain.WORK_AND_PRACTICE, UNIT, DEPUTY, (THERE,), ()),),
    warnings=(),
    may_write=True,
)
DIVISIONS: dict[str, dict[str, Any]] = {
    "in order": {"division": DIVISION, "number": 1},
    "holes": {
        "division": replace(
            DIVISION,
            valid_until=date(2026, 12, 31),
            warnings=(Warning.CHECK_OVERDUE, Warning.REVIEW_OVERDUE, Warning.NOBODY_ANSWERS),
            domains=(
                DomainRow(Domain.ECONOMY, None, None, (), (Warning.NOBODY_ANSWERS,)),
                DomainRow(Domain.SOCIAL, DEPUTY, None, (), (Warning.NO_CONTACT_PERSON,)),
                DomainRow(Domain.COURSE, UNIT, None, (replace(THERE, is_away=True),), ()),
                DomainRow(
                    Domain.EMPLOYERS,
                    UNIT,
                    None,
                    (replace(THERE, deputy="", is_away=True, is_deputy_away=True),),
                    (Warning.AWAY_WITHOUT_DEPUTY,),
                ),
            ),
        ),
        "number": 2,
    },
}
KEPT: dict[str, dict[str, Any]] = {
    "some": {"rows": [KeptRow("Nav Fjordvik", 4, 3, 5, 3, 2, 2, 1), KeptRow("Helse", 1, 0, 0, 0, 0, 0, 0)]},
    "none": {"rows": []},
}
PARTIES: dict[str, dict[str, Any]] = {"named": {"one": NAV}, "by its kind alone": {"one": HIDDEN}}
AUTHORITY = AuthorityRow(
    authority_id=UUID(int=5),
    post_id=UUID(int=6),
    post_title="Veileder 1",
    label="An individual plan",
    citation="",
    scope="Innvilge inntil to timer i uka",
    valid_from=date(2026, 1, 1),
    last_day=date(2026, 12, 31),
    ended_on=None,
    holds=True,
    ends_soon=False,
)
AUTHORITIES: dict[str, dict[str, Any]] = {
    "holds": {"row": AUTHORITY},
    "ends soon": {"row": replace(AUTHORITY, ends_soon=True), "mine": True},
    "ended": {"row": replace(AUTHORITY, ended_on=date(2026, 2, 1), holds=False)},
}

PARTS: Parts = {"division": DIVISIONS, "kept": KEPT, "party": PARTIES, "authority": AUTHORITIES}
