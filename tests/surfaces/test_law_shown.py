"""No page cites a law that nobody has compared with the law itself."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest
import yaml

import people
from samvirke.statutes import queries as statutes
from surfaces.everywhere import Heard, World, visit

pytestmark = people.database


def unverified() -> set[str]:
    """How every row that nobody has compared with the law cites it."""
    rows = [row for pack in statutes.packs() for found in pack.lists.values() for row in found]
    cases = [case for pack in statutes.packs() if pack.access_log for case in pack.access_log.kept_back]
    return {row.provision for row in rows if row.verified_on is None} | {
        case.rests_on for case in cases if case.verified_on is None
    }


@pytest.fixture
def here(one_world: World, db: None) -> World:
    """The swept world: plans of persons and of a family with a child coordinator."""
    return one_world


def heard(who: UUID, here: World) -> Heard:
    """All pages and documents, as this post."""
    return visit(who, here, sends=False)


@pytest.mark.parametrize("who", ["coordinator", "coordination leader", "mother"])
def test_no_page_cites_an_unverified_row(who: str, here: World) -> None:
    post = here.family.mother.person.citizen_id if who == "mother" else people.EVERYBODY[who]
    said = heard(post, here)
    assert len(unverified()) > 15
    assert said.finds(sorted(unverified())) == {}
    assert "Individual" in said.text or "Individuell" in said.text
    assert said.pages > 10


def test_a_verified_row_is_cited_on_page_and_in_document(
    here: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "packs"
    shutil.copytree(statutes.PACKS, folder)
    norway = yaml.safe_load((folder / "no.yaml").read_text(encoding="utf-8"))
    for row in [*norway["plan_kinds"], *norway["rights"], *norway["duties"]]:
        if row.get("reading") != "memory":
            row["verified_on"] = "2026-11-01"
    (folder / "no.yaml").write_text(yaml.safe_dump(norway, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(statutes, "PACKS", folder)
    text = statutes.plan_kind("no.individual_plan", on=people.NOW.date()).provision
    duty = norway["duties"][0]["provision"]
    said = heard(people.COORDINATOR, here)
    places = {place.split("/")[-2] for place, page in said.said if text in page and "/plans/" in place}
    assert "document" in places
    assert len(places) > 1
    assert duty in said.text
    assert norway["rights"][0]["provision"] in heard(here.family.mother.person.citizen_id, here).text
