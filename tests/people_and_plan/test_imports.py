"""Taking in files: nothing lost, nothing twice, and a bad row told with what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import people
from exchange.envelopes import as_line, envelope, payload, payment
from exchange.test_nav import line
from gate.scratch import connect
from people import acting_as
from people_and_plan.stand_ins import number
from samvirke.exchange.inbox import queries
from samvirke.exchange.inbox.operations import Imported, import_file
from samvirke.exchange.inbox.readers import NotYourSystem
from samvirke.exchange.models import CaseEvent, ImportRun
from samvirke.exchange.systems.nav.mapping import COLUMNS
from samvirke.gate.models import Grant
from samvirke.kernel.codes import AgencyKind
from samvirke.kernel.gate_words import Purpose
from samvirke.people.merge import Merged
from samvirke.people.models import ClientRecord

FJORDVIK_ORG, NORDENG_ORG = "310990000", "310990019"


@pytest.fixture
def numbered(committed: str) -> None:
    """A database in which the two municipalities have numbers that a message may carry."""
    for old, new in (("310990002", FJORDVIK_ORG), ("310990010", NORDENG_ORG)):
        with connect("owner", committed) as owner:
            owner.execute(
                "UPDATE agencies_agency SET organisation_number = %s WHERE organisation_number = %s",
                [new, old],
            )


def nav_list(folder: Path, *rows: str) -> Path:
    """Nav's client list."""
    path = folder / "nav.csv"
    path.write_bytes("\r\n".join((";".join(COLUMNS), *rows)).encode("iso-8859-1"))
    return path


def messages(folder: Path, *told: dict[str, Any], name: str = "saker.jsonl") -> Path:
    """A delivery of the social service's own system."""
    path = folder / name
    path.write_bytes(b"".join(as_line(one) for one in told))
    return path


def message(**fields: Any) -> dict[str, Any]:
    """A message of Fjordvik's system about one client, with one payment."""
    return envelope(payload(payment("U-1")), sender_org=FJORDVIK_ORG, **fields)


def take_in(
    path: Path,
    *,
    system: AgencyKind = AgencyKind.NAV_STATE,
    post: UUID = people.NAV_SYSTEM,
    dry_run: bool = False,
) -> Imported:
    """The file, as the unit's own system."""
    with acting_as(post, Purpose.SERVICE) as viewer:
        return import_file(system=system, path=path, dry_run=dry_run, by=viewer)


def from_social(path: Path, *, post: UUID = people.SOCIAL_SYSTEM) -> Imported:
    """The file, as the social service's own system."""
    return take_in(path, system=AgencyKind.SOCIAL_SERVICE, post=post)


def counts(post: UUID = people.NAV_SYSTEM) -> tuple[int, int, int]:
    """Records, accesses to them and case events, as the system sees them."""
    with acting_as(post, Purpose.SERVICE):
        return ClientRecord.objects.count(), Grant.objects.count(), CaseEvent.objects.count()


@people.database
class TestTwice:
    def test_the_same_list_twice_changes_nothing(self, tmp_path: Path) -> None:
        path = nav_list(tmp_path, line(), line(BRUKER_ID="N-2", FNR=number(5), FØDSELSDATO="04.05.1994"))
        assert take_in(path).merged == Merged(new=2)
        before = counts()
        assert take_in(path).merged == Merged(same=2)
        assert counts() == before == (2, 2, 0)

    def test_both_runs_are_kept(self, tmp_path: Path) -> None:
        path = nav_list(tmp_path, line())
        runs = [take_in(path).run_id for _ in range(2)]
        with acting_as(people.NAV_SYSTEM, Purpose.SERVICE) as viewer:
            found = queries.runs(viewer)
        assert {row.run_id for row in found} == set(runs)
        assert sorted((row.new, row.same) for row in found) == [(0, 1), (1, 0)]


@people.database
class TestRefusals:
    def test_a_bad_row_is_told_and_the_others_are_taken(self, tmp_path: Path) -> None:
        bad = line(BRUKER_ID="N-2", FNR="12345678901")
        found = take_in(nav_list(tmp_path, line(), bad, line(BRUKER_ID="N-3", KOMMUNENR="0301")))
        assert (found.merged, found.rows) == (Merged(new=1), 3)
        assert found.run_id is not None
        with acting_as(people.NAV_SYSTEM, Purpose.SERVICE) as viewer:
            page = queries.run(viewer, found.run_id)
        assert (page.row.rows, page.row.new, page.row.refused) == (3, 1, 2)
        assert [(row.row, row.field) for row in page.refusals] == [(3, "FNR"), (4, "municipality")]
        assert all(row.reason and row.what_to_do for row in page.refusals)
        assert "12345678901" not in str(page)

    def test_an_unknown_municipality_names_the_code(self, tmp_path: Path) -> None:
        (refusal,) = take_in(nav_list(tmp_path, line(KOMMUNENR="0301"))).refused
        assert refusal.reason.format(**refusal.params) == "Municipality 0301 is not in the directory."

    @pytest.mark.parametrize(("post", "may"), [(people.NAV_SYSTEM, True), (people.SOCIAL_SYSTEM, False)])
    def test_a_file_of_another_agencys_system_is_refused(self, tmp_path: Path, post: UUID, may: bool) -> None:
        path = nav_list(tmp_path, line())
        if may:
            assert take_in(path, post=post).merged.new == 1
        else:
            with pytest.raises(NotYourSystem):
                take_in(path, post=post)
            assert counts(post) == (0, 0, 0)

    def test_an_agency_without_a_system_imports_nothing(self, tmp_path: Path) -> None:
        with acting_as(people.COORDINATOR) as viewer, pytest.raises(NotYourSystem):
            import_file(
                system=AgencyKind.COORDINATING_UNIT, path=nav_list(tmp_path), dry_run=False, by=viewer
            )


@people.database
class TestDryRun:
    def test_it_tells_the_differences_and_writes_nothing(self, tmp_path: Path) -> None:
        take_in(nav_list(tmp_path, line()))
        before = counts()
        path = nav_list(
            tmp_path,
            line(VERSJON="5", FORNAVN="Ny"),
            line(BRUKER_ID="N-2", FNR=number(5), FØDSELSDATO="04.05.1994"),
            line(BRUKER_ID="N-3", FNR="1"),
        )
        found = take_in(path, dry_run=True)
        assert (found.run_id, found.merged, len(found.refused)) == (None, Merged(new=1, changed=1), 1)
        assert counts() == before
        with acting_as(people.NAV_SYSTEM, Purpose.SERVICE) as viewer:
            assert len(queries.runs(viewer)) == 1
        wet = take_in(path)
        assert (wet.merged, len(wet.refused)) == (found.merged, 1)


@people.database
class TestWhoSees:
    def test_an_import_is_its_units_own(self, tmp_path: Path) -> None:
        run_id = take_in(nav_list(tmp_path, line(FNR="1"))).run_id
        assert run_id is not None
        for post, sees in ((people.NAV_ADVISER, True), (people.SOCIAL_WORKER, False)):
            with acting_as(post) as viewer:
                assert bool(queries.runs(viewer)) is sees
                assert ImportRun.objects.exists() is sees
                if not sees:
                    with pytest.raises(ImportRun.DoesNotExist):
                        queries.run(viewer, run_id)
                else:
                    assert len(queries.run(viewer, run_id).refusals) == 1


class TestMessages:
    """The social service's own system sends events of cases."""

    def test_the_same_messages_twice_change_nothing(self, numbered: None, tmp_path: Path) -> None:
        path = messages(tmp_path, message())
        assert from_social(path).merged == Merged(new=1)
        before = counts(people.SOCIAL_SYSTEM)
        assert from_social(path).merged == Merged(same=1)
        assert counts(people.SOCIAL_SYSTEM) == before == (1, 1, 1)

    def test_two_agencies_may_use_the_same_message_id(self, numbered: None, tmp_path: Path) -> None:
        """Neither is lost, and neither learns of the other."""
        theirs = envelope(payload(payment("U-9")), sender_org=NORDENG_ORG)
        from_social(messages(tmp_path, message()))
        from_social(messages(tmp_path, theirs, name="nordeng.jsonl"), post=people.STRANGER_SYSTEM)
        assert message()["message_id"] == theirs["message_id"]
        for post, reference in ((people.SOCIAL_SYSTEM, "U-1"), (people.STRANGER_SYSTEM, "U-9")):
            with acting_as(post, Purpose.SERVICE):
                assert CaseEvent.objects.get().reference == reference

    @pytest.mark.parametrize(("sender", "taken"), [(FJORDVIK_ORG, 1), (NORDENG_ORG, 0)])
    def test_another_agencys_message_is_refused(
        self, numbered: None, tmp_path: Path, sender: str, taken: int
    ) -> None:
        found = from_social(messages(tmp_path, message() | {"sender_org": sender}))
        assert (found.merged.new, len(found.refused)) == (taken, 1 - taken)
        assert counts(people.SOCIAL_SYSTEM)[0] == taken
        assert [row.field for row in found.refused] == ["$.sender_org"][taken:]

    def test_payments_are_not_for_those_who_do_not_read_about_money(
        self, numbered: None, tmp_path: Path
    ) -> None:
        from_social(messages(tmp_path, message()))
        seen = {}
        for who in ("social worker", "social colleague", "social leader", "nav adviser", "stranger"):
            with acting_as(people.EVERYBODY[who]):
                seen[who] = CaseEvent.objects.count()
        assert seen == {
            "social worker": 1,
            "social colleague": 1,
            "social leader": 0,
            "nav adviser": 0,
            "stranger": 0,
        }
