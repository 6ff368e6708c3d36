"""From protocol and files to a result: registration, checks, sameness."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from insight import real, study
from samvirke import evaluation
from samvirke.evaluation import Kind, Source

AT = datetime(2026, 1, 20, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("study")
    study.extract_files(made)
    evaluation.register(study.protocol(), folder=made / "registry", at=AT, by="Kari")
    return made


def evaluated(folder: Path, **changes: Path) -> evaluation.EvaluationResult:
    files = {Source.SURVEY: folder / "survey.csv", Source.REGISTER: folder / "register.csv"}
    changed = {Source(name): path for name, path in changes.items()}
    return evaluation.evaluate(
        study.protocol(), registry=folder / "registry", data={**files, **changed}, at=AT
    )


def changed_csv(path: Path, out: Path, *, row: int, field: str, value: str) -> Path:
    """A copy of a file with one value changed; rows count from 2."""
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    lines[row - 1][lines[0].index(field)] = value
    out.write_text("\n".join(",".join(line) for line in lines) + "\n", encoding="utf-8")
    return out


class TestExtracts:
    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("wave", "later", "row 3, wave: is 'later'"),
            ("satisfaction", "11", "row 3, satisfaction: is '11', not a number from 0 to 10"),
            ("satisfaction", "", "row 3, satisfaction"),
            ("municipality", "9999", "row 3, municipality: is 9999, not a site of the protocol"),
            ("municipality", "Oslo", "row 3, municipality: is 'Oslo', not a municipality number"),
            ("answered_on", "1.3.2026", "row 3, answered_on"),
            ("respondent_key", "", "row 3, respondent_key: is empty"),
            ("group", "leader", "row 3, group"),
            ("experiences_need", "yes", "row 3, experiences_need: is answered by staff"),
            ("wave", "before", "row 3, respondent_key: occurs with the same wave in row 2"),
        ],
    )
    def test_a_wrong_answer_is_refused_with_row_field_and_reason(
        self, folder: Path, tmp_path: Path, field: str, value: str, words: str
    ) -> None:
        survey = changed_csv(folder / "survey.csv", tmp_path / "s.csv", row=3, field=field, value=value)
        with pytest.raises(evaluation.ExtractRefused, match=words.replace("(", r"\(")) as refused:
            evaluated(folder, survey=survey)
        assert refused.value.problems[0].what_next

    def test_a_user_who_is_not_asked_of_the_need_is_refused(self, folder: Path, tmp_path: Path) -> None:
        survey = changed_csv(
            folder / "survey.csv", tmp_path / "s.csv", row=4, field="experiences_need", value=""
        )
        with pytest.raises(evaluation.ExtractRefused, match="row 4, experiences_need: is empty for a user"):
            evaluated(folder, survey=survey)

    def test_missing_columns_are_refused_with_the_columns_wanted(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "r.csv").write_text("person_key,municipality\n", encoding="utf-8")
        with pytest.raises(evaluation.ExtractRefused, match="Give exactly: person_key, municipality, period"):
            evaluated(folder, register=tmp_path / "r.csv")

    def test_a_short_row_is_refused(self, folder: Path, tmp_path: Path) -> None:
        text = (folder / "register.csv").read_text(encoding="utf-8") + "x,0101\n"
        (tmp_path / "r.csv").write_text(text, encoding="utf-8")
        with pytest.raises(evaluation.ExtractRefused, match="another number of fields"):
            evaluated(folder, register=tmp_path / "r.csv")

    def test_what_is_not_text_is_refused(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "r.csv").write_bytes(b"\xff\xfe\x00person")
        with pytest.raises(evaluation.ExtractRefused, match="Save it as CSV in UTF-8"):
            evaluated(folder, register=tmp_path / "r.csv")


class TestResult:
    def test_same_inputs_give_the_same_bytes(self, folder: Path, tmp_path: Path) -> None:
        for name in ("one.json", "two.json"):
            evaluation.save(evaluated(folder), tmp_path / name)
        assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()

    def test_what_is_saved_is_read_back_the_same(self, folder: Path, tmp_path: Path) -> None:
        result = evaluated(folder)
        evaluation.save(result, tmp_path / "r.json")
        assert evaluation.load(tmp_path / "r.json") == result

    def test_a_result_whose_protocol_was_changed_is_refused(self, folder: Path, tmp_path: Path) -> None:
        evaluation.save(evaluated(folder), tmp_path / "r.json")
        text = (
            (tmp_path / "r.json")
            .read_text(encoding="utf-8")
            .replace('"alpha": 0.05,\n    "comm', '"alpha": 0.1,\n    "comm')
        )
        (tmp_path / "r.json").write_text(text, encoding="utf-8")
        with pytest.raises(evaluation.UnreadableResult, match="not the one whose hash it carries"):
            evaluation.load(tmp_path / "r.json")

    @pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "samvirke evaluation 2"}'])
    def test_another_file_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "r.json").write_text(text, encoding="utf-8")
        with pytest.raises(evaluation.UnreadableResult, match="Make it again"):
            evaluation.load(tmp_path / "r.json")

    def test_every_outcome_population_and_subgroup_is_there(self, folder: Path) -> None:
        found = {(e.outcome, e.population, e.kind, e.subgroup) for e in evaluated(folder).effects}
        assert found == {
            ("satisfaction", "user", Kind.AVERAGE, ""),
            ("satisfaction", "user", Kind.SUBGROUP, "needs_coordination"),
            ("satisfaction", "user", Kind.INTERACTION, "needs_coordination"),
            ("satisfaction", "staff", Kind.AVERAGE, ""),
            ("in_work_or_education", "person", Kind.AVERAGE, ""),
            ("in_work_or_education", "person", Kind.SUBGROUP, "youth"),
            ("in_work_or_education", "person", Kind.INTERACTION, "youth"),
        }

    def test_those_with_a_need_gain_and_the_interaction_sees_it(self, folder: Path) -> None:
        result = evaluated(folder)
        (within,) = result.of("satisfaction", population="user", kind=Kind.SUBGROUP)
        (between,) = result.of("satisfaction", population="user", kind=Kind.INTERACTION)
        assert within.interval is not None
        assert within.interval[0] <= 1.5 <= within.interval[1]
        assert between.interval is not None
        assert between.interval[0] > 0

    def test_a_result_carries_what_it_was_made_from(self, folder: Path) -> None:
        result = evaluated(folder)
        assert result.protocol_hash == study.protocol().hash
        assert result.registered_at == AT.isoformat()
        assert set(result.data_hashes) == {"survey", "register"}
        assert len(result.code_version) == 64
        assert result.seed == study.protocol().seed


class TestPanels:
    """Municipalities by periods: two periods of two, of which one has begun."""

    ROWS = tuple(
        {"municipality": site, "period": year, "persons": 10, "lemp": 4.5}
        for site in ("0101", "0201")
        for year in (2004, 2005)
    )

    def answered(
        self, folder: Path, rows: list[dict[str, Any]], **changes: Any
    ) -> evaluation.EvaluationResult:
        protocol = real.panel_protocol({0: ["0201"], 2005: ["0101"]}, **changes)
        return real.answered(
            protocol, real.panel_file(folder / "panel.csv", rows, protocol), registry=folder / "registry"
        )

    def test_what_is_no_number_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(evaluation.ExtractRefused, match="row 2, lemp: is 'much', not a number"):
            self.answered(tmp_path, [{**self.ROWS[0], "lemp": "much"}, *self.ROWS[1:]])

    def test_a_municipality_that_is_away_in_a_period_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(evaluation.ExtractRefused, match=r"0201 has no row for: 2005\."):
            self.answered(tmp_path, list(self.ROWS[:3]))

    def test_too_few_persons_give_no_estimate(self, tmp_path: Path) -> None:
        goals = [{"goal": study.words("Jobs"), "outcomes": [study.outcome("lemp", "panel", minimum_n=50)]}]
        (effect,) = self.answered(tmp_path, list(self.ROWS), goals=goals).effects
        assert (effect.estimate, effect.refusal) == (None, evaluation.Refusal.TOO_FEW_PERSONS)
