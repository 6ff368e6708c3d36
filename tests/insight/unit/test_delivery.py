"""Writing and reading a delivery: the same bytes, whole or refused."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.rows import MADE_AT, delivered, ended, episode, flow_row, many_episodes
from samvirke import delivery
from samvirke.delivery import TABLES

KEY = bytes(range(32))


def written(
    folder: Path, *, episodes: list[dict[str, Any]], flow: list[dict[str, Any]] | None = None
) -> delivery.Receipt:
    tables = {"episodes": episodes, "flow": flow or [flow_row()]}
    return delivery.write(folder, tables, study="spring", made_at=MADE_AT, source="test")


class TestPseudonyms:
    def test_same_in_one_study_and_another_in_the_next(self) -> None:
        assert delivery.pseudonym(KEY, "a", "1") == delivery.pseudonym(KEY, "a", "1")
        assert delivery.pseudonym(KEY, "a", "1") != delivery.pseudonym(KEY, "b", "1")
        assert delivery.pseudonym(KEY, "a", "1") != delivery.pseudonym(bytes(32), "a", "1")

    def test_where_study_ends_and_id_begins_matters(self) -> None:
        assert delivery.pseudonym(KEY, "ab", "c") != delivery.pseudonym(KEY, "a", "bc")

    def test_a_short_key_is_refused(self) -> None:
        with pytest.raises(delivery.WeakKey, match="needs at least 32"):
            delivery.pseudonym(b"secret", "a", "1")

    @given(st.text(), st.text())
    def test_always_thirty_two_characters_without_the_id(self, study: str, id: str) -> None:
        found = delivery.pseudonym(KEY, study, id)
        assert len(found) == 32
        assert set(found) <= set("0123456789abcdef")


class TestWriting:
    def test_same_input_gives_the_same_bytes_whatever_the_order_of_rows(self, tmp_path: Path) -> None:
        rows = many_episodes(40, seed=3)
        written(tmp_path / "a", episodes=rows)
        written(tmp_path / "b", episodes=rows[::-1])
        for name in sorted(path.name for path in (tmp_path / "a").iterdir()):
            assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()

    def test_receipt_counts_missing_and_out_of_code(self, tmp_path: Path) -> None:
        rows = [episode(1, support_before="lottery"), ended(2), episode(3, months_assistance_before=None)]
        entries = {(e.table, e.column): e for e in written(tmp_path, episodes=rows).completeness}
        assert entries["episodes", "support_before"].out_of_code == 1
        assert entries["episodes", "ended_on"].missing == 2
        assert entries["episodes", "months_assistance_before"].missing == 1
        assert {e.rows for (table, _), e in entries.items() if table == "episodes"} == {3}

    def test_metadata_describes_every_column_of_every_file(self, tmp_path: Path) -> None:
        written(tmp_path, episodes=[episode()])
        metadata = json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))
        for table in metadata["tables"]:
            described = [column["name"] for column in table["tableSchema"]["columns"]]
            assert described == pq.read_schema((tmp_path / table["url"]).with_suffix(".parquet")).names
            assert all(column["dc:description"] for column in table["tableSchema"]["columns"])

    def test_a_table_without_rows_is_delivered(self, tmp_path: Path) -> None:
        delivery.write(tmp_path, {}, study="s", made_at=MADE_AT, source="test")
        assert delivery.read(tmp_path).receipt.rows == dict.fromkeys(TABLES, 0)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"person_key": None}, "row 1, person_key: is missing"),
            ({"person_key": ""}, "row 1, person_key: is ''"),
            ({"municipality": "Oslo"}, "row 1, municipality: is 'Oslo'"),
            ({"birth_year": 1850}, "birth_year: is 1850"),
            ({"birth_year": "1990"}, "not of type integer"),
            ({"months_assistance_before": 13}, "Give a number from 0 to 12"),
            ({"entered_on": date(2024, 1, 1)}, "entered_on: is before asked_on"),
            ({"entered_on": MADE_AT}, "entered_on"),
            ({"end_reason": "job"}, "end_reason: is given although the plan is open"),
            ({"name": "Kari"}, "name: is not in the schema"),
        ],
    )
    def test_a_row_that_breaks_the_schema_is_refused(
        self, tmp_path: Path, changes: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(delivery.DeliveryRefused, match=words):
            written(tmp_path / "d", episodes=[episode(1, **changes)])
        assert not (tmp_path / "d").exists()

    def test_an_ended_plan_needs_its_reason(self, tmp_path: Path) -> None:
        with pytest.raises(
            delivery.DeliveryRefused, match="end_reason: is missing although the plan has ended"
        ):
            written(tmp_path, episodes=[ended(1, end_reason=None)])

    def test_an_end_before_the_start_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(delivery.DeliveryRefused, match="ended_on: is before entered_on"):
            written(tmp_path, episodes=[ended(1, ended_on=date(2025, 1, 5))])

    def test_a_repeated_key_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(delivery.DeliveryRefused, match="episode_key: occurs 2 times"):
            written(tmp_path, episodes=[episode(1), episode(1)])

    def test_an_unknown_table_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(delivery.DeliveryRefused, match="Use one of: episodes, flow, contacts"):
            delivery.write(tmp_path, {"people": []}, study="s", made_at=MADE_AT, source="test")

    def test_many_problems_are_told_in_short(self, tmp_path: Path) -> None:
        with pytest.raises(delivery.DeliveryRefused, match="and 2 more") as refused:
            written(tmp_path, episodes=[episode(n, sex=None) for n in range(12)])
        assert len(refused.value.problems) == 12


class TestReading:
    def test_what_was_written_is_read(self, tmp_path: Path) -> None:
        found = delivered(tmp_path, many_episodes(5, seed=1))
        assert found.receipt.study == "spring"
        assert pq.read_table(found.path("episodes")).num_rows == 5

    def test_a_folder_without_a_receipt_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(delivery.UnreadableDelivery, match=r"there is no receipt\.json"):
            delivery.read(tmp_path)

    @pytest.mark.parametrize(
        "name", ["episodes.parquet", "flow.parquet", "flow.csv", "codebook.csv", "metadata.json"]
    )
    def test_a_changed_file_is_refused(self, tmp_path: Path, name: str) -> None:
        written(tmp_path, episodes=[episode()])
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b" ")
        with pytest.raises(delivery.UnreadableDelivery, match=f"{name} has changed since"):
            delivery.read(tmp_path)

    def test_a_missing_file_is_refused(self, tmp_path: Path) -> None:
        written(tmp_path, episodes=[episode()])
        (tmp_path / "flow.parquet").unlink()
        with pytest.raises(delivery.UnreadableDelivery, match=r"flow\.parquet is missing"):
            delivery.read(tmp_path)

    @pytest.mark.parametrize(
        ("text", "words"),
        [("{}", "cannot be understood"), ("[1]", "cannot be understood"), ("{", "cannot be understood")],
    )
    def test_a_receipt_of_another_kind_is_refused(self, tmp_path: Path, text: str, words: str) -> None:
        (tmp_path / "receipt.json").write_text(text, encoding="utf-8")
        with pytest.raises(delivery.UnreadableDelivery, match=words):
            delivery.read(tmp_path)

    def test_an_earlier_schema_is_read_without_the_tables_it_had_not(self, tmp_path: Path) -> None:
        written(tmp_path, episodes=[episode()])
        path = tmp_path / "receipt.json"
        receipt = json.loads(path.read_text(encoding="utf-8"))
        had = {"episodes.parquet", "flow.parquet", "metadata.json"}
        receipt |= {
            "schema_version": "1.0",
            "hashes": {name: one for name, one in receipt["hashes"].items() if name in had},
        }
        path.write_text(json.dumps(receipt), encoding="utf-8")
        for file in tmp_path.iterdir():
            if file.name not in {*had, "receipt.json"}:
                file.unlink()
        found = delivery.read(tmp_path)
        assert found.has("episodes")
        assert not found.has("needs")

    def test_columns_of_another_kind_are_refused(self, tmp_path: Path) -> None:
        written(tmp_path, episodes=[episode()])
        path, receipt = tmp_path / "flow.parquet", tmp_path / "receipt.json"
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        rows = pq.read_table(path)
        pq.write_table(rows.rename_columns([f"{name}_then" for name in rows.column_names]), path)
        after = hashlib.sha256(path.read_bytes()).hexdigest()
        receipt.write_text(receipt.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        with pytest.raises(delivery.UnreadableDelivery, match="the columns of flow are not those"):
            delivery.read(tmp_path)

    def test_a_later_schema_is_refused(self, tmp_path: Path) -> None:
        written(tmp_path, episodes=[episode()])
        path = tmp_path / "receipt.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"1.1"', '"2.0"'), encoding="utf-8")
        with pytest.raises(delivery.UnreadableDelivery, match=r"it has schema 2\.0"):
            delivery.read(tmp_path)


def test_every_table_and_column_says_what_it_is() -> None:
    for table in TABLES.values():
        assert table.__doc__
        assert table.key in table.columns
        assert all(column.description.endswith(".") for column in table.columns.values())
