"""Writing to the register: what is refused and how it is told, and that nothing is ever written over."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from insight.evidence_records import AT, content, shipped, written
from samvirke import evidence
from samvirke.evidence import Decision, Response
from samvirke.surfaces.commands.evidence import evidence as command

ROOT = Path(__file__).parents[3]
ANSWER = Response(
    decision=Decision.CHANGE, decided_on=date(2026, 3, 1), decided_by="Styringsgruppen", reason="Fordi."
)


# Refusals


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ({"confidence": "high"}, "a sure reading has a value"),
        ({"confidence": "low", "value": 51}, "not read for sure has no value"),
        ({"confidence": "illegible", "value": 0}, "not read for sure has no value"),
        ({"confidence": "illegible", "possible": [1, 2]}, "has no possible values"),
    ],
)
def test_a_number_nobody_could_read_gets_no_value(tmp_path: Path, reading: dict[str, Any], said: str) -> None:
    label = {"nb": "a", "en": "a"}
    chart = {
        "id": "bars",
        "title": label,
        "series": [label],
        "rows": [{"label": label, "readings": [reading]}],
        "unit": "percent",
        "ends_at": 60,
        "place": "s. 1",
        "needs": ["N124"],
    }
    with pytest.raises(evidence.UnreadableEvidence, match=said) as refused:
        evidence.read_record(written(tmp_path, charts=[chart]))
    assert "our-own.yaml" in str(refused.value)
    assert "charts.0.rows.0.readings.0: " in str(refused.value)
    assert "Correct it and try again" in str(refused.value)


def test_a_total_that_disagrees_in_silence_is_refused(tmp_path: Path) -> None:
    total = shipped("samverkan-2010").totals[1].model_dump(mode="json")
    with pytest.raises(evidence.UnreadableEvidence, match="the parts sum to 122 and 121 is stated"):
        evidence.read_record(written(tmp_path, totals=[total | {"disagreement": None}]))
    with pytest.raises(evidence.UnreadableEvidence, match="leave disagreement out"):
        evidence.read_record(written(tmp_path, totals=[total | {"stated": 122}]))


def test_an_unknown_field_and_a_broken_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(evidence.UnreadableEvidence, match="colour: Extra inputs are not permitted"):
        evidence.read_record(written(tmp_path, colour="red"))
    (tmp_path / "our-own.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(evidence.UnreadableEvidence, match="was not read as evidence"):
        evidence.read(tmp_path)


def test_a_file_is_named_for_its_record_and_no_id_stands_twice(tmp_path: Path) -> None:
    written(tmp_path).rename(tmp_path / "other.yaml")
    with pytest.raises(evidence.UnreadableEvidence, match=r"name the file our-own\.yaml"):
        evidence.read(tmp_path)
    (tmp_path / "other.yaml").unlink()
    path = tmp_path / "samverkan-2011.yaml"
    path.write_text(yaml.safe_dump(content(id="samverkan-2011")), encoding="utf-8")
    with pytest.raises(evidence.FiledTwice, match="has the id of"):
        evidence.read(tmp_path)


# Writing


def test_an_answer_stands_beside_the_record_and_the_next_one_above_it(tmp_path: Path) -> None:
    for decision in (Decision.CHANGE, Decision.STOP):
        answer = ANSWER.model_copy(update={"decision": decision})
        evidence.respond("samverkan-2010", answer, folder=tmp_path, by="Leder", at=AT)
    filed = evidence.read(tmp_path).one("samverkan-2010")
    assert [entry.response.decision for entry in filed.responses if entry.response] == ["stop", "change"]
    assert not evidence.read().one("samverkan-2010").is_answered
    assert sorted(path.name for path in (tmp_path / "samverkan-2010").iterdir()) == ["0001.yaml", "0002.yaml"]


def test_a_changed_record_is_a_new_version_and_the_old_one_is_kept(tmp_path: Path) -> None:
    first = evidence.read_record(written(tmp_path))
    (tmp_path / "our-own.yaml").unlink()
    assert evidence.add(first, folder=tmp_path, by="Sekretariatet", at=AT)
    assert evidence.add(first, folder=tmp_path, by="Sekretariatet", at=AT) is None
    second = first.model_copy(update={"findings": ()})
    assert evidence.add(second, folder=tmp_path, by="Sekretariatet", at=AT)
    filed = evidence.read(tmp_path).one("our-own")
    assert filed.record == second
    assert [entry.record for entry in filed.history] == [first, second]


def test_an_answer_to_a_record_that_is_not_there_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(evidence.UnknownRecord, match="holds no record 'no-such'"):
        evidence.respond("no-such", ANSWER, folder=tmp_path, by="Leder", at=AT)
    assert list(tmp_path.iterdir()) == []


def test_all_who_answer_at_once_are_heard(tmp_path: Path) -> None:
    def answer(number: int) -> None:
        said = ANSWER.model_copy(update={"reason": f"Svar {number}"})
        evidence.respond("samverkan-2010", said, folder=tmp_path, by="Leder", at=AT)

    writers = [threading.Thread(target=answer, args=(number,)) for number in range(12)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    filed = evidence.read(tmp_path).one("samverkan-2010")
    said = {entry.response.reason for entry in filed.responses if entry.response}
    assert said == {f"Svar {number}" for number in range(12)}
    assert len(list((tmp_path / "samverkan-2010").iterdir())) == 12


def test_the_published_schema_is_that_of_the_code() -> None:
    path = ROOT / "docs" / "reference" / "evidence.schema.json"
    assert path.read_text(encoding="utf-8") == evidence.schema_text()


# The command line


def run(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def test_list_check_show_add_respond_and_page(tmp_path: Path) -> None:
    folder, page = tmp_path / "register", tmp_path / "page.html"
    assert run("list").output.count("\n") == 6
    assert "6 records are in order." in run("check").output
    assert run("schema").output == evidence.schema_text()
    added = run("add", written(tmp_path), "--register", folder, "--by", "Sekretariatet")
    assert added.output == "our-own is in the register.\n"
    assert (
        "nothing was written"
        in run("add", tmp_path / "our-own.yaml", "--register", folder, "--by", "X").output
    )
    answer = ("--decision", "stop", "--on", "2026-03-01", "--decided-by", "Styret", "--reason", "Fordi.")
    assert run("respond", "our-own", "--register", folder, "--by", "Leder", *answer).exit_code == 0
    assert "2026-03-01: stop, Styret. Fordi." in run("show", "our-own", "--register", folder).output
    assert run("page", "--register", folder, "--language", "en", "--out", page).exit_code == 0
    assert 'id="our-own"' in page.read_text(encoding="utf-8")


def test_a_refusal_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(json.dumps({"id": "bad"}), encoding="utf-8")
    for words in (("show", "no-such"), ("check", "--register", tmp_path)):
        refused = run(*words)
        assert refused.exit_code == 1
        assert refused.output.startswith("Error: ")
        assert "Traceback" not in refused.output
