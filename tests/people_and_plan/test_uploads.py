"""A file's way through the page: sent, columns chosen, looked through, taken in by a worker, taken back."""

from __future__ import annotations

import re
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
from jobs.queue import work_off
from people_and_plan.test_import_engine import HEADER, a_list, records, row
from samvirke.exchange.inbox.types import Mode
from samvirke.exchange.systems.nav.mapping import COLUMNS
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE

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
        told = leader.post(undo, follow=True)
        assert "2 Withdrawn" in text(told)
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
