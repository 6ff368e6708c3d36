"""Evaluate a registered protocol, and the result as a JSON record: same inputs, same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from samvirke.evaluation.effects import (
    Effect,
    Kind,
    LeaveOneOut,
    Levels,
    Refusal,
    Sample,
    Subject,
    effect,
    interaction,
)
from samvirke.evaluation.extracts import Extracts, read_extracts
from samvirke.evaluation.protocol import Outcome, Protocol, Source, Subgroup
from samvirke.evaluation.registration import registered

FORMAT = "samvirke evaluation 1"
USER, STAFF, PERSON = "user", "staff", "person"


class UnreadableResult(ValueError):
    """The file is not an evaluation result of this version."""

    def __init__(self, path: Path, *, reason: str) -> None:
        super().__init__(
            f"{path} was not read as a result: {reason} Make it again with `samvirke evaluate PROTOCOL`."
        )


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The answer to a protocol: its effects, and what they were made from.

    data_hashes: SHA-256 of each extract; code_version: SHA-256 of the estimating code.
    """

    protocol: Protocol
    protocol_hash: str
    registered_at: str
    data_hashes: dict[str, str]
    code_version: str
    seed: int
    effects: tuple[Effect, ...]

    def of(self, outcome: str, *, population: str, kind: Kind = Kind.AVERAGE) -> tuple[Effect, ...]:
        """The effects on one outcome in one population."""
        wanted = (outcome, population, kind)
        return tuple(e for e in self.effects if (e.outcome, e.population, e.kind) == wanted)


def evaluate(protocol: Protocol, *, registry: Path, survey: Path, register: Path) -> EvaluationResult:
    """All effects the protocol asks for. The registration is checked before any outcome is read.

    Raises NotRegistered, ProtocolChanged or ExtractRefused.
    """
    registration = registered(protocol, folder=registry)
    extracts = read_extracts(protocol, survey=survey, register=register)
    return EvaluationResult(
        protocol=protocol,
        protocol_hash=registration.hash,
        registered_at=registration.registered_at,
        data_hashes=extracts.hashes,
        code_version=code_version(),
        seed=protocol.seed,
        effects=tuple(_effects(protocol, extracts)),
    )


def code_version() -> str:
    """SHA-256 of the files of this room, in order of name."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def _effects(protocol: Protocol, extracts: Extracts) -> Iterator[Effect]:
    for outcome in protocol.outcomes:
        for population, rows in _populations(outcome, extracts):
            sample = sample_of(rows, outcome.name, protocol=protocol)
            about = Subject(outcome.name, population, outcome.unit.en)
            yield effect(sample, about=about, alpha=protocol.alpha, seed=protocol.seed)
            for subgroup in protocol.subgroups:
                if subgroup.source == outcome.source and population != STAFF:
                    yield from _subgroup(sample, rows, subgroup, about=about, protocol=protocol)


def _populations(outcome: Outcome, extracts: Extracts) -> list[tuple[str, pd.DataFrame]]:
    if outcome.source is Source.REGISTER:
        return [(PERSON, extracts.register)]
    survey = extracts.survey
    return [(group, survey[survey["group"] == group]) for group in (USER, STAFF)]


def _subgroup(
    sample: Sample, rows: pd.DataFrame, subgroup: Subgroup, *, about: Subject, protocol: Protocol
) -> Iterator[Effect]:
    """The effect on the subgroup and the interaction; both or neither: one count gives the other."""
    inside = (rows[subgroup.column] == subgroup.value).to_numpy(dtype=bool)
    settings: dict[str, Any] = {"alpha": protocol.alpha, "seed": protocol.seed}
    within = replace(about, subgroup=subgroup.name, kind=Kind.SUBGROUP)
    between = replace(about, subgroup=subgroup.name, kind=Kind.INTERACTION)
    difference = interaction(sample, inside=inside, about=between, **settings)
    if difference.estimate is None:
        yield replace(difference, kind=Kind.SUBGROUP)
    else:
        yield effect(sample.only(inside), about=within, **settings)
    yield difference


def sample_of(rows: pd.DataFrame, outcome: str, *, protocol: Protocol) -> Sample:
    """The rows as arrays; sites in the order of the protocol, trial first."""
    sites = (*protocol.sites.trial, *protocol.sites.comparison)
    place = {code: number for number, code in enumerate(sites)}
    return Sample(
        values=rows[outcome].to_numpy(dtype=np.float64),
        site=np.array([place[code] for code in rows["municipality"]], dtype=np.int64),
        after=rows["after"].to_numpy(dtype=bool),
        sites=sites,
        trial=np.arange(len(sites)) < len(protocol.sites.trial),
    )


def save(result: EvaluationResult, path: Path) -> None:
    """Write the result; the same result gives the same bytes."""
    content = {
        "format": FORMAT,
        "protocol": result.protocol.model_dump(mode="json"),
        "protocol_hash": result.protocol_hash,
        "registered_at": result.registered_at,
        "data_hashes": result.data_hashes,
        "code_version": result.code_version,
        "seed": result.seed,
        "effects": [asdict(one) for one in result.effects],
    }
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )


def load(path: Path) -> EvaluationResult:
    """The result in the file. Raises UnreadableResult when it is something else, or was changed."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format", None) != FORMAT:
            raise UnreadableResult(path, reason=f"it does not say {FORMAT!r}.")
        protocol = Protocol.model_validate(content.pop("protocol"))
        effects = tuple(_effect_of(one) for one in content.pop("effects"))
        result = EvaluationResult(**content, protocol=protocol, effects=effects)
    except UnreadableResult:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableResult(path, reason=f"{error}.") from error
    if result.protocol.hash != result.protocol_hash:
        raise UnreadableResult(path, reason="its protocol is not the one whose hash it carries.")
    return result


def _effect_of(content: dict[str, Any]) -> Effect:
    levels, bounds, refusal = content["levels"], content["interval"], content["refusal"]
    changed = {
        "kind": Kind(content["kind"]),
        "interval": tuple(bounds) if bounds else None,
        "levels": Levels(**levels) if levels else None,
        "refusal": Refusal(refusal) if refusal else None,
        "sites": tuple(content["sites"]),
        "without": tuple(LeaveOneOut(**one) for one in content["without"]),
    }
    return Effect(**{**content, **changed})
