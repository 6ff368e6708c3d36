"""A list to try the import with: invented people, with a fault or two to see what is said of them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from samvirke.kernel.codes import Sex
from samvirke.people.national_ids import make_synthetic

HEADINGS = (
    "Saksnr",
    "Fødselsnummer",
    "Fornavn",
    "Etternavn",
    "Fødselsdato",
    "Kommune",
    "Status",
    "Eneforsørger",
)
GIVEN = ("Ada", "Bo", "Cecilie", "Dag", "Eline", "Finn", "Gro", "Hans", "Ida", "Jon")
FAMILY = ("Prøvesen", "Testberg", "Eksempelmo", "Liksomdal")
STATUS = ("elev", "praksis", "ledig", "tiltak", "ukjent")
ROWS = 40


def sample_list() -> bytes:
    """The list as XLSX."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Oppfølging")
    sheet.append(HEADINGS)
    for number in range(1, ROWS + 1):
        sheet.append(_row(number))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _row(number: int) -> list[str]:
    born = date(2006 + number % 3, 1 + number % 12, 1 + number % 28)
    sex = Sex.FEMALE if number % 2 else Sex.MALE
    cells = [
        f"OT-{number:03}",
        make_synthetic(birth_date=born, sex=sex, serial=number),
        GIVEN[number % len(GIVEN)],
        FAMILY[number % len(FAMILY)],
        born.strftime("%d.%m.%Y"),
        "9901",
        STATUS[number % len(STATUS)],
        "nei",
    ]
    if number == 7:
        cells[1] = cells[1][:-1] + str((int(cells[1][-1]) + 1) % 10)
    if number == 19:
        cells[6] = "på vei"
    return cells
