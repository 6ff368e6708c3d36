"""A stranger reads a delivery with nothing of ours: the files, the codebook, and a CSV reader.

The steps are those of docs/how-to/in-out-table.R, line by line; R itself is asked where there is one.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from insight.rows import delivered, ended, many_episodes
from samvirke import delivery
from samvirke.statistics import in_out

SCRIPT = Path(__file__).parents[3] / "docs" / "how-to" / "in-out-table.R"
Counts = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> delivery.Delivery:
    rows = [*many_episodes(300, seed=5), ended(900, support_before="lottery", support_after="wages")]
    return delivered(tmp_path_factory.mktemp("delivery"), rows)


def read(path: Path) -> list[dict[str, str | None]]:
    """Rows as R reads them: text, and nothing where a field is empty."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def by_codebook(folder: Path) -> Counts:
    codebook = read(folder / "codebook.csv")
    (file,) = {row["file"] for row in codebook if row["table"] == "episodes"}
    episodes = read(folder / str(file))
    (codes,) = (
        str(row["codes"]).split("|")
        for row in codebook
        if (row["table"], row["column"]) == ("episodes", "support_before")
    )
    counted = [
        row for row in episodes if row["ended_on"] is not None and row["end_reason"] != "wrong_registration"
    ]

    def known(value: str | None) -> str:
        return value if value in codes else "unknown"

    return dict(Counter((known(row["support_before"]), known(row["support_after"])) for row in counted))


def ours(made: delivery.Delivery) -> Counts:
    table = in_out(made)
    cells = {
        (before, after): int(table.counts[i, j])
        for i, before in enumerate(table.rows)
        for j, after in enumerate(table.columns)
    }
    return {place: count for place, count in cells.items() if count}


def test_the_codebook_is_enough_for_the_in_out_table(made: delivery.Delivery) -> None:
    found = by_codebook(made.folder)
    assert found == ours(made)
    assert sum(found.values()) > 150
    assert ("unknown", "wages") in found


def test_r_alone_makes_the_same_table(made: delivery.Delivery) -> None:
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("there is no R here; the same steps are checked with a CSV reader above")
    told = subprocess.run(
        [rscript, str(SCRIPT), str(made.folder)], capture_output=True, text=True, check=True
    ).stdout
    head, *lines = [line.split(",") for line in told.splitlines()]
    found = {
        (line[0], after): int(count)
        for line in lines
        for after, count in zip(head[1:], line[1:], strict=True)
        if int(count)
    }
    assert found == ours(made)


def test_the_script_names_only_what_the_codebook_holds(made: delivery.Delivery) -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    columns = {row["column"] for row in read(made.folder / "codebook.csv")}
    used = {"end_reason", "ended_on", "support_before", "support_after"}
    assert used <= columns
    assert all(f"${name}" in text or f'"{name}"' in text for name in used)


def test_the_receipt_holds_the_hash_of_every_other_file(made: delivery.Delivery) -> None:
    receipt = json.loads((made.folder / "receipt.json").read_text(encoding="utf-8"))
    files = {path.name: path for path in made.folder.iterdir() if path.name != "receipt.json"}
    assert receipt["hashes"] == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()
    }


def test_the_metadata_describes_the_csv_files_that_are_there(made: delivery.Delivery) -> None:
    metadata = json.loads((made.folder / "metadata.json").read_text(encoding="utf-8"))
    for table in metadata["tables"]:
        with (made.folder / table["url"]).open(encoding="utf-8", newline="") as file:
            heads = next(csv.reader(file))
        assert heads == [column["name"] for column in table["tableSchema"]["columns"]]


def test_a_delivery_without_its_csv_is_refused(made: delivery.Delivery, tmp_path: Path) -> None:
    copy = shutil.copytree(made.folder, tmp_path / "copy")
    (copy / "episodes.csv").unlink()
    with pytest.raises(delivery.UnreadableDelivery, match=r"episodes\.csv is missing"):
        delivery.read(copy)
