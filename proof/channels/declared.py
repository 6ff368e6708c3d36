"""The ways out of the system: which are swept, and which do not exist.

A route that answers with anything but pages is declared here first, and so is a way out that is built: until
then `proof/routes.py` and tests/proof/test_channels.py fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PAGE, PDF, CSV = "text/html", "application/pdf", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Routes that answer with a file; all others answer with pages and parts of pages.
FILES: dict[str, frozenset[str]] = {
    "plan_document": frozenset({PDF}),
    "my_document": frozenset({PDF}),
    "sample_list": frozenset({XLSX}),
    "upload_errors": frozenset({CSV, XLSX}),
}
ROUTES, CANARIES, RACE = "`proof/routes.py`", "`proof/canaries.py`", "`proof/withdrawal_race.py`"
ORACLE = "`proof/oracle_channels.py`"


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out, and what sweeps it."""

    name: str
    swept_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A way out that does not exist, and the libraries that would build it."""

    name: str
    libraries: frozenset[str]
    routes: frozenset[str] = frozenset()  # words in names of routes that would


SWEPT = (
    Channel("Pages and parts of pages", (ROUTES, CANARIES, RACE, ORACLE)),
    Channel("Search over persons", (ROUTES, CANARIES, RACE, ORACLE)),
    Channel("PDF documents", (ROUTES, CANARIES, RACE, ORACLE)),
    Channel("CSV and XLSX files", (ROUTES, CANARIES, ORACLE)),
    Channel("Refusals and other error pages", (ROUTES, CANARIES)),
    Channel("Headers with file names, cookies", (ROUTES, CANARIES)),
    Channel("Addresses a form leads on to", (CANARIES,)),
    Channel("Log lines, facts, the access log, published views", (CANARIES,)),
    Channel("SQL as the pages' role", (RACE,)),
    Channel("Deliveries and figures", (CANARIES, "`tests/insight`")),
    Channel("The report", ("`tests/insight`",)),
    Channel("Health and counters, which have no address in the table", ("`tests/surfaces/test_running.py`",)),
)
NOT_THERE = (
    Missing("REST API", frozenset({"rest_framework", "ninja", "graphene"}), frozenset({"api"})),
    Missing("Mail and text messages", frozenset({"smtplib", "django.core.mail", "twilio"})),
    Missing("Webhooks", frozenset({"requests", "httpx", "aiohttp", "urllib.request", "http.client"})),
    Missing("Calendar files", frozenset({"icalendar", "ics", "vobject"}), frozenset({"calendar"})),
    Missing("Push and live connections", frozenset({"channels", "websockets"}), frozenset({"stream"})),
)


def content_of(route: str) -> frozenset[str]:
    """What a route may answer with."""
    return FILES.get(route, frozenset()) | {PAGE}


def rows() -> Iterator[str]:
    """The table of docs/security.md."""
    yield "| channel | swept by |"
    yield "|---|---|"
    yield from (f"| {one.name} | {', '.join(one.swept_by)} |" for one in SWEPT)
    yield from (f"| {one.name} | does not exist |" for one in NOT_THERE)
