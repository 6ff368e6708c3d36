"""The protocol's file: what is refused, on which line, and the schema that describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from insight import study
from samvirke import evaluation
from samvirke.evaluation.protocol_file import SCHEMA

PUBLISHED = Path(__file__).parents[3] / "docs" / "reference" / "protocol.schema.json"
DEMO = Path(evaluation.__file__).parents[1] / "surfaces" / "commands" / "demo" / "protocol.yaml"
PERSONS = {"trial": study.words("Trukket til tiltaket"), "comparison": study.words("Trukket til det vanlige")}

GROUP = {"name": "youth", "label": study.words("Ungdom"), "column": "target_group", "value": "youth"}
LOOKS_TURNED_ROUND = [
    {"planned_on": "2026-03-01", "status": "preliminary"},
    {"planned_on": "2026-02-01", "status": "final"},
]


def refused(path: Path) -> str:
    """What the file is refused with."""
    with pytest.raises(evaluation.UnreadableProtocol) as refusal:
        evaluation.read_protocol(path)
    return str(refusal.value)


def without(content: dict[str, Any], *way: str) -> dict[str, Any]:
    """The content with one field taken out."""
    part = content
    for name in way[:-1]:
        part = part[name]
    del part[way[-1]]
    return content


def test_hash_does_not_depend_on_the_layout_of_the_file(tmp_path: Path) -> None:
    plain = study.protocol_file(tmp_path / "a.yaml")
    turned = tmp_path / "b.yaml"
    content = dict(reversed(study.protocol_content().items()))
    turned.write_text("# a comment\n" + yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    assert evaluation.read_protocol(plain).hash == evaluation.read_protocol(turned).hash


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"alpha": 2}, "alpha: Input should be less than or equal to 0.5"),
        (
            {"sites": {"trial": ["0101"], "comparison": ["0101", "0201"]}},
            "sites: both trial and comparison: 0101",
        ),
        ({"sites": {"trial": ["0101"] * 2, "comparison": ["0201"]}}, "named more than once: 0101"),
        ({"sites": {"trial": ["Oslo"], "comparison": ["0101"]}}, "sites.trial.0: is 'Oslo'. Give a muni"),
        ({"sites": {"trial": ["0101"], "comparison": []}}, "so there is no comparison"),
        ({"sites": None}, "there is no comparison, so a change could have come without the intervention"),
        ({"commissioner": ""}, "commissioner"),
        ({"receiver": "?"}, "receiver: still holds the template's question mark"),
        ({"surprise": 1}, "surprise: is not a field of a protocol"),
        ({"subgroup": []}, "subgroup: is not a field of a protocol. Did you mean subgroups?"),
        ({"design": {"kind": "matching"}}, "design: has the kind 'matching'. Choose one of"),
        ({"estimand": "average_person"}, "this design does not answer for the average_person"),
        ({"sensitivity": ["matched"]}, "this design cannot show matched"),
        ({"covariates": ["age"]}, "this design uses no covariates"),
        ({"looks": [{"planned_on": "2026-01-01", "status": "preliminary"}]}, "exactly the last look is fin"),
        ({"looks": []}, "looks"),
        ({"looks": LOOKS_TURNED_ROUND}, "the looks are not in order of time. Put the earliest first"),
        ({"commissioner": 7}, "commissioner: is 7, not text. Put it in quotes."),
        ({"estimand": "average"}, "estimand: is 'average'. Choose one of"),
        ({"subgroups": [GROUP, GROUP]}, "used more than once: youth"),
        ({"subgroups": [{**GROUP, "column": "age"}]}, "no extract tells groups by age"),
    ],
)
def test_a_faulty_protocol_is_refused_with_its_field(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    assert words in refused(study.protocol_file(tmp_path / "p.yaml", **changes))


@pytest.mark.parametrize(
    "way",
    [
        ("receiver",),
        ("decision_to_inform",),
        ("programme_theory",),
        ("legal_basis", "provision"),
        ("evaluator", "independence"),
        ("evaluator", "organisation"),
        ("target_group",),
        ("estimand",),
    ],
)
def test_what_is_missing_is_named_with_what_it_is_for(tmp_path: Path, way: tuple[str, ...]) -> None:
    content = without(study.protocol_content(), *way)
    path = tmp_path / "p.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    said = refused(path)
    assert f"{'.'.join(way)}: is missing. Add it: " in said
    assert not said.endswith("Add it: ")


@pytest.mark.parametrize("field", ["minimum_n", "better", "measured", "source"])
def test_an_outcome_without_a_part_is_refused_on_its_own_line(tmp_path: Path, field: str) -> None:
    goals = study.protocol_content()["goals"]
    del goals[1]["outcomes"][0][field]
    path = study.protocol_file(tmp_path / "p.yaml", goals=goals)
    lines = path.read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in refused(path).splitlines() if line.startswith("- line")]
    number = int(line.split()[2].rstrip(":"))
    assert f"goals.1.outcomes.0.{field}: is missing" in line
    second = [place for place, text in enumerate(lines, start=1) if "outcomes:" in text][1]
    assert number == second + 1


def test_a_minimum_under_five_is_refused(tmp_path: Path) -> None:
    goals = study.protocol_content()["goals"]
    goals[0]["outcomes"][0]["minimum_n"] = 4
    assert "greater than or equal to 5" in refused(study.protocol_file(tmp_path / "p.yaml", goals=goals))


def test_an_outcome_the_extract_does_not_hold_is_refused(tmp_path: Path) -> None:
    goals = study.protocol_content()["goals"]
    goals[0]["outcomes"][0]["name"] = "happiness"
    said = refused(study.protocol_file(tmp_path / "p.yaml", goals=goals))
    assert "holds no happiness" in said


def test_a_field_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = study.protocol_file(tmp_path / "p.yaml")
    path.write_text("alpha: 0.5\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "alpha stands in line 1 already" in refused(path)


@pytest.mark.parametrize("text", ["a: [", "", "- 1", "\x00"])
def test_what_is_no_protocol_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    assert "was not read as a protocol" in refused(tmp_path / "p.yaml")


def test_persons_are_compared_arm_by_arm_or_sites_site_by_site(tmp_path: Path) -> None:
    goals = [{"goal": study.words("Inntekt"), "outcomes": [study.outcome("income", "persons")]}]
    design = {"kind": "experiment", **PERSONS}
    changes: dict[str, Any] = {"goals": goals, "design": design, "estimand": "average_person"}
    plain = {"subgroups": [], "sensitivity": []}
    said = refused(study.protocol_file(tmp_path / "p.yaml", **changes, **plain))
    assert "this design compares persons arm by arm. Take the sites out" in said
    read = evaluation.read_protocol(study.protocol_file(tmp_path / "p.yaml", **changes, **plain, sites=None))
    assert read.sites is None
    weighting = {**changes, "design": {**design, "kind": "weighting"}, "sites": None}
    assert "nothing to weight by" in refused(study.protocol_file(tmp_path / "p.yaml", **weighting, **plain))
    alone = {**changes, "design": {"kind": "experiment", "trial": PERSONS["trial"]}, "sites": None}
    said = refused(study.protocol_file(tmp_path / "p.yaml", **alone, **plain))
    assert "design.comparison: is missing. Add it: Whom they are compared with" in said


def test_an_outcome_is_read_from_what_the_design_reads(tmp_path: Path) -> None:
    goals = [{"goal": study.words("Arbeid"), "outcomes": [study.outcome("share", "panel")]}]
    said = refused(study.protocol_file(tmp_path / "p.yaml", goals=goals))
    assert "share is read from panel, and this design reads " in said


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sensitivity": ["adjusted"], "subgroups": []}, "nothing to adjust for. Name covariates, or take"),
        (
            {"covariates": ["age"], "subgroups": [{**GROUP, "column": "age", "value": "young"}]},
            "age holds numbers, and youth is 'young'. Give a number",
        ),
    ],
)
def test_persons_are_told_apart_by_what_is_known_of_them(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    goals = [{"goal": study.words("Inntekt"), "outcomes": [study.outcome("income", "persons")]}]
    of_persons: dict[str, Any] = {
        "goals": goals,
        "design": {"kind": "experiment", **PERSONS},
        "estimand": "average_person",
        "sites": None,
        "sensitivity": [],
    }
    assert words in refused(study.protocol_file(tmp_path / "p.yaml", **of_persons | changes))


def test_a_panel_of_municipalities_has_no_groups_of_persons(tmp_path: Path) -> None:
    goals = [{"goal": study.words("Arbeid"), "outcomes": [study.outcome("share", "panel")]}]
    design = {"kind": "difference_in_differences", "starts": [{"period": 2004, "sites": list(study.TRIAL)}]}
    changes: dict[str, Any] = {"goals": goals, "design": design, "sensitivity": [], "subgroups": [GROUP]}
    assert "holds no persons to group" in refused(study.protocol_file(tmp_path / "p.yaml", **changes))


def test_each_trial_site_has_one_start(tmp_path: Path) -> None:
    goals = [{"goal": study.words("Arbeid"), "outcomes": [study.outcome("share", "panel")]}]
    starts = [{"period": 2004, "sites": ["0101", "0102"]}]
    changes: dict[str, Any] = {"goals": goals, "subgroups": [], "sensitivity": []}
    design = {"kind": "difference_in_differences", "starts": starts}
    assert "differ in: 0103" in refused(study.protocol_file(tmp_path / "p.yaml", **changes, design=design))
    starts.append({"period": 2005, "sites": ["0103", "0101"]})
    said = refused(study.protocol_file(tmp_path / "p.yaml", **changes, design=design))
    assert "named more than once: 0101" in said


def test_the_published_schema_is_the_one_of_the_code() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == evaluation.schema()
    assert PUBLISHED.read_text(encoding="utf-8") == evaluation.schema()


def test_the_schema_describes_every_field_and_agrees_with_the_reader(tmp_path: Path) -> None:
    schema = json.loads(evaluation.schema())
    Draft202012Validator.check_schema(schema)
    for part in [schema, *schema["$defs"].values()]:
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name
    validator = Draft202012Validator(schema)
    content = study.protocol_content()
    assert validator.is_valid(content)
    assert validator.is_valid(json.loads(evaluation.read_protocol(DEMO).canonical()))
    assert not validator.is_valid({**content, "surprise": 1})
    assert not validator.is_valid(without(study.protocol_content(), "receiver"))


@pytest.mark.parametrize("design", evaluation.KINDS)
def test_a_begun_protocol_lacks_only_what_the_evaluator_must_write(tmp_path: Path, design: str) -> None:
    path = tmp_path / "p.yaml"
    evaluation.begin(path, design=design)
    with pytest.raises(evaluation.UnreadableProtocol) as refusal:
        evaluation.read_protocol(path)
    assert all("question mark" in one or "is '?'" in one for one in refusal.value.reasons)
    opening = path.read_text(encoding="utf-8").splitlines()[0]
    assert opening == f"# yaml-language-server: $schema={SCHEMA.as_uri()}"
    filled = path.read_text(encoding="utf-8").replace('trial: ["?"]', 'trial: ["0301"]')
    filled = filled.replace('comparison: ["?"]', 'comparison: ["1103"]').replace(
        'sites: ["?"]', "sites: ['0301']"
    )
    path.write_text(filled.replace('"?"', "words"), encoding="utf-8")
    assert evaluation.read_protocol(path).design.kind == design
    with pytest.raises(evaluation.AlreadyThere, match="is not written over"):
        evaluation.begin(path, design=design)
