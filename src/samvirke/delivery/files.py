"""Writing a delivery to a folder, and reading it back only when it is whole.

The folder holds each table twice, as Parquet and as CSV with the same rows, for programs that read no
Parquet; `metadata.json` (CSV on the Web, W3C 2015: what each column means), the same as `codebook.csv`; and
`receipt.json` (schema version, study, source, time, completeness, SHA-256 of every other file).
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from samvirke.delivery.checks import DeliveryRefused, Problem, problems_of
from samvirke.delivery.completeness import ColumnCompleteness, completeness
from samvirke.delivery.schema import SCHEMA_VERSION, TABLES, Kind, Published, tables_of

RECEIPT = "receipt.json"
METADATA = "metadata.json"
CODEBOOK = "codebook.csv"
CODEBOOK_COLUMNS = ("table", "file", "column", "type", "required", "codes", "description")
ARROW_TYPES = {Kind.TEXT: pa.string(), Kind.WHOLE: pa.int64(), Kind.DAY: pa.date32()}

Rows = Sequence[Mapping[str, object]]


class UnreadableDelivery(ValueError):
    """The folder is not a whole, unchanged delivery of a schema this version reads."""

    def __init__(self, folder: Path, *, reason: str) -> None:
        super().__init__(
            f"The delivery in {folder} was not read: {reason} Ask whoever made it to deliver it again."
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was delivered. `hashes` maps file name to SHA-256; `fingerprint` is the SHA-256 of the receipt."""

    schema_version: str
    study: str
    source: str
    made_at: str
    rows: dict[str, int]
    hashes: dict[str, str]
    completeness: tuple[ColumnCompleteness, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery whose hashes and schema were checked."""

    folder: Path
    receipt: Receipt

    def has(self, table: str) -> bool:
        """Whether the delivery's schema version knows the table."""
        return table in tables_of(self.receipt.schema_version)

    def path(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.folder / f"{table}.parquet"


def write(folder: Path, tables: Mapping[str, Rows], *, study: str, made_at: datetime, source: str) -> Receipt:
    """Check the rows and write them as one delivery; the same input gives the same bytes.

    Every table of the schema is written, an absent one without rows. Rows are sorted by key, so their order
    tells nothing about who came first. Raises DeliveryRefused, and writes nothing, when a
    row breaks the schema.
    """
    _check(tables)
    ordered = {
        name: sorted(tables.get(name, ()), key=lambda row, key=table.key: str(row[key]))  # type: ignore[misc]
        for name, table in TABLES.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in ordered.items():
        pq.write_table(_arrow(TABLES[name], rows), folder / f"{name}.parquet", compression="zstd")
        columns = list(TABLES[name].columns)
        _write_csv(folder / f"{name}.csv", columns, ([row.get(one) for one in columns] for row in rows))
    _write_csv(folder / CODEBOOK, CODEBOOK_COLUMNS, _codebook())
    _write_json(folder / METADATA, _metadata(study=study, source=source))
    _write_json(
        folder / RECEIPT, _receipt_content(folder, ordered, study=study, made_at=made_at, source=source)
    )
    return _receipt(folder)


def read(folder: Path) -> Delivery:
    """The delivery in the folder.

    Raises UnreadableDelivery when a file is missing, changed or of another schema.
    """
    if not (folder / RECEIPT).is_file():
        raise UnreadableDelivery(folder, reason=f"there is no {RECEIPT}.")
    receipt = _receipt(folder)
    if receipt.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise UnreadableDelivery(
            folder, reason=f"it has schema {receipt.schema_version}, and this version reads {SCHEMA_VERSION}."
        )
    delivered = tables_of(receipt.schema_version)
    parquet = (f"{table}.parquet" for table in delivered)
    for name in sorted({*parquet, METADATA, *receipt.hashes}):  # 1.0 had no CSV
        _check_hash(folder, name, receipt.hashes.get(name))
    for name, table in delivered.items():
        _check_columns(folder, name, table)
    return Delivery(folder, receipt)


def _check(tables: Mapping[str, Rows]) -> None:
    problems = [
        Problem(name, 0, "-", "is not a table of the schema.", f"Use one of: {', '.join(TABLES)}.")
        for name in tables.keys() - TABLES.keys()
    ]
    for name, table in TABLES.items():
        problems += problems_of(table, tables.get(name, ()))
    if problems:
        raise DeliveryRefused(problems)


def _arrow_schema(table: type[Published]) -> pa.Schema:
    return pa.schema(
        [
            pa.field(name, ARROW_TYPES[column.kind], nullable=not column.never_null)
            for name, column in table.columns.items()
        ]
    )


def _arrow(table: type[Published], rows: Rows) -> pa.Table:
    columns = {name: [_plain(row.get(name)) for row in rows] for name in table.columns}
    return pa.table(columns, schema=_arrow_schema(table))


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value  # a StrEnum becomes its code


def _metadata(*, study: str, source: str) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": f"Statistics delivery, study {study}",
        "dc:source": source,
        "dc:conformsTo": f"samvirke statistics delivery {SCHEMA_VERSION}",
        "tables": [_table_metadata(table) for table in TABLES.values()],
    }


def _table_metadata(table: type[Published]) -> dict[str, Any]:
    columns = [
        {
            "name": name,
            "dc:description": column.description,
            "required": column.never_null,
            "datatype": {
                "base": str(column.kind),
                **({"minimum": column.least} if column.least is not None else {}),
                **({"maximum": column.most} if column.most is not None else {}),
                **(
                    {"format": _format(column.pattern, column.codes)}
                    if column.pattern or column.codes
                    else {}
                ),
            },
        }
        for name, column in table.columns.items()
    ]
    return {
        "url": f"{table.name}.csv",
        "dc:description": table.__doc__,
        "tableSchema": {"columns": columns, "primaryKey": table.key},
    }


def _format(pattern: str, codes: Sequence[str]) -> str:
    return pattern or "|".join(codes)


def _codebook() -> Iterator[tuple[str, ...]]:
    """What each column means, one row each; codes apart by |, in the order of the schema."""
    for table in TABLES.values():
        for name, column in table.columns.items():
            required = "yes" if column.never_null else "no"
            codes = "|".join(column.codes)
            yield table.name, f"{table.name}.csv", name, str(column.kind), required, codes, column.description


def _parquet_files() -> list[str]:
    return [f"{table}.parquet" for table in TABLES]


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """UTF-8, comma, a line of columns first; what is null stays empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value) for value in row] for row in rows)


def _receipt_content(
    folder: Path, tables: Mapping[str, Rows], *, study: str, made_at: datetime, source: str
) -> dict[str, Any]:
    names = [*_parquet_files(), *(f"{table}.csv" for table in TABLES), METADATA, CODEBOOK]
    counted = [entry for name, rows in tables.items() for entry in completeness(TABLES[name], rows)]
    return {
        "schema_version": SCHEMA_VERSION,
        "study": study,
        "source": source,
        "made_at": made_at.isoformat(),
        "rows": {name: len(rows) for name, rows in tables.items()},
        "hashes": {name: _sha256(folder / name) for name in names},
        "completeness": [asdict(entry) for entry in counted],
    }


def _receipt(folder: Path) -> Receipt:
    try:
        content = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
        entries = tuple(ColumnCompleteness(**entry) for entry in content.pop("completeness"))
        return Receipt(**content, completeness=entries, fingerprint=_sha256(folder / RECEIPT))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableDelivery(folder, reason=f"{RECEIPT} cannot be understood ({error}).") from error


def _check_hash(folder: Path, name: str, expected: str | None) -> None:
    if not (folder / name).is_file():
        raise UnreadableDelivery(folder, reason=f"{name} is missing.")
    if _sha256(folder / name) != expected:
        raise UnreadableDelivery(folder, reason=f"{name} has changed since the receipt was written.")


def _check_columns(folder: Path, name: str, table: type[Published]) -> None:
    found = pq.read_schema(folder / f"{name}.parquet")
    wanted = _arrow_schema(table)
    if not found.equals(wanted, check_metadata=False):
        raise UnreadableDelivery(folder, reason=f"the columns of {name} are not those of the schema.")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(
        json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8"
    )
