"""Evaluate a registered protocol, and the result as a JSON record: same inputs, same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from samvirke.evaluation.amendments import Change
from samvirke.evaluation.answers import (
    Balance,
    Course,
    Effect,
    EventTime,
    GroupTime,
    Kind,
    LeaveOneOut,
    Levels,
    Other,
    Overlap,
    Refusal,
)
from samvirke.evaluation.asked import effects_of
from samvirke.evaluation.designs import Source
from samvirke.evaluation.extracts import check_files, hashes_of, read_extracts
from samvirke.evaluation.protocol import Protocol, Status
from samvirke.evaluation.registration import Version, note_reading, registered

FORMAT = "samvirke evaluation 2"
LIBRARIES = ("csdid", "drdid", "numpy", "pandas", "scipy", "statsmodels")


class UnreadableResult(ValueError):
    """The file is not an evaluation result of this version."""

    def __init__(self, path: Path, *, reason: str) -> None:
        super().__init__(
            f"{path} was not read as a result: {reason} Make it again with `samvirke evaluate run PROTOCOL`."
        )


class NoSuchLook(ValueError):
    """The protocol plans other looks at the outcomes."""

    def __init__(self, protocol: Protocol) -> None:
        days = ", ".join(f"{number} ({one.planned_on})" for number, one in enumerate(protocol.looks, start=1))
        super().__init__(
            f"The protocol plans these looks at the outcomes: {days}. No outcome was read. "
            "Say which one this is with --look."
        )


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """The answer to a protocol: its effects, and what they were made from.

    versions:    the protocol's versions, the last of which was answered.
    late:        what came into the protocol after outcomes had been read.
    data_hashes: SHA-256 of each file; code_version: SHA-256 of the estimating code.
    """

    protocol: Protocol
    protocol_hash: str
    versions: tuple[Version, ...]
    late: tuple[str, ...]
    look: int
    status: Status
    data_hashes: dict[str, str]
    package_version: str
    code_version: str
    libraries: dict[str, str]
    seed: int
    effects: tuple[Effect, ...]

    @property
    def registered_at(self) -> str:
        """When the first version was registered, ISO 8601."""
        return self.versions[0].at

    def of(self, outcome: str, *, population: str, kind: Kind = Kind.AVERAGE) -> tuple[Effect, ...]:
        """The effects on one outcome in one population."""
        wanted = (outcome, population, kind)
        return tuple(e for e in self.effects if (e.outcome, e.population, e.kind) == wanted)


def evaluate(
    protocol: Protocol, *, registry: Path, data: Mapping[Source, Path], at: datetime, look: int | None = None
) -> EvaluationResult:
    """All effects the protocol asks for. The registration is checked before any file is opened.

    `look` counts from 1 and may be left out when only one is planned. The reading is written into the
    registry before the first outcome is parsed.
    Raises NotRegistered, ProtocolChanged, BrokenTrail, NoSuchLook, OtherFiles or ExtractRefused.
    """
    history = registered(protocol, folder=registry)
    number = _look(protocol, look)
    check_files(protocol, data)
    hashes = hashes_of(data)
    note_reading(protocol, history, folder=registry, at=at, look=number, data=hashes)
    extracts = read_extracts(protocol, data)
    return EvaluationResult(
        protocol=protocol,
        protocol_hash=protocol.hash,
        versions=history.versions,
        late=history.late.added,
        look=number,
        status=protocol.looks[number - 1].status,
        data_hashes=hashes,
        package_version=metadata.version("samvirke"),
        code_version=code_version(),
        libraries={name: metadata.version(name) for name in LIBRARIES},
        seed=protocol.seed,
        effects=tuple(effects_of(protocol, extracts, history.late)),
    )


def _look(protocol: Protocol, look: int | None) -> int:
    planned = len(protocol.looks)
    number = 1 if look is None and planned == 1 else look
    if number is None or not 1 <= number <= planned:
        raise NoSuchLook(protocol)
    return number


def code_version() -> str:
    """SHA-256 of the files of this room, in order of name."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def save(result: EvaluationResult, path: Path) -> None:
    """Write the result; the same result gives the same bytes."""
    fields = {name: getattr(result, name) for name in EvaluationResult.__dataclass_fields__}
    content = {
        **fields,
        "format": FORMAT,
        "protocol": result.protocol.model_dump(mode="json"),
        "versions": [asdict(one) for one in result.versions],
        "effects": [asdict(one) for one in result.effects],
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def load(path: Path) -> EvaluationResult:
    """The result in the file. Raises UnreadableResult when it is something else, or was changed."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format", None) != FORMAT:
            raise UnreadableResult(path, reason=f"it does not say {FORMAT!r}.")
        result = _result(content)
    except UnreadableResult:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableResult(path, reason=f"{error}.") from error
    if result.protocol.hash != result.protocol_hash:
        raise UnreadableResult(path, reason="its protocol is not the one whose hash it carries.")
    return result


def _result(content: dict[str, Any]) -> EvaluationResult:
    return EvaluationResult(
        **{
            **content,
            "protocol": Protocol.model_validate(content["protocol"]),
            "versions": tuple(_version(one) for one in content["versions"]),
            "late": tuple(content["late"]),
            "status": Status(content["status"]),
            "effects": tuple(_effect(one) for one in content["effects"]),
        }
    )


def _version(content: dict[str, Any]) -> Version:
    return Version(**{**content, "changes": tuple(Change(**one) for one in content["changes"])})


def _effect(content: dict[str, Any]) -> Effect:
    levels, bounds, refusal = content["levels"], content["interval"], content["refusal"]
    changed = {
        "kind": Kind(content["kind"]),
        "interval": tuple(bounds) if bounds else None,
        "levels": Levels(**levels) if levels else None,
        "refusal": Refusal(refusal) if refusal else None,
        "sites": tuple(content["sites"]),
        "without": tuple(LeaveOneOut(**one) for one in content["without"]),
        "others": tuple(Other(**one) for one in content["others"]),
        "balance": tuple(Balance(**one) for one in content["balance"]),
        "overlap": _overlap(content["overlap"]),
        "course": _course(content["course"]),
    }
    return Effect(**{**content, **changed})


def _overlap(content: dict[str, Any] | None) -> Overlap | None:
    if content is None:
        return None
    quantiles = {arm: tuple(content[arm]) for arm in ("trial", "comparison")}
    return Overlap(**{**content, **quantiles})


def _course(content: dict[str, Any] | None) -> Course | None:
    if content is None:
        return None
    return Course(
        cells=tuple(GroupTime(**one) for one in content["cells"]),
        events=tuple(EventTime(**one) for one in content["events"]),
        before_p=content["before_p"],
    )
