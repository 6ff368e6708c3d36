"""The mandate of a coordinator, for the gallery."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from samvirke.agreements.types import Promise, VersionRow
from samvirke.coordination.mandate import Mandate
from samvirke.kernel.codes import Country
from samvirke.statutes import queries as statutes
from samvirke.surfaces.components.commitment_specimens import AUTHORITY
from samvirke.surfaces.components.examples import PLAN
from samvirke.surfaces.components.specimen_types import Parts

AGREED = VersionRow(
    number=1,
    title="Samarbeid om lange saker",
    parties=(),
    signed_on=date(2026, 1, 5),
    valid_from=date(2026, 1, 5),
    valid_until=None,
    next_check_on=date(2026, 9, 1),
    response_times=((Promise.ANSWER_REFERRAL, 7), (Promise.MEET, 14)),
    review_on=None,
    responsibilities=(),
    written_at=datetime(2026, 1, 5, tzinfo=UTC),
    written_by="Leder for Nav Fjordvik",
)


def _shown(mandate: Mandate) -> dict[str, Any]:
    return {"page": PLAN, "mandate": mandate, "back": "#main"}


def _full() -> dict[str, Any]:
    return _shown(Mandate(statutes.duty_of("coordinator", Country.NORWAY), "", (AGREED,), (AUTHORITY,)))


PARTS: Parts = {
    "mandate_page": {
        "with an agreement and authority": _full,
        "with neither, and no law that says it": lambda: _shown(Mandate(None, "", (), ())),
    }
}
