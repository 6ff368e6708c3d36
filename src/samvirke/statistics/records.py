"""The statistics of a delivery as one record, and the record as a JSON file that pages and reports read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from samvirke.delivery import Delivery
from samvirke.kernel.codes import EndReason
from samvirke.statistics import record_file
from samvirke.statistics.counts import CountTable, Link, Ref
from samvirke.statistics.disclosure import ProtectedTable, fold, protect
from samvirke.statistics.episodes import end_reasons, flow, in_out, states
from samvirke.statistics.waiting import WaitingDays, waiting_days

FORMAT = "samvirke statistics 1"


class UnreadableStatistics(ValueError):
    """The file is not a statistics record of this version."""

    def __init__(self, path: Path, *, reason: str) -> None:
        super().__init__(
            f"{path} was not read as statistics: {reason} Make it again with `samvirke statistics DELIVERY`."
        )


@dataclass(frozen=True, slots=True)
class StatisticsRecord:
    """Everything that leaves a delivery: protected tables by name, waiting days, and where they are from.

    `made_at` is when the delivery was made; `delivery` is the fingerprint of its receipt.
    """

    study: str
    source: str
    made_at: str
    schema_version: str
    delivery: str
    tables: tuple[ProtectedTable, ...]
    waiting: WaitingDays

    def table(self, name: str) -> ProtectedTable:
        """The table of that name. Raises KeyError for one the record does not have."""
        return {table.name: table for table in self.tables}[name]


def statistics_of(delivery: Delivery) -> StatisticsRecord:
    """All tables of the delivery, protected together because they share totals."""
    receipt = delivery.receipt
    wrong = end_reasons(delivery)
    inner = [fold(in_out(delivery, column="support")), fold(in_out(delivery, column="occupation"))]
    tables = [*inner, wrong, states(delivery), flow(delivery)]
    shown = protect(tables, links=_links(tables), source=receipt.source, date=receipt.made_at[:10])
    return StatisticsRecord(
        study=receipt.study,
        source=receipt.source,
        made_at=receipt.made_at,
        schema_version=receipt.schema_version,
        delivery=receipt.fingerprint,
        tables=shown,
        waiting=waiting_days(delivery),
    )


def _links(tables: list[CountTable]) -> list[Link]:
    """What a reader knows about sums across tables, by their definitions or because the numbers agree."""
    wrong = EndReason.WRONG_REGISTRATION.value
    links = [
        Link(Ref("in_out_occupation"), (Ref("in_out_support"),)),
        Link(Ref("states", "ended"), (Ref("in_out_support"),)),
        Link(Ref("states", wrong), (Ref("end_reasons", wrong),)),
        Link(Ref("end_reasons"), (Ref("in_out_support"), Ref("end_reasons", wrong))),
    ]
    by_name = {table.name: table for table in tables}
    steps = by_name["flow"]
    on_plan = int(steps.counts[:, steps.columns.index("on_plan")].sum())
    if on_plan == int(by_name["states"].counts.sum()):
        links.append(Link(Ref("flow", column="on_plan"), (Ref("states"),)))
    return links


def save(record: StatisticsRecord, path: Path) -> None:
    """Write the record; the same record gives the same bytes."""
    content = {"format": FORMAT, **asdict(record)}
    record_file.save(content, path)


def load(path: Path) -> StatisticsRecord:
    """The record in the file. Raises UnreadableStatistics when it is something else."""
    return record_file.load(path, form=FORMAT, record=_record, unreadable=UnreadableStatistics)


def _record(content: dict[str, Any]) -> StatisticsRecord:
    tables = tuple(ProtectedTable(**_frozen(table)) for table in content.pop("tables"))
    waiting = WaitingDays(**content.pop("waiting"))
    return StatisticsRecord(**content, tables=tables, waiting=waiting)


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    lists = {name: tuple(value) for name, value in table.items() if isinstance(value, list)}
    return {**table, **lists, "cells": tuple(tuple(line) for line in table["cells"])}
