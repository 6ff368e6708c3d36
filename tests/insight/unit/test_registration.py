"""The registry: registered before outcomes are read, amended in the open, every reading written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from insight import study
from samvirke import evaluation
from samvirke.evaluation import EvaluationResult, Kind, Protocol, Source, Status

AT = datetime(2026, 1, 20, 9, tzinfo=UTC)
LATER = datetime(2026, 2, 1, 9, tzinfo=UTC)
NOWHERE = {Source.SURVEY: Path("no-such-survey.csv"), Source.REGISTER: Path("no-such-register.csv")}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Source, Path]:
    return study.extract_files(tmp_path_factory.mktemp("files"))


def registered(folder: Path, **changes: Any) -> Protocol:
    protocol = study.protocol(**changes)
    evaluation.register(protocol, folder=folder, at=AT, by="Kari")
    return protocol


def amended(folder: Path, *, outcomes_read: bool = False, **changes: Any) -> Protocol:
    protocol = study.protocol(**changes)
    evaluation.amend(
        protocol, folder=folder, at=LATER, by="Kari", why="Two sites left.", outcomes_read=outcomes_read
    )
    return protocol


def run(protocol: Protocol, folder: Path, files: dict[Source, Path], **words: Any) -> EvaluationResult:
    return evaluation.evaluate(protocol, registry=folder, data=files, at=LATER, **words)


def test_unregistered_protocol_is_refused_before_outcomes_are_read(tmp_path: Path) -> None:
    with pytest.raises(evaluation.NotRegistered, match="Register it first"):
        run(study.protocol(), tmp_path, NOWHERE)


def test_changed_protocol_is_refused_before_outcomes_are_read(tmp_path: Path) -> None:
    registered(tmp_path)
    with pytest.raises(evaluation.ProtocolChanged, match="has changed since it was registered"):
        run(study.protocol(alpha=0.1), tmp_path, NOWHERE)


def test_registering_again_keeps_the_first_time(tmp_path: Path) -> None:
    first = evaluation.register(study.protocol(), folder=tmp_path, at=AT, by="Kari")
    again = evaluation.register(study.protocol(), folder=tmp_path, at=LATER, by="Ola")
    assert again == first
    (entry,) = (tmp_path / "one-plan-2026").iterdir()
    content = json.loads(entry.read_text(encoding="utf-8"))
    assert (content["hash"], content["at"]) == (study.protocol().hash, AT.isoformat())


def test_a_registration_is_never_overwritten(tmp_path: Path) -> None:
    registered(tmp_path)
    with pytest.raises(evaluation.AlreadyRegistered, match="amend it"):
        registered(tmp_path, seed=1)


def test_an_amendment_tells_what_changed_why_by_whom_and_when(tmp_path: Path) -> None:
    registered(tmp_path)
    fewer = {"trial": list(study.TRIAL), "comparison": list(study.COMPARISON[2:])}
    protocol = amended(tmp_path, sites=fewer, receiver="Utvalget")
    last = evaluation.registered(protocol, folder=tmp_path).versions[-1]
    assert (last.version, last.by, last.why, last.at) == (2, "Kari", "Two sites left.", LATER.isoformat())
    assert [change.field for change in last.changes] == ["receiver", "sites.comparison"]
    assert last.changes[0].before == "Kommunestyrene i forsøkskommunene"
    assert last.changes[0].after == "Utvalget"
    assert not last.outcomes_read


def test_a_change_in_one_outcome_is_told_by_its_name(tmp_path: Path) -> None:
    registered(tmp_path)
    goals = study.protocol_content()["goals"]
    goals[1]["outcomes"][0]["minimum_n"] = 7
    protocol = amended(tmp_path, goals=goals, subgroups=[])
    changes = evaluation.registered(protocol, folder=tmp_path).versions[-1].changes
    assert {change.field for change in changes} == {
        "goals",
        "subgroups.needs_coordination",
        "subgroups.youth",
    }


def test_an_amendment_without_a_change_or_a_registration_is_refused(tmp_path: Path) -> None:
    with pytest.raises(evaluation.NotRegistered):
        amended(tmp_path)
    registered(tmp_path)
    with pytest.raises(evaluation.NothingChanged, match="nothing to amend"):
        amended(tmp_path)


def test_results_name_the_version_they_rest_on(tmp_path: Path, files: dict[Source, Path]) -> None:
    registered(tmp_path)
    protocol = amended(tmp_path, alpha=0.1)
    result = run(protocol, tmp_path, files)
    assert [version.version for version in result.versions] == [1, 2]
    assert result.protocol_hash == result.versions[-1].hash == protocol.hash
    assert result.late == ()
    assert not any(effect.exploratory for effect in result.effects)


def test_a_reading_is_written_down_with_its_files_before_they_are_understood(
    tmp_path: Path, files: dict[Source, Path]
) -> None:
    protocol = registered(tmp_path)
    broken = tmp_path / "broken.csv"
    broken.write_text("nothing of use\n", encoding="utf-8")
    with pytest.raises(evaluation.ExtractRefused):
        run(protocol, tmp_path, {**files, Source.SURVEY: broken})
    result = run(protocol, tmp_path, files)
    run(protocol, tmp_path, files)
    readings = evaluation.registered(protocol, folder=tmp_path).readings
    assert len(readings) == 2
    assert readings[-1].data == result.data_hashes
    assert readings[-1].at == LATER.isoformat()


def test_what_is_added_after_outcomes_were_read_is_exploratory(
    tmp_path: Path, files: dict[Source, Path]
) -> None:
    content = study.protocol_content()
    first = registered(tmp_path, subgroups=content["subgroups"][1:], sensitivity=[])
    assert not any(effect.exploratory for effect in run(first, tmp_path, files).effects)
    second = amended(tmp_path)
    result = run(second, tmp_path, files)
    late = [effect for effect in result.effects if effect.exploratory]
    assert {(effect.subgroup, effect.kind) for effect in late} == {
        ("needs_coordination", Kind.SUBGROUP),
        ("needs_coordination", Kind.INTERACTION),
    }
    assert result.late == (
        "subgroup needs_coordination",
        "sensitivity leave_one_out",
        "sensitivity other_estimand",
    )
    assert result.versions[-1].outcomes_read


def test_outcomes_read_elsewhere_count_when_somebody_says_so(
    tmp_path: Path, files: dict[Source, Path]
) -> None:
    registered(tmp_path)
    protocol = amended(tmp_path, outcomes_read=True, alpha=0.2)
    result = run(protocol, tmp_path, files)
    assert result.late == ("alpha",)
    assert all(effect.exploratory for effect in result.effects)


def test_another_wording_is_not_exploratory(tmp_path: Path, files: dict[Source, Path]) -> None:
    run(registered(tmp_path), tmp_path, files)
    goals = study.protocol_content()["goals"]
    goals[0]["outcomes"][0]["label"]["en"] = "Contentment"
    result = run(amended(tmp_path, goals=goals), tmp_path, files)
    assert result.late == ()


@pytest.mark.parametrize("number", [1, 2])
def test_a_trail_that_was_changed_afterwards_is_refused(tmp_path: Path, number: int) -> None:
    registered(tmp_path)
    protocol = amended(tmp_path, alpha=0.1)
    entry = sorted((tmp_path / "one-plan-2026").iterdir())[number - 1]
    text = entry.read_text(encoding="utf-8")
    entry.write_text(text.replace('"seed": 20260301', '"seed": 1'), encoding="utf-8")
    with pytest.raises(evaluation.BrokenTrail, match="the trail was changed"):
        run(protocol, tmp_path, NOWHERE)


def test_another_name_under_the_first_registration_is_refused(tmp_path: Path) -> None:
    registered(tmp_path)
    protocol = amended(tmp_path, alpha=0.1)
    first, _ = sorted((tmp_path / "one-plan-2026").iterdir())
    first.write_text(
        first.read_text(encoding="utf-8").replace('"by": "Kari"', '"by": "Ola"'), encoding="utf-8"
    )
    with pytest.raises(evaluation.BrokenTrail, match="the trail was changed"):
        run(protocol, tmp_path, NOWHERE)


def test_looks_before_the_last_give_preliminary_results(tmp_path: Path, files: dict[Source, Path]) -> None:
    looks = [
        {"planned_on": "2026-02-01", "status": "preliminary"},
        {"planned_on": "2027-02-01", "status": "final"},
    ]
    protocol = registered(tmp_path, looks=looks)
    with pytest.raises(evaluation.NoSuchLook, match="Say which one this is with --look"):
        run(protocol, tmp_path, NOWHERE)
    with pytest.raises(evaluation.NoSuchLook, match="1 \\(2026-02-01\\), 2"):
        run(protocol, tmp_path, NOWHERE, look=3)
    assert run(protocol, tmp_path, files, look=1).status is Status.PRELIMINARY
    assert run(protocol, tmp_path, files, look=2).status is Status.FINAL


def test_other_files_than_the_protocols_are_refused_unopened(tmp_path: Path) -> None:
    protocol = registered(tmp_path)
    with pytest.raises(evaluation.OtherFiles, match="Give exactly: --data register=FILE --data survey=FILE"):
        run(protocol, tmp_path, {Source.PANEL: Path("no-such.csv")})
