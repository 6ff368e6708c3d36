"""Instruments are data: loaded, checked line by line, in versions; a licensed one waits for its texts."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import people
from assessments.stand_ins import given, living, seen
from people import NOW, acting_as
from samvirke.assessments import loading, operations, policies, progress
from samvirke.assessments.types import Respondent
from samvirke.programmes.files import BadFile
from samvirke.surfaces.commands.instruments import instruments

SHIPPED = (loading.SHIPPED / "everyday_steps.yaml").read_text(encoding="utf-8")

SCALE = {"lowest": 1, "highest": 4, "better": "higher"}


def words(text: str) -> dict[str, str]:
    """One text in every language."""
    return dict.fromkeys(("en", "nb", "da", "sv"), text)


def of_our_own(**changes: object) -> str:
    """A small instrument of somebody's own."""
    item = {
        "code": "sleep",
        "kind": "health",
        "name": words("Søvn"),
        "asked": {"person": words("Hvor godt sover du?")},
    }
    content: dict[str, object] = {
        "code": "sleep-well",
        "version": 1,
        "title": words("Søvn"),
        "about": words("Ett spørsmål."),
        "source": "Fjordvik",
        "licence": {"name": "CC0", "holder": "Fjordvik", "needs_agreement": False},
        "verified_on": "2026-03-01",
        "answered_by": ["person"],
        "every_months": 1,
        "scale": {
            "lowest": 1,
            "highest": 4,
            "better": "higher",
            "names": {1: words("lite"), 4: words("mye")},
        },
        "items": [item],
        "needed_by": {"health_service": ["sleep"]},
    }
    return yaml.safe_dump(content | changes, allow_unicode=True)


def slot() -> str:
    """What is known of a licensed instrument before the licence holder has delivered it."""
    return of_our_own(
        code="licensed",
        licence={"name": "By agreement", "holder": "Somebody", "needs_agreement": True},
        scale=SCALE,
        items=[{"code": "sleep", "kind": "health"}],
    )


def delivered() -> str:
    """The same with its texts."""
    return of_our_own(
        code="licensed", licence={"name": "By agreement", "holder": "Somebody", "needs_agreement": True}
    )


def test_the_published_schema_is_the_one_that_files_are_read_by() -> None:
    assert loading.SCHEMA.read_text(encoding="utf-8") == loading.schema()


def test_ours_are_in_every_language_and_for_both() -> None:
    (steps,) = loading.in_use(loading.shipped())
    assert steps.answered_by == (Respondent.PERSON, Respondent.WORKER)
    assert not steps.waits_for_text
    assert steps.every_months == 3
    assert "job-chance" in {item.code for item in steps.items}


def test_a_new_instrument_is_data_alone(committed: None) -> None:
    plan = living()
    assert loading.load(text=of_our_own(), now=NOW).is_new
    assert not loading.load(text=of_our_own(), now=NOW).is_new
    with acting_as(plan.person.citizen_id) as viewer:
        operations.answer(
            person_id=plan.person.person_id,
            code="sleep-well",
            respondent=Respondent.PERSON,
            given=given({"sleep": 4}),
            by=viewer,
        )
    (row,) = seen(plan, people.COORDINATOR)
    assert (row.instrument, row.answers) == ("sleep-well", {"sleep": 4})
    found = loading.newest("sleep-well")
    assert found is not None
    assert [one.item.code for one in progress.of_items(found, [row])] == ["sleep"]


def test_a_slot_is_refused_until_its_texts_are_loaded(committed: None) -> None:
    plan = living()
    loading.load(text=slot(), now=NOW)
    assert loading.newest("licensed") is None
    with acting_as(plan.person.citizen_id) as viewer, pytest.raises(policies.NoSuchInstrument):
        operations.answer(
            person_id=plan.person.person_id,
            code="licensed",
            respondent=Respondent.PERSON,
            given=given({"sleep": 4}),
            by=viewer,
        )
    assert loading.load(text=delivered(), now=NOW).is_new
    assert loading.newest("licensed") is not None


def test_a_version_in_use_never_changes_and_a_new_one_stands_beside_it(committed: None) -> None:
    loading.load(text=of_our_own(), now=NOW)
    with pytest.raises(BadFile, match="Raise the version number"):
        loading.load(text=of_our_own(every_months=2), now=NOW)
    loading.load(text=of_our_own(version=2, every_months=2), now=NOW)
    assert loading.known()["sleep-well"].keys() == {1, 2}
    newest = loading.newest("sleep-well")
    assert newest is not None
    assert newest.version == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing here"),
        ("code: [", "cannot be read"),
        (of_our_own(version=0), "“version” has a value of the wrong kind"),
        (of_our_own(code="Æ space"), "“code” has a value"),
        (of_our_own(surprise=1), "“surprise” is not a word that can stand here"),
        (of_our_own(items=[]), "“items” has a value"),
        (of_our_own(needed_by={"health_service": ["nap"]}), "“nap” is not a word"),
        (of_our_own(scale={"lowest": 4, "highest": 1, "better": "higher"}), "Turn the two round"),
        (of_our_own(scale=SCALE), "Step 1 ends the scale"),
        (of_our_own(items=[{"code": "sleep", "kind": "health"}]), "“name” is missing"),
        (of_our_own(items=[{"code": "sleep", "kind": "identity"}]), "“kind” has a value"),
        (SHIPPED, "comes with Samvirke"),
    ],
)
def test_a_bad_file_is_told_line_by_line(text: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=r"Line \d+: ") as told:
        loading.load(text=text, now=NOW)
    assert sentence in str(told.value)


def test_the_same_item_twice_is_told() -> None:
    def item() -> dict[str, object]:
        return {"code": "a1", "kind": "health", "name": words("x"), "asked": {"person": words("x?")}}

    with pytest.raises(BadFile, match="“a1” is named twice"):
        loading.load(text=of_our_own(items=[item(), item()], needed_by={}), now=NOW)


def test_the_command_loads_and_lists(committed: None, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(of_our_own(), encoding="utf-8")
    said = CliRunner().invoke(instruments, ["load", str(path)])
    assert (said.exit_code, "sleep-well, version 1, is read in" in said.output) == (0, True)
    path.write_text(of_our_own(version=2, surprise=1), encoding="utf-8")
    refused = CliRunner().invoke(instruments, ["load", str(path)])
    assert refused.exit_code == 1
    assert "own.yaml cannot be used, and nothing was changed" in refused.output
    path.write_bytes(b"\xff\xfe")
    assert "UTF-8" in CliRunner().invoke(instruments, ["load", str(path)]).output
    path.write_text(slot(), encoding="utf-8")
    assert "waits for its texts" in CliRunner().invoke(instruments, ["load", str(path)]).output
    listed = CliRunner().invoke(instruments, ["list"])
    assert "everyday-steps" in listed.output
    assert "licensed" in listed.output
