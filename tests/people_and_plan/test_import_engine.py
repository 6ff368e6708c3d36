"""All or nothing, the dry run row by row, the error file that comes back, and an import taken back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, connections, transaction
from openpyxl import Workbook, load_workbook

import people
from exchange.test_insurance import caseload, person
from exchange.test_nav import line
from gate.scratch import connect, later
from gate.test_regressions import superuser, wait_for_a_lock
from people import acting_as
from people_and_plan.stand_ins import number
from people_and_plan.test_imports import nav_list
from samvirke.agencies import operations as agencies
from samvirke.agencies.types import NewAgency, NewPost, NewUnit
from samvirke.exchange.inbox import differences, error_file, mappings, queries, undo
from samvirke.exchange.inbox.differences import Found
from samvirke.exchange.inbox.fields import OUR_COLUMNS
from samvirke.exchange.inbox.mappings import NoColumns, WrongColumns
from samvirke.exchange.inbox.operations import Imported, import_file
from samvirke.exchange.inbox.types import Mode, RowDifference, RunPage
from samvirke.exchange.models import ColumnMapping, ImportRun
from samvirke.exchange.systems import follow_up
from samvirke.gate import operations as gate
from samvirke.gate import queries as ask
from samvirke.gate.access import Role
from samvirke.gate.types import Refused
from samvirke.kernel.codes import AgencyKind, Country
from samvirke.kernel.gate_words import Purpose
from samvirke.people import merge, secrets, ties
from samvirke.people import operations as people_operations
from samvirke.people.merge import Merged
from samvirke.people.models import ClientRecord, Person, RecordChange
from samvirke.people.types import Assessed
from samvirke.programmes import operations as programmes
from samvirke.surfaces.commands.imports import import_

HEADER = ["Saksnr", "Fødselsnummer", "Fornavn", "Etternavn", "Kommune", "Status", "Versjon"]
ADVISER = people.FOLLOW_UP_ADVISER
WROTE = "people.write_records"


def row(serial: int, **changes: str) -> list[str]:
    """A row of the follow-up service's list."""
    cells = dict(
        zip(HEADER, [f"O-{serial}", number(serial), "Kari", f"Nr {serial}", "9901", "", "1"], strict=True)
    )
    return list((cells | changes).values())


def a_list(folder: Path, *rows: list[str], name: str = "liste.csv") -> Path:
    """The list as CSV, or as XLSX by its name."""
    path = folder / name
    if path.suffix == ".xlsx":
        book = Workbook()
        for cells in (HEADER, *rows):
            book.active.append(cells)
        for line in book.active.iter_rows():
            for cell in line:
                cell.data_type = "s"  # a text that begins with = is a text
        book.save(path)
    else:
        path.write_text("\n".join(";".join(cells) for cells in (HEADER, *rows)), encoding="utf-8")
    return path


def choose_columns(path: Path, post: UUID = ADVISER) -> None:
    """The columns as they are proposed."""
    headings, _ = follow_up.headings(path)
    with acting_as(post) as viewer:
        mappings.save_columns(columns=mappings.proposal(path), headings=headings, by=viewer)


def take_in(path: Path, *, mode: Mode = Mode.GOOD_ROWS_ONLY, dry_run: bool = False) -> Imported:
    """The list, as the follow-up service."""
    if not saved():
        choose_columns(path)
    with acting_as(ADVISER) as viewer:
        return import_file(
            system=AgencyKind.FOLLOW_UP_SERVICE, path=path, dry_run=dry_run, mode=mode, by=viewer
        )


def saved() -> bool:
    """Whether columns were chosen."""
    with acting_as(ADVISER):
        return ColumnMapping.objects.exists()


def taken(path: Path) -> UUID:
    """The run of a list that was taken in."""
    run_id = take_in(path).run_id
    assert run_id is not None
    return run_id


def take_back(run_id: UUID, post: UUID = ADVISER, purpose: Purpose = Purpose.COORDINATION) -> RunPage:
    """The report of taking a run back."""
    with acting_as(post, purpose) as viewer:
        return queries.run(viewer, undo.take_back(run_id=run_id, by=viewer))


def records() -> dict[str, ClientRecord]:
    """The service's records by their own number."""
    with acting_as(ADVISER):
        return records_now()


def records_now() -> dict[str, ClientRecord]:
    """The same for whoever is here."""
    return {one.external_id: one for one in ClientRecord.objects.all()}


def found(path: Path) -> list[Found]:
    """What a dry run finds, in the order of the file."""
    if not saved():
        choose_columns(path)
    with acting_as(ADVISER) as viewer:
        import_file(system=AgencyKind.FOLLOW_UP_SERVICE, path=path, dry_run=True, by=viewer)
        return sorted(differences.found(), key=lambda one: one.row)


def told(path: Path) -> list[RowDifference]:
    """The dry run, row by row."""
    rows = found(path)
    with acting_as(ADVISER) as viewer:
        return differences.told(rows, by=viewer)


@contextmanager
def refused(why: str) -> Iterator[None]:
    """The database says no, and the transaction goes on."""
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        yield


def everything(name: str) -> dict[str, int]:
    """How many rows each table holds, for somebody who sees all of them."""
    with connect("backup", name) as link:
        tables = [
            table for (table,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        counts = "SELECT count(*) FROM "
        found = {str(table): link.execute((counts + str(table)).encode()).fetchone() for table in tables}
    return {table: int(str(count[0])) for table, count in found.items() if count is not None}


def test_all_or_nothing_writes_nothing_but_its_report(committed: str, tmp_path: Path) -> None:
    choose_columns(a_list(tmp_path))
    path = a_list(tmp_path, row(4), row(5, Fødselsnummer="1"), row(6))
    before = everything(committed)
    found = take_in(path, mode=Mode.ALL_OR_NOTHING)
    assert (found.merged, found.held_back, found.refused_rows, found.rows) == (Merged(), 2, 1, 3)
    after = everything(committed)
    report = {"exchange_importrun": 1, "exchange_refusedline": 1}
    assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == report
    assert found.run_id is not None
    with acting_as(ADVISER) as viewer:
        page = queries.run(viewer, found.run_id)
    assert (page.row.held_back, [line.row for line in page.refusals]) == (2, [3])
    sound = a_list(tmp_path, row(4), row(6))
    assert take_in(sound, mode=Mode.ALL_OR_NOTHING).merged == Merged(new=2)


def test_a_dry_run_writes_nothing_at_all(committed: str, tmp_path: Path) -> None:
    path = a_list(tmp_path, row(4), row(5, Fødselsnummer="1"))
    choose_columns(path)
    before = everything(committed)
    assert take_in(path, dry_run=True).merged == Merged(new=1)
    assert len(told(path)) == 2
    assert everything(committed) == before


def test_a_broken_file_leaves_no_more_than_its_report(committed: str, tmp_path: Path) -> None:
    """The insurance agency's file, sound and cut off; and its own unit alone sees it."""
    system = insurance_agency()
    path = tmp_path / "trygd.xml"
    whole = caseload(person(), person(external_id="T-2", sex="M"))
    for text, expected in ((whole[:-30], Merged()), (whole, Merged(new=1)), (whole, Merged(same=1))):
        path.write_text(text, encoding="utf-8")
        with acting_as(system, Purpose.SERVICE) as viewer:
            found = import_file(system=AgencyKind.INSURANCE, path=path, dry_run=False, by=viewer)
            assert ClientRecord.objects.count() == expected.new + expected.same
        assert (found.merged, found.is_taken) == (expected, expected != Merged())
    with acting_as(people.NAV_SYSTEM, Purpose.SERVICE):
        assert not ClientRecord.objects.exists()
        assert not ImportRun.objects.exists()
    path.write_text(whole.replace("310990940", "310990002"), encoding="utf-8")
    with acting_as(system, Purpose.SERVICE) as viewer:
        found = import_file(system=AgencyKind.INSURANCE, path=path, dry_run=False, by=viewer)
    assert found.refused[0].field == "$.sender_org"
    with io.BytesIO() as target:
        assert error_file.write(AgencyKind.INSURANCE, path, found.refused, target) == 2
        assert b"T-2;" in target.getvalue()


def insurance_agency() -> UUID:
    """An insurance agency in Fjordvik; returns the post of its own system."""
    unit, leader, system = (people._id(key) for key in ("insurance", "insurance leader", "insurance system"))
    posts = (
        NewPost(leader, "Leder for trygd", Role.UNIT_LEADER, is_leader=True),
        NewPost(system, "Fagsystem trygd", Role.INTEGRATION),
    )
    agency = NewAgency(
        id=people._id("agency insurance"),
        kind=AgencyKind.INSURANCE,
        name="Trygdeetaten",
        organisation_number="310990940",
        units=(NewUnit(unit, "Trygd i Fjordvik", people.FJORDVIK, posts),),
    )
    agencies.set_up(
        country=Country.NORWAY, municipalities={}, agencies=[agency], now=people.NOW - timedelta(days=10)
    )
    return system


def test_each_written_record_is_logged_once(committed: str, tmp_path: Path) -> None:
    path = a_list(tmp_path, row(4), row(5))
    for _ in range(2):
        taken(path)
    with connect("backup", committed) as link:
        logged = link.execute(
            "SELECT subject_id, basis, outcome FROM gate_accessentry WHERE verb = %s", [WROTE]
        )
        lines = logged.fetchall()
    assert {subject for subject, _, _ in lines} == {one.pk for one in records().values()}
    assert [line[1:] for line in lines] == [("own_record", "allowed")] * 2


@people.database
class TestColumns:
    def test_without_columns_nothing_is_read(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, row(4))
        with acting_as(ADVISER) as viewer, pytest.raises(NoColumns, match="has chosen which column"):
            import_file(system=AgencyKind.FOLLOW_UP_SERVICE, path=path, dry_run=True, by=viewer)

    def test_wrong_columns_are_not_saved_and_the_newest_count(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, row(4, Status="Elev"))
        headings, _ = follow_up.headings(path)
        columns = mappings.proposal(path)
        without = replace(columns, headings={**columns.headings, "national_id": ""})
        with acting_as(ADVISER) as viewer:
            with pytest.raises(WrongColumns, match="No column is chosen for national_id"):
                mappings.save_columns(columns=without, headings=headings, by=viewer)
            assert mappings.saved_columns(people.FOLLOW_UP) is None
            mappings.save_columns(columns=columns, headings=headings, by=viewer)
            ours = replace(columns, codes={"occupation": {"elev": "other_intervention"}})
            mappings.save_columns(columns=ours, headings=headings, by=viewer)
            assert mappings.saved_columns(people.FOLLOW_UP) == ours
        taken(path)
        assert records()["O-4"].occupation == "other_intervention"

    def test_they_are_the_units_own(self, tmp_path: Path) -> None:
        choose_columns(a_list(tmp_path))
        for post, sees in ((people.FOLLOW_UP_LEADER, True), (people.SOCIAL_WORKER, False)):
            with acting_as(post):
                assert (mappings.saved_columns(people.FOLLOW_UP) is not None) is sees

    def test_who_may_write_no_records_may_not_import(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, row(4))
        with acting_as(people.EVALUATOR, Purpose.EVALUATION) as viewer:
            for act in (
                lambda: import_file(system=AgencyKind.FOLLOW_UP_SERVICE, path=path, dry_run=True, by=viewer),
                lambda: mappings.save_columns(columns=mappings.proposal(path), headings=HEADER, by=viewer),
                lambda: undo.take_back(run_id=people.PARTNERSHIP, by=viewer),
                lambda: differences.told([], by=viewer),
            ):
                with pytest.raises(Refused):
                    act()


@people.database
class TestTakingIn:
    @pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
    def test_the_same_list_twice_changes_nothing(self, tmp_path: Path, name: str) -> None:
        path = a_list(tmp_path, row(4), row(5), name=name)
        assert take_in(path).merged == Merged(new=2)
        assert take_in(path).merged == Merged(same=2)
        older = a_list(tmp_path, row(4, Etternavn="For sent", Versjon="0"), name=name)
        assert take_in(older).merged == Merged(same=1)
        assert records()["O-4"].family_name == "Nr 4"

    def test_a_client_twice_in_a_list_is_one_however_far_apart(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("samvirke.exchange.inbox.operations.BATCH", 2)
        monkeypatch.setattr(merge, "CHUNK", 2)
        last = row(4, Etternavn="Siste", Versjon="2")
        path = a_list(tmp_path, *[row(serial) for serial in (4, 5, 6, 7, 8)], last)
        for dry_run in (True, False):
            assert take_in(path, dry_run=dry_run).merged == Merged(new=5, same=1)
        assert (len(records()), records()["O-4"].family_name) == (5, "Siste")

    def test_progress_rises_to_its_end(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, *[row(serial) for serial in range(4, 9)])
        choose_columns(path)
        seen: list[tuple[int, int]] = []
        with acting_as(ADVISER) as viewer:
            import_file(
                system=AgencyKind.FOLLOW_UP_SERVICE,
                path=path,
                dry_run=False,
                by=viewer,
                progress=lambda done, total: seen.append((done, total)),
            )
        assert seen == sorted(seen)
        assert seen[-1] == (10, 10)
        assert all(done <= total for done, total in seen)

    def test_a_unit_of_several_municipalities_must_be_told_which(self, tmp_path: Path) -> None:
        (refusal,) = take_in(a_list(tmp_path, row(4, Kommune=""))).refused
        assert refusal.reason == "The row states no municipality, and this unit serves several."

    def test_the_database_is_asked_as_often_for_many_rows_as_for_few(self, tmp_path: Path) -> None:
        """Two batches of rows ask once more than one: for each table that a batch is staged in."""
        counts = []
        for size in (3, 30):
            path = a_list(tmp_path, *[row(serial, Versjon=str(size)) for serial in range(4, 4 + size)])
            choose_columns(path)
            asked: list[str] = []

            def ask_for(execute, statement, values, many, context, asked=asked):  # type: ignore[no-untyped-def]
                asked.append(statement)
                return execute(statement, values, many, context)

            with connection.execute_wrapper(ask_for):
                take_in(path)
            counts.append(len(asked))
        assert counts[0] == counts[1] < 50


@people.database
class TestDifferences:
    def test_each_row_tells_what_it_would_do(self, tmp_path: Path) -> None:
        taken(a_list(tmp_path, row(4), row(5)))
        path = a_list(
            tmp_path,
            row(4, Etternavn="Ny", Status="Elev", Versjon="2"),
            row(5),
            row(6),
            row(7, Fødselsnummer="1"),
            row(5, Fødselsnummer=number(8), Versjon="2"),
        )
        changed, new, refused, other = told(path)
        assert [(one.field, one.before, one.after) for one in changed.changes] == [
            ("family_name", "Nr 4", "Ny"),
            ("occupation", None, "education"),
        ]
        assert (changed.verdict, changed.name, changed.external_id) == ("changed", "Kari Ny", "O-4")
        assert [one.verdict for one in (new, refused)] == ["new", "refused"]
        assert refused.refused is not None
        assert refused.refused.field == "Fødselsnummer"
        assert [(one.field, one.before, one.after) for one in other.changes] == [("national_id", "", "")]
        assert [one.row for one in told(path)] == [2, 4, 5, 6]  # of a client's rows the newer one counts

    def test_what_has_changed_since_the_dry_run_is_told_as_it_is_now(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, row(4, Fornavn="Kåre"), row(5), row(6))
        rows = found(path)
        taken(a_list(tmp_path, row(4), row(5), name="imens.csv"))
        with acting_as(ADVISER) as viewer:
            now = differences.told(rows, by=viewer)
        assert [(one.row, one.verdict) for one in now] == [(2, "changed"), (4, "new")]

    def test_what_is_kept_of_a_row_holds_no_number(self, tmp_path: Path) -> None:
        (kept,) = found(a_list(tmp_path, row(4)))
        assert "Nr 4" in kept.read
        assert number(4) not in kept.read
        assert json.loads(kept.read).get("national_id_secret") is None

    def test_reading_stored_values_is_logged(self, tmp_path: Path) -> None:
        taken(a_list(tmp_path, row(4), row(5)))
        rows = found(a_list(tmp_path, row(4, Etternavn="Ny", Versjon="2"), row(5), row(6)))
        with acting_as(ADVISER) as viewer:
            assert differences.told(rows, by=viewer)
            assert [line.subject_id for line in viewer.lines.values()] == [records_now()["O-4"].pk]

    def test_a_protected_place_is_not_told(self, tmp_path: Path) -> None:
        """The service's own record of a mother in hiding: the municipality differs, and no value is told."""
        hers = people.family().mother
        mother_number = people_number(hers.person.person_id)
        taken(a_list(tmp_path, row(4, Fødselsnummer=mother_number), row(5)))
        with acting_as(people.SOCIAL_WORKER):
            gate.admit(consent_id=hers.person.consent_id, post_ids=[ADVISER])
        with acting_as(ADVISER) as viewer:
            assert ties.match_own_record(
                person_id=hers.person.person_id,
                unit_id=people.FOLLOW_UP,
                consent_id=hers.person.consent_id,
                by=viewer,
            )
        moved = a_list(
            tmp_path,
            row(4, Fødselsnummer=mother_number, Kommune=people.KANARIVIK, Versjon="2"),
            row(5, Kommune=people.KANARIVIK, Versjon="2"),
        )
        of_mother, of_other = told(moved)
        assert [(one.field, one.before, one.after) for one in of_mother.changes] == [("municipality", "", "")]
        assert [one.before for one in of_other.changes] == [people.FJORDVIK]


def people_number(person_id: UUID) -> str:
    """A person's national id, as somebody around them may read it."""
    with acting_as(people.SOCIAL_WORKER):
        return secrets.unseal(Person.objects.get(pk=person_id).national_id_secret)


@people.database
class TestErrorFile:
    @pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
    def test_corrected_it_comes_back_in(self, tmp_path: Path, name: str) -> None:
        path = a_list(
            tmp_path, row(4), row(5, Fødselsnummer="=1+1"), row(6, Kommune="0301"), row(7), name=name
        )
        run_id = taken(path)
        out = tmp_path / f"errors{path.suffix}"
        with acting_as(ADVISER) as viewer, out.open("wb") as target:
            assert (
                error_file.of_run(run_id=run_id, path=path, target=target, by=viewer, say=in_other_words) == 2
            )
        cells = list(read_back(out))
        assert cells[0] == [*HEADER, *OUR_COLUMNS]
        assert [line[:7] for line in cells[1:]] == [row(5, Fødselsnummer="=1+1"), row(6, Kommune="0301")]
        assert [line[7:9] for line in cells[1:]] == [["3", "Fødselsnummer"], ["4", "municipality"]]
        assert cells[1][9] == "Nemlig: The national id must have eleven digits."
        assert take_in(out, dry_run=True).refused_rows == 2
        cells[1][1], cells[2][4] = number(5), "9903"
        write_back(out, cells)
        assert take_in(out).merged == Merged(new=2)
        assert set(records()) == {"O-4", "O-5", "O-6", "O-7"}

    def test_another_file_and_another_unit_get_none(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, row(4, Fødselsnummer="1"))
        run_id = taken(path)
        changed = a_list(tmp_path, row(4, Fødselsnummer="2"), name="annen.csv")
        with (
            acting_as(ADVISER) as viewer,
            pytest.raises(error_file.NotTheSameFile, match="not the file liste"),
        ):
            error_file.of_run(run_id=run_id, path=changed, target=io.BytesIO(), by=viewer)
        with acting_as(people.SOCIAL_WORKER) as viewer, pytest.raises(ImportRun.DoesNotExist):
            error_file.of_run(run_id=run_id, path=path, target=io.BytesIO(), by=viewer)


def test_no_cell_of_a_refused_row_is_kept(committed: str, tmp_path: Path) -> None:
    taken(a_list(tmp_path, row(4, Fornavn="Kanarifugl", Fødselsnummer="1")))
    with connect("backup", committed) as link:
        tables = [
            one for (one,) in link.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        for table in tables:
            rows = link.execute(f"SELECT t::text FROM {table} t".encode()).fetchall()  # noqa: S608
            assert "Kanarifugl" not in str(rows)


def in_other_words(text: str) -> str:
    """Stands in for a translation."""
    return f"Nemlig: {text}"


def read_back(path: Path) -> Iterator[list[str]]:
    """The cells of an error file."""
    if path.suffix == ".xlsx":
        for cells in load_workbook(path).active.iter_rows():
            assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
            yield [str(cell.value or "") for cell in cells]
    else:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.reader(stream, delimiter=";")


def write_back(path: Path, rows: list[list[str]]) -> None:
    """The error file, corrected."""
    if path.suffix == ".xlsx":
        book = Workbook()
        for cells in rows:
            book.active.append(cells)
        book.save(path)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)


@people.database
class TestTakingBack:
    def test_new_ones_are_withdrawn_and_changed_ones_restored(self, tmp_path: Path) -> None:
        taken(a_list(tmp_path, row(4, Status="Elev"), row(5)))
        before = records()["O-4"]
        path = a_list(tmp_path, row(4, Etternavn="Feil", Fødselsnummer=number(8), Versjon="2"), row(6))
        wrong = taken(path)
        assert records()["O-4"].family_name == "Feil"
        page = take_back(wrong)
        assert (page.row.rows, page.row.changed, page.row.withdrawn, page.refusals) == (2, 1, 1, ())
        assert page.row.undoes == wrong
        after = records()
        assert set(after) == {"O-4", "O-5"}
        for field in ClientRecord._meta.concrete_fields:
            assert getattr(after["O-4"], field.attname) == getattr(before, field.attname)
        with acting_as(ADVISER) as viewer:
            assert queries.run(viewer, wrong).row.undone_by == page.row.run_id
            assert not RecordChange.objects.filter(former__isnull=False).exists()
        assert take_in(path).merged == Merged(new=1, changed=1)  # the same file, taken in anew

    def test_twice_says_so(self, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(4)))
        page = take_back(run_id)
        with pytest.raises(undo.AlreadyTakenBack, match="has been taken back already"):
            take_back(run_id)
        with pytest.raises(undo.NothingToTakeBack):
            take_back(page.row.run_id)

    def test_what_changed_nothing_cannot_be_taken_back(self, tmp_path: Path) -> None:
        path = a_list(tmp_path, row(4))
        taken(path)
        with pytest.raises(undo.NothingToTakeBack, match="changed no record"):
            take_back(taken(path))

    def test_what_work_has_begun_with_stays(self, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, *[row(serial) for serial in (4, 5, 6, 7, 8)]))
        found = records()
        with acting_as(ADVISER) as viewer:
            assessed = Assessed(assessed_at_risk=True)
            people_operations.assess_record(record_id=found["O-4"].pk, said=assessed, by=viewer)
            people_operations.record_no(record_id=found["O-5"].pk, by=viewer)
            people_operations.record_yes(
                record_id=found["O-6"].pk,
                partnership_id=people.PARTNERSHIP,
                given_name="Kari",
                family_name="Nr 6",
                terms=people.terms(),
                by=viewer,
            )
        page = take_back(run_id, people.FOLLOW_UP_LEADER)  # who sees neither assessment nor link
        assert (page.row.withdrawn, page.row.refused) == (2, 3)
        assert [line.row for line in page.refusals] == [2, 3, 4]
        reasons = {line.reason for line in page.refusals}
        assert reasons == {"Work with this client has begun, so the record stays."}  # not which work
        assert set(records()) == {"O-4", "O-5", "O-6"}

    def test_a_screened_record_stays(self, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(4)))
        with acting_as(ADVISER) as viewer:
            programmes.screen_own_caseload(partnership_id=people.PARTNERSHIP, by=viewer)
        assert (take_back(run_id).row.refused, set(records())) == (1, {"O-4"})

    def test_what_a_later_import_changed_stays_until_that_is_taken_back(self, tmp_path: Path) -> None:
        first = taken(a_list(tmp_path, row(4), row(5)))
        second = taken(a_list(tmp_path, row(4, Etternavn="To", Versjon="2"), row(5)))
        third = taken(a_list(tmp_path, row(4, Etternavn="Tre", Versjon="3")))
        page = take_back(second)
        assert [(line.row, line.reason) for line in page.refusals] == [
            (2, "A later import has changed the record again.")
        ]
        assert records()["O-4"].family_name == "Tre"
        assert take_back(third).row.changed == 1
        assert records()["O-4"].family_name == "To"
        page = take_back(first)
        assert (page.row.withdrawn, page.row.refused, set(records())) == (1, 1, {"O-4"})

    def test_another_unit_takes_nothing_back(self, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(4)))
        with pytest.raises(ImportRun.DoesNotExist):
            take_back(run_id, people.SOCIAL_WORKER)
        assert set(records()) == {"O-4"}

    def test_the_gate_closes_no_record_of_others_or_in_use(self, tmp_path: Path) -> None:
        taken(a_list(tmp_path, row(4)))
        record_id = records()["O-4"].pk
        with acting_as(people.SOCIAL_WORKER):
            assert ask.records_in_use([record_id]) == frozenset()
            gate.close_records(unit_id=people.SOCIAL, record_ids=[record_id])
        assert set(records()) == {"O-4"}
        with acting_as(people.SOCIAL_WORKER), refused("records of its own only"):
            gate.close_records(unit_id=people.FOLLOW_UP, record_ids=[record_id])
        with acting_as(ADVISER) as viewer:
            people_operations.record_no(record_id=record_id, by=viewer)
        with acting_as(people.FOLLOW_UP_LEADER), refused("in use is not closed"):
            gate.close_records(unit_id=people.FOLLOW_UP, record_ids=[record_id])


def test_messages_about_cases_stay(committed: str, tmp_path: Path) -> None:
    with acting_as(people.SOCIAL_SYSTEM, Purpose.SERVICE) as viewer:
        run = ImportRun.objects.create(
            id=people._id("run"),
            system=AgencyKind.SOCIAL_SERVICE,
            unit_id=people.SOCIAL,
            file_name="saker.jsonl",
            file_hash="x",
            started_at=viewer.now,
            imported_by_id=viewer.post_id,
            rows=1,
            new=1,
            changed=0,
            same=0,
            refused=0,
        )
    with pytest.raises(undo.MessagesStay, match="tells what has happened"):
        take_back(run.pk, people.SOCIAL_SYSTEM, Purpose.SERVICE)


def test_after_thirty_days_it_is_too_late_and_nothing_is_kept(committed: str, tmp_path: Path) -> None:
    taken(a_list(tmp_path, row(4)))
    second = taken(a_list(tmp_path, row(4, Etternavn="To", Versjon="2")))
    with later(31):
        with pytest.raises(undo.TooLateToTakeBack, match="for 30 days"):
            take_back(second)
        with acting_as(ADVISER):
            assert RecordChange.objects.filter(former__isnull=False).count() == 1
        taken(a_list(tmp_path, row(5)))
        with acting_as(ADVISER):
            assert not RecordChange.objects.filter(former__isnull=False).exists()


def test_a_record_that_is_lost_while_the_rows_are_waited_for_stays_and_the_rest_is_taken_back(
    committed: str, tmp_path: Path
) -> None:
    """Of two records one stops being the unit's, after it was found and before it could be locked."""
    run_id = taken(a_list(tmp_path, row(4), row(5)))
    lost = records()["O-4"].pk
    pages: list[RunPage] = []

    def take() -> None:
        try:
            pages.append(take_back(run_id))
        finally:
            connections.close_all()

    with superuser(committed) as writer, writer.transaction():
        writer.execute("SELECT 1 FROM people_clientrecord WHERE id = %s FOR UPDATE", [lost])
        taking = Thread(target=take)
        taking.start()
        wait_for_a_lock(writer)
        writer.execute("DELETE FROM gate_grant WHERE subject_id = %s", [lost])
    taking.join(timeout=20)
    (page,) = pages
    assert (page.row.withdrawn, page.row.refused) == (1, 1)
    assert [line.reason for line in page.refusals] == ["This post may not change the record."]
    with connect("backup", committed) as link:
        left = link.execute(
            "SELECT external_id FROM people_clientrecord WHERE withdrawn_at IS NULL"
        ).fetchall()
        noted = link.execute(
            "SELECT 1 FROM gate_accessentry WHERE subject_id = %s AND verb = %s", [lost, WROTE]
        ).fetchall()
    assert left == [("O-4",)]
    assert len(noted) == 1  # when it was taken in


def test_figures_leave_out_what_was_taken_back_and_nothing_of_it_remains(
    committed: str, tmp_path: Path
) -> None:
    run_id = taken(a_list(tmp_path, row(4, Fornavn="Kanarifugl"), row(5, Fødselsnummer="1")))
    assert flow(committed) == [("0000", 0, 1), ("9901", 1, 0)]
    take_back(run_id)
    assert flow(committed) == []
    with connect("backup", committed) as link:
        (left,) = link.execute("SELECT t::text FROM people_clientrecord t").fetchall()
        facts = link.execute("SELECT code FROM events_fact ORDER BY code").fetchall()
    assert "Kanarifugl" not in str(left)
    assert "O-4" not in str(left)
    assert number(4) not in str(left)
    assert [code for (code,) in facts] == [
        "import_finished",
        "import_taken_back",
        "record_imported",
        "record_withdrawn",
    ]
    assert take_in(a_list(tmp_path, row(4))).merged == Merged(new=1)
    assert flow(committed)[-1] == ("9901", 1, 0)


def test_from_the_command_line(committed: str, tmp_path: Path) -> None:
    """A bad row keeps all out, is written into a file, and comes back corrected."""
    path, errors = nav_list(tmp_path, line(), line(BRUKER_ID="N-2", FNR="1")), tmp_path / "errors.csv"
    nothing = command(path, "--all-or-nothing", "--errors", str(errors))
    assert nothing.startswith("Nothing was taken in: of 2 rows 1 are refused, and 1 that are sound wait")
    assert f"{errors} holds 1 refused rows." in nothing
    assert command(path).startswith("Of 2 rows 1 are new, 0 changed, 0 the same, 1 refused.")
    text = errors.read_bytes().decode("iso-8859-1").replace(";1;", f";{number(5)};", 1)
    errors.write_bytes(text.replace("17.05.1990", "04.05.1994").encode("iso-8859-1"))
    assert command(errors).startswith("Of 1 rows 1 are new, 0 changed, 0 the same, 0 refused.")
    refused = CliRunner().invoke(import_, ["nav_state", str(path), "--unit", "Nowhere"])
    assert "There is no unit called 'Nowhere'" in refused.output
    messages = CliRunner().invoke(
        import_,
        ["social_service", str(path), "--unit", "Sosialtjenesten i Fjordvik", "--errors", str(errors)],
    )
    assert "Messages are not given back as a file" in messages.output


def command(path: Path, *more: str) -> str:
    """What `samvirke import` says of Nav's list; without a bar, since it is no terminal."""
    found = CliRunner().invoke(import_, ["nav_state", str(path), "--unit", "Nav Fjordvik", *more])
    assert found.exit_code == 0, found.output
    return found.output


def flow(name: str) -> list[tuple[object, ...]]:
    """Imported records and refused rows by municipality, as the figures have them."""
    with connect("insight", name) as link:
        return link.execute(
            "SELECT municipality, imported, refused_rows FROM published.v1_flow ORDER BY municipality"
        ).fetchall()
