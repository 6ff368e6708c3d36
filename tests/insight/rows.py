"""Rows of a made-up delivery, drawn with a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from samvirke import delivery
from samvirke.kernel.codes import EndReason, Occupation, Sex, SupportSource, TargetGroup

MADE_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def episode(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An open episode that the schema allows, with changes."""
    row = {
        "person_key": f"p{number:04}",
        "episode_key": f"e{number:04}",
        "municipality": "0301",
        "sex": Sex.FEMALE,
        "birth_year": 1990,
        "target_group": TargetGroup.YOUTH,
        "asked_on": date(2025, 1, 1),
        "entered_on": date(2025, 1, 11),
        "ended_on": None,
        "end_reason": None,
        "support_before": SupportSource.SOCIAL_ASSISTANCE,
        "occupation_before": Occupation.NONE,
        "support_after": None,
        "occupation_after": None,
        "months_assistance_before": 12,
    }
    return {**row, **changes}


def ended(number: int = 1, **changes: Any) -> dict[str, Any]:
    """An ended episode: from social assistance to wages."""
    row = {
        "ended_on": date(2025, 9, 1),
        "end_reason": EndReason.JOB,
        "support_after": SupportSource.WAGES,
        "occupation_after": Occupation.ORDINARY_JOB,
    }
    return episode(number, **{**row, **changes})


def flow_row(municipality: str = "0301", **changes: Any) -> dict[str, Any]:
    """One municipality's way to a plan."""
    steps = ("imported", "refused_rows", "screened", "admitted", "asked", "consented", "on_plan")
    counts = dict(zip(steps, (200, 6, 194, 60, 50, 40, 30), strict=True))
    return {"municipality": municipality, **counts, **changes}


def needs(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A person who was found ready for work practice, and waits."""
    row = {
        "need_key": f"n{number:04}",
        "person_key": f"p{number:04}",
        "municipality": "0301",
        "intervention_kind": "work_practice",
        "noted_on": date(2025, 2, 1),
        "outcome": "waiting",
        "settled_on": None,
        "unmet_because": None,
        "days_waited": None,
    }
    return {**row, **changes}


def agreement(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One unit bound by the first version of an agreement."""
    row = {
        "party_key": f"a{number:04}",
        "agreement_key": "agreement",
        "version": 1,
        "agency_kind": "nav_state",
        "municipality": "0301",
        "signed_on": date(2024, 1, 1),
        "valid_from": date(2024, 1, 1),
        "valid_until": None,
        "next_check_on": date(2025, 3, 1),
    }
    return {**row, **changes}


def contact_person(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Half a position at Nav, with a deputy."""
    row = {
        "contact_person_key": f"c{number:04}",
        "agency_kind": "nav_state",
        "municipality": "0301",
        "share_percent": 50,
        "deputy": "yes",
        "starts_on": date(2024, 1, 1),
        "ends_before": None,
    }
    return {**row, **changes}


def many_episodes(n: int, *, seed: int) -> list[dict[str, Any]]:
    """Episodes as a trial might have them: four in five ended, a few wrong registrations."""
    draw = Random(seed)
    return [_drawn(number, draw) for number in range(1, n + 1)]


def _drawn(number: int, draw: Random) -> dict[str, Any]:
    asked = date(2024, 1, 1) + timedelta(days=draw.randrange(400))
    entered = asked + timedelta(days=draw.randrange(5, 60))
    common: dict[str, Any] = {
        "asked_on": asked,
        "entered_on": entered,
        "support_before": draw.choice(list(SupportSource)[:4]),
        "occupation_before": draw.choice([Occupation.NONE, Occupation.JOB_SEEKING, Occupation.UNKNOWN]),
    }
    if draw.random() > 0.8:
        return episode(number, **common)
    return ended(
        number,
        **common,
        ended_on=entered + timedelta(days=draw.randrange(60, 400)),
        end_reason=draw.choice(list(EndReason)),
        support_after=draw.choice([*SupportSource, SupportSource.WAGES, SupportSource.WAGES]),
        occupation_after=draw.choice(list(Occupation)),
    )


def delivered(
    folder: Path,
    episodes: Sequence[dict[str, Any]],
    flow: Sequence[dict[str, Any]] = (),
    *,
    source: str = "Four local partnerships",
    **more: Sequence[dict[str, Any]],
) -> delivery.Delivery:
    """The rows written and read back. more: further tables by name."""
    tables = {"episodes": episodes, "flow": flow or [flow_row()], **more}
    delivery.write(folder, tables, study="spring", made_at=MADE_AT, source=source)
    return delivery.read(folder)
