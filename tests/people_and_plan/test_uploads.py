"""A file's way through the page: sent, columns chosen, looked through, taken in by a worker, taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

import people
from exchange.test_nav import line
from gate.scratch import connect, later
from jobs.queue import make_due, queued, work_off
from people import acting_as
from people_and_plan.stand_ins import number
from people_and_plan.test_import_engine import HEADER, a_list, records, row, taken
from samvirke.exchange.inbox.readers import SYSTEMS
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.models import DifferingRows, ImportRun, TakingBack, Upload, UploadPart
from samvirke.exchange.systems.nav.mapping import COLUMNS
from samvirke.exchange.uploads import differing, operations, policies, queries, sealed, taking_back
from samvirke.exchange.uploads.policies import FileRefused
from samvirke.exchange.uploads.progress import told
from samvirke.exchange.uploads.types import LARGEST, Stage, UploadRow
from samvirke.gate.types import Refused, Viewer
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.components import import_labels
from samvirke.surfaces.jobs import runner

LEADER = people.FOLLOW_UP_LEADER


def visit(post: UUID, purpose: Purpose = Purpose.COORDINATION) -> Client:
    """A browser that is signed in to the post."""
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose)
    session.save()
    return client


def text(answer: HttpResponse) -> str:
    """What a page says, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def send(client: Client, path: Path, name: str = "") -> HttpResponse:
    """The file, by the page."""
    file = SimpleUploadedFile(name or path.name, path.read_bytes())
    return client.post(reverse("imports"), {"file": file})


def proposed(client: Client, address: str) -> dict[str, str]:
    """What the form for columns would send as it stands."""
    form = client.get(address).context["form"]
    said = {bound.html_name: str(bound.value() or "") for bound in form}
    return said | {f"asked_{one.name}": one.asked for one in form.lines() if one.asked}


def looked_through(client: Client, path: Path, name: str) -> str:
    """The address of a file that is sent, with columns as proposed, and looked through."""
    address = send(client, path).headers["Location"]
    answer = client.post(f"{address}columns/", proposed(client, f"{address}columns/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    work_off(name)
    return str(address)


class TestTheWholeWay:
    @pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx"])
    def test_from_a_file_to_records_and_back(self, committed: str, tmp_path: Path, name: str) -> None:
        path = a_list(tmp_path, row(1), row(2, Fødselsnummer="123"), row(3), name=name)
        leader = visit(LEADER)
        address = send(leader, path).headers["Location"]
        assert leader.get(address).headers["Location"] == f"{address}columns/"
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        assert "It waits for its turn." in text(leader.get(address))
        work_off(committed)

        page = leader.get(address)
        assert page.status_code == 200
        assert "3 Rows 2 New 0 Changed 0 Same 1 Refused" in text(page)
        assert records() == {}
        leader.post(f"{address}take-in/", {"mode": Mode.GOOD_ROWS_ONLY})
        assert records() == {}
        work_off(committed)
        assert set(records()) == {"O-1", "O-3"}

        result = leader.get(address, follow=True)
        assert "3 Rows 2 New 0 Changed 0 Same 1 Refused" in text(result)
        assert "Row 3" in text(result)
        errors = leader.get(f"{address}errors/")
        assert refused_rows(errors, name) == [["O-2", "123"]]

        undo = f"{result.redirect_chain[-1][0]}undo/"
        assert "2 new records are withdrawn" in text(leader.get(undo))
        assert set(records()) == {"O-1", "O-3"}
        waits = leader.post(undo, follow=True)
        assert "The import is being taken back" in text(waits)
        assert set(records()) == {"O-1", "O-3"}
        work_off(committed)
        told = leader.get(f"{undo.removesuffix('undo/')}?looks=2", follow=True)
        assert "2 Withdrawn" in text(told)
        assert "Below you see what was done" in text(told)
        assert records() == {}

    def test_all_or_nothing(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = looked_through(leader, a_list(tmp_path, row(1), row(2, Kommune="??")), committed)
        leader.post(f"{address}take-in/", {"mode": Mode.ALL_OR_NOTHING})
        work_off(committed)
        assert "1 sound row waits" in text(leader.get(address, follow=True))
        assert records() == {}

    def test_what_changes_is_worded_field_by_field(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = looked_through(leader, a_list(tmp_path, row(1), row(2)), committed)
        leader.post(f"{address}take-in/", {"mode": Mode.ALL_OR_NOTHING})
        work_off(committed)
        changed = a_list(tmp_path, row(1, Fornavn="Kåre", Status="elev"), row(2), row(3))
        page = leader.get(looked_through(leader, changed, committed))
        said = text(page)
        assert "3 Rows 1 New 1 Changed 1 Same 0 Refused" in said
        assert "Given name from Kari → to Kåre" in said
        assert "Occupation from Not stated → to Education" in said
        only = leader.get(f"{page.request['PATH_INFO']}?only=new")
        assert [one.external_id for one in only.context["rows"]] == ["O-3"]

    def test_a_system_sends_its_own_list_without_columns(self, committed: str, tmp_path: Path) -> None:
        path = tmp_path / "nav.csv"
        path.write_bytes("\r\n".join((";".join(COLUMNS), line())).encode("iso-8859-1"))
        system = visit(people.NAV_SYSTEM, Purpose.SERVICE)
        address = send(system, path).headers["Location"]
        work_off(committed)
        system.post(f"{address}take-in/", {"mode": Mode.ALL_OR_NOTHING})
        work_off(committed)
        assert "1 Rows 1 New" in text(system.get(address, follow=True))


def refused_rows(answer: HttpResponse, name: str) -> list[list[str]]:
    """The first cells of the refused rows of an error file."""
    if name.endswith(".xlsx"):
        sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
        rows = [[str(cell) for cell in cells] for cells in sheet.iter_rows(values_only=True)]
    else:
        rows = [one.split(";") for one in answer.content.decode("utf-8-sig").splitlines()]
    assert rows[0][: len(HEADER)] == HEADER
    return [cells[:2] for cells in rows[1:]]


def kept(path: Path, *, post: UUID = LEADER) -> UploadRow:
    """A file that was sent, without the page."""
    with acting_as(post) as viewer:
        content = path.read_bytes()
        upload_id = operations.receive(name=path.name, size=len(content), content=[content], by=viewer)
        return queries.upload(viewer, upload_id)


def parts(name: str) -> list[bytes]:
    """What lies in the database, as its owner's backup would hold it."""
    with connect("backup", name) as link:
        return [bytes(part) for (part,) in link.execute("SELECT sealed FROM exchange_uploadpart").fetchall()]


WHO = [
    (people.FOLLOW_UP_LEADER, Purpose.COORDINATION, 200, 302),
    (people.NAV_SYSTEM, Purpose.SERVICE, 200, 422),  # another kind of file than its own
    (people.NAV_LEADER, Purpose.COORDINATION, 200, 422),
    (people.SOCIAL_SYSTEM, Purpose.SERVICE, 200, 422),
    (people.SOCIAL_LEADER, Purpose.COORDINATION, 200, 404),  # messages tell of money
    (people.COORDINATION_LEADER, Purpose.COORDINATION, 200, 404),  # a unit without a system
    (people.FOLLOW_UP_ADVISER, Purpose.COORDINATION, 200, 404),
    (people.PARTNERSHIP_LEADER, Purpose.STATISTICS, 404, 404),
]


class TestWho:
    @pytest.mark.parametrize(("post", "purpose", "sees", "sends"), WHO)
    def test_sends(
        self, committed: str, tmp_path: Path, post: UUID, purpose: Purpose, sees: int, sends: int
    ) -> None:
        client = visit(post, purpose)
        page = client.get(reverse("imports"))
        assert page.status_code == sees
        assert ("Send a file" in text(page)) == (sends != 404)
        answer = send(client, a_list(tmp_path, row(1), name="liste.xlsx"))
        assert answer.status_code == sends
        assert len(parts(committed)) == (sends == 302)

    def test_reads_it_nobody_but_who_sent_it(self, committed: str, tmp_path: Path) -> None:
        upload = kept(a_list(tmp_path, row(1)))
        address = reverse("upload_columns", args=[upload.upload_id])
        assert visit(LEADER).get(address).status_code == 200
        for post in (people.FOLLOW_UP_ADVISER, people.NAV_LEADER, people.STRANGER_LEADER):
            assert visit(post).get(address).status_code == 404
            with acting_as(post):
                assert not Upload.objects.exists()
                assert not UploadPart.objects.exists()

    def test_the_job_decides_anew(self, committed: str, tmp_path: Path) -> None:
        upload = kept(a_list(tmp_path, row(1)))
        with acting_as(people.NAV_LEADER) as viewer, pytest.raises(Upload.DoesNotExist):
            operations.check(upload_id=upload.upload_id, by=viewer)
        with acting_as(people.FOLLOW_UP_ADVISER) as viewer, pytest.raises(Refused):
            operations.receive(name="x.csv", size=1, content=[b"x"], by=viewer)


class TestTheFile:
    def test_lies_sealed(self, committed: str, tmp_path: Path) -> None:
        kept(a_list(tmp_path, row(1)))
        (sealed,) = parts(committed)
        assert b"Kari" not in sealed
        assert number(1).encode() not in sealed

    def test_goes_with_the_import_where_nothing_was_refused(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = looked_through(leader, a_list(tmp_path, row(1)), committed)
        leader.post(f"{address}take-in/", {"mode": Mode.ALL_OR_NOTHING})
        assert parts(committed)
        work_off(committed)
        assert parts(committed) == []

    def test_goes_when_its_sender_says_so(self, committed: str, tmp_path: Path) -> None:
        upload = kept(a_list(tmp_path, row(1)))
        address = reverse("forget_upload", args=[upload.upload_id])
        assert visit(people.NAV_LEADER).post(address).status_code == 404
        assert parts(committed)
        visit(LEADER).post(address)
        assert parts(committed) == []
        assert visit(LEADER).get(reverse("upload", args=[upload.upload_id])).status_code == 410

    def test_is_closed_after_a_day_and_deleted_with_the_next_one_anywhere(
        self, committed: str, tmp_path: Path
    ) -> None:
        upload = kept(a_list(tmp_path, row(1)))
        with later(1):
            assert visit(LEADER).get(reverse("upload", args=[upload.upload_id])).status_code == 410
            assert parts(committed)
            path = tmp_path / "nav.csv"
            path.write_bytes("\r\n".join((";".join(COLUMNS), line())).encode("iso-8859-1"))
            kept(path, post=people.NAV_LEADER)
            assert len(parts(committed)) == 1

    def test_the_queue_holds_its_id_alone(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"]
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        ((task, status, _, arguments),) = queued(committed)
        assert (task, status) == (operations.CHECK, "todo")
        assert arguments["ids"] == [address.split("/")[-2]]
        assert set(arguments) == {"ids", "post", "purpose"}

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("liste.csv", b"", "The file is empty."),
            ("liste.pdf", b"x", "This is another kind of file. Save the list as XLSX, CSV"),
            ("liste.csv", b"x" * (LARGEST + 70_000), "The file is larger than 32 MB."),
        ],
    )
    def test_is_not_taken(self, committed: str, name: str, content: bytes, sentence: str) -> None:
        answer = visit(LEADER).post(reverse("imports"), {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert parts(committed) == []

    @pytest.mark.parametrize(("size", "reason"), [(0, "empty"), (LARGEST + 1, "too_large")])
    def test_is_not_taken_past_the_page_either(self, committed: str, size: int, reason: str) -> None:
        with people.acting_as(people.NAV_LEADER) as viewer, pytest.raises(FileRefused, match=reason):
            operations.receive(name="liste.csv", size=size, content=[], by=viewer)
        assert parts(committed) == []

    def test_that_cannot_be_read_says_why(self, committed: str) -> None:
        leader = visit(LEADER)
        answer = leader.post(reverse("imports"), {"file": SimpleUploadedFile("liste.xlsx", b"no workbook")})
        page = leader.get(f"{answer.headers['Location']}columns/")
        assert page.status_code == 422
        assert "The file is no XLSX workbook" in text(page)


class TestColumns:
    def test_a_missing_required_one_is_told_and_the_rest_is_kept(
        self, committed: str, tmp_path: Path
    ) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"] + "columns/"
        said = proposed(leader, address) | {"column_national_id": "", "date_format": "yyyy-mm-dd"}
        answer = leader.post(address, said)
        assert answer.status_code == 422
        assert "Choose the column for “National id”." in text(answer)
        assert answer.context["form"]["date_format"].value() == "yyyy-mm-dd"
        assert queued(committed) == []

    def test_a_word_nobody_knows_is_given_a_meaning_and_remembered(
        self, committed: str, tmp_path: Path
    ) -> None:
        leader = visit(LEADER)
        path = a_list(tmp_path, row(1, Status="på vei"), row(2, Status="elev"))
        address = send(leader, path).headers["Location"]
        said = proposed(leader, f"{address}columns/")
        (word,) = (name for name, value in said.items() if name.startswith("code_") and not value)
        leader.post(f"{address}columns/", said | {word: "job_seeking"})
        work_off(committed)
        assert "2 Rows 2 New" in text(leader.get(address))
        again = send(leader, path).headers["Location"]
        assert proposed(leader, f"{again}columns/")[word] == "job_seeking"

    def test_a_column_chosen_anew_shows_its_words_first(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"] + "columns/"
        said = proposed(leader, address) | {"column_sex": "Kommune"}
        said["column_municipality"] = ""
        answer = leader.post(address, said)
        assert answer.status_code == 422
        assert "Say below what the words in “Kommune” mean" in text(answer)


class TestProgress:
    def test_a_page_that_waits_long_says_that_nobody_works(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"]
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        assert "Nothing has begun yet" not in text(leader.get(address))
        page = leader.get(f"{address}?looks=12")
        assert "Nothing has begun yet" in text(page)
        assert 'content="5; url=' in page.content.decode()  # without scripts it looks again by itself
        part = leader.get(f"{address}?looks=12", headers={"hx-request": "true"})
        assert "<html" not in part.content.decode()
        work_off(committed)
        done = leader.get(f"{address}?looks=13", headers={"hx-request": "true"})
        assert done.headers["HX-Redirect"] == address

    def test_it_is_told_beside_the_job(self, committed: str, tmp_path: Path) -> None:
        upload = kept(a_list(tmp_path, row(1)))
        with acting_as(LEADER) as viewer, told(Upload.objects.filter(pk=upload.upload_id), viewer):
            pass
        with acting_as(LEADER) as viewer:
            assert queries.upload(viewer, upload.upload_id).has_begun

    def test_a_job_that_comes_twice_takes_in_once(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = looked_through(leader, a_list(tmp_path, row(1)), committed)
        leader.post(f"{address}take-in/", {"mode": Mode.ALL_OR_NOTHING})
        work_off(committed)
        again = leader.post(f"{address}take-in/", {"mode": Mode.ALL_OR_NOTHING}, follow=True)
        assert "The file has gone further" in text(again)
        with acting_as(LEADER) as viewer:
            operations.take_in(upload_id=UUID(address.split("/")[-2]), by=viewer)
            assert ImportRun.objects.count() == 1


def breaks(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """A task's work that fails each time."""
    raise RuntimeError


def given_up(name: str) -> None:
    """Every job that is asked for breaks, until it is left."""
    for _ in range(runner.ATTEMPTS):
        work_off(name, dict.fromkeys(runner.TASKS, breaks))
        make_due(name)


class TestGivenUp:
    def test_a_dry_run_that_fails_for_good_says_so_and_is_asked_for_again(
        self, committed: str, tmp_path: Path
    ) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"]
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        again = f"{address}again/"
        assert "The file has gone further" in text(leader.post(again, follow=True))  # it waits already
        given_up(committed)
        page = leader.get(address)
        assert "several attempts did not help" in text(page)
        assert 'http-equiv="refresh"' not in page.content.decode()
        assert [status for _, status, _, _ in queued(committed)] == ["failed"]
        for other in (people.FOLLOW_UP_ADVISER, people.NAV_LEADER):
            assert visit(other).post(again).status_code == 404

        assert "It waits for its turn" in text(leader.post(again, follow=True))
        work_off(committed)
        assert "1 Rows 1 New" in text(leader.get(address))

    def test_so_does_taking_in_and_it_keeps_how(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = looked_through(leader, a_list(tmp_path, row(1), row(2, Kommune="??")), committed)
        leader.post(f"{address}take-in/", {"mode": Mode.GOOD_ROWS_ONLY})
        given_up(committed)
        assert "several attempts did not help" in text(leader.get(address))
        assert records() == {}
        leader.post(f"{address}again/")
        work_off(committed)
        assert set(records()) == {"O-1"}

    def test_a_file_that_is_given_up_can_be_deleted(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"]
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        given_up(committed)
        leader.post(f"{address}forget/")
        assert leader.get(address).status_code == 410
        assert "The file has gone further" in text(leader.post(f"{address}again/", follow=True))

    def test_taking_back_too(self, committed: str, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(1)))
        leader, page = visit(LEADER), reverse("import_run", args=[run_id])
        leader.post(f"{page}undo/")
        given_up(committed)
        assert "several attempts did not help" in text(leader.get(page))
        assert "It waits for its turn" in text(leader.post(f"{page}undo/", follow=True))
        work_off(committed)
        assert "This import has been taken back" in text(leader.get(page))
        assert records() == {}

    def test_a_worker_that_is_silent_is_noticed(self, committed: str, tmp_path: Path) -> None:
        """It was killed in the middle: the job is found again, or its sender asks again."""
        upload = kept(a_list(tmp_path, row(1)))
        with acting_as(LEADER) as viewer:
            Upload.objects.update(stage=Stage.CHECKING, done=4, expected=10, told_at=viewer.now)
        address = reverse("upload", args=[upload.upload_id])
        leader = visit(LEADER)
        page = text(leader.get(address))
        assert "40 per cent done" in page
        assert "Nothing has been heard" not in page
        assert "The file has gone further" in text(leader.post(f"{address}again/", follow=True))
        with later(0.01):
            assert "Nothing has been heard of this work since 10:00" in text(leader.get(address))
            assert "It waits for its turn" in text(leader.post(f"{address}again/", follow=True))
        assert len(queued(committed)) == 1

    def test_a_job_that_has_lost_too_many_workers_is_given_up(self, committed: str, tmp_path: Path) -> None:
        leader = visit(LEADER)
        address = send(leader, a_list(tmp_path, row(1))).headers["Location"]
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        with connect("worker", committed) as link:
            link.execute("SET search_path = jobs")
            link.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 3")
        work_off(committed)
        assert "several attempts did not help" in text(leader.get(address))


class TestTakingBack:
    def test_it_is_asked_for_once_and_shows_how_far_it_is(self, committed: str, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(1)))
        leader, page = visit(LEADER), reverse("import_run", args=[run_id])
        for _ in range(2):
            leader.post(f"{page}undo/")
        assert len(queued(committed)) == 1
        with acting_as(LEADER) as viewer, told(TakingBack.objects.filter(run_id=run_id), viewer):
            pass
        assert "0 per cent done" in text(leader.get(page))
        assert "Take the import back" not in text(leader.get(page))
        part = leader.get(page, headers={"hx-request": "true"})
        assert "<html" not in part.content.decode()
        work_off(committed)
        done = leader.get(f"{page}?looks=2", headers={"hx-request": "true"})
        with acting_as(LEADER):
            undoing = ImportRun.objects.get(undoes_id=run_id).pk
        assert done.headers["HX-Redirect"] == reverse("import_run", args=[undoing])

    def test_others_neither_ask_nor_see(self, committed: str, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(1)))
        for post in (people.FOLLOW_UP_ADVISER, people.NAV_LEADER):
            assert visit(post).post(reverse("undo_import", args=[run_id])).status_code == 404
        assert queued(committed) == []
        visit(LEADER).post(reverse("undo_import", args=[run_id]))
        with acting_as(people.NAV_LEADER) as viewer:
            assert taking_back.under_way(viewer, run_id) is None
            assert not TakingBack.objects.exists()

    def test_a_job_that_comes_twice_takes_back_once(self, committed: str, tmp_path: Path) -> None:
        run_id = taken(a_list(tmp_path, row(1)))
        visit(LEADER).post(reverse("undo_import", args=[run_id]))
        work_off(committed)
        with acting_as(LEADER) as viewer:
            taking_back.take_back(run_id=run_id, by=viewer)
            assert ImportRun.objects.filter(undoes_id=run_id).count() == 1


class TestDiffering:
    """What a page shows comes from what the dry run kept; only the rows of one page are judged."""

    def looked(self, name: str, folder: Path, rows: int) -> tuple[UploadRow, str]:
        leader = visit(LEADER)
        lines = [
            row(serial, Fødselsnummer="1") if serial % 3 == 0 else row(serial)
            for serial in range(1, rows + 1)
        ]
        address = looked_through(leader, a_list(folder, *lines), name)
        with acting_as(LEADER) as viewer:
            return queries.upload(viewer, UUID(address.split("/")[-2])), address

    def test_pages_follow_each_other_to_the_end(
        self, committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "SHOWN", 4)
        monkeypatch.setattr(differing, "ROWS", 5)
        upload, _ = self.looked(committed, tmp_path, 20)
        expected = {"": set(range(2, 22)), "refused": {4, 7, 10, 13, 16, 19}, "changed": set()}
        for only, rows in expected.items():
            seen: list[int] = []
            after: int | None = 0
            while after is not None:
                with acting_as(LEADER) as viewer:
                    shown, after = queries.differs(viewer, upload, after=after, only=only)
                seen += [one.row for one in shown]
            assert (seen, set(seen)) == (sorted(rows), rows)

    def test_a_page_reads_the_file_no_more(
        self, committed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, address = self.looked(committed, tmp_path, 8)
        monkeypatch.setattr(sealed, "opened", None)
        assert "8 Rows 6 New 0 Changed 0 Same 2 Refused" in text(visit(LEADER).get(address))

    def test_it_lies_sealed_and_goes_with_the_next_dry_run_and_with_the_file(
        self, committed: str, tmp_path: Path
    ) -> None:
        _, address = self.looked(committed, tmp_path, 4)
        assert len(pieces(committed)) == 2
        assert all(b"Kari" not in piece and number(1).encode() not in piece for piece in pieces(committed))
        leader = visit(LEADER)
        leader.post(f"{address}columns/", proposed(leader, f"{address}columns/"))
        work_off(committed)
        assert len(pieces(committed)) == 2
        for post in (people.FOLLOW_UP_ADVISER, people.NAV_LEADER):
            with acting_as(post):
                assert not DifferingRows.objects.exists()
        with later(1), acting_as(LEADER):
            assert not DifferingRows.objects.exists()
        leader.post(f"{address}forget/")
        assert pieces(committed) == []

    def test_it_goes_with_the_import(self, committed: str, tmp_path: Path) -> None:
        _, address = self.looked(committed, tmp_path, 4)
        visit(LEADER).post(f"{address}take-in/", {"mode": Mode.GOOD_ROWS_ONLY})
        work_off(committed)
        assert (pieces(committed), len(parts(committed))) == ([], 1)


def pieces(name: str) -> list[bytes]:
    """What of dry runs lies in the database, as its owner's backup would hold it."""
    with connect("backup", name) as link:
        found = link.execute("SELECT sealed FROM exchange_differingrows").fetchall()
    return [bytes(piece) for (piece,) in found]


def test_what_the_upload_knows_of_its_kinds_fits_the_readers() -> None:
    assert set(policies.SUFFIXES) == set(SYSTEMS)
    assert set(Stage) == set(import_labels.UPLOAD_STAGE)
