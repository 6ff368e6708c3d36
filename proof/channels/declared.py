"""The ways out of the system: which are swept, and which do not exist.

A route that answers with anything but pages is declared here first, and so are a command and a way out that
is built: until then `proof/routes.py` and tests/proof/test_channels.py fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

PAGE, PDF, CSV, ICS = "text/html", "application/pdf", "text/csv", "text/calendar"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Routes that answer with a file; all others answer with pages and parts of pages.
FILES: dict[str, frozenset[str]] = {
    "plan_document": frozenset({PDF}),
    "my_document": frozenset({PDF}),
    "plan_easy_document": frozenset({PDF}),
    "my_easy_document": frozenset({PDF}),
    "meeting_invitation": frozenset({ICS}),
    "my_invitation": frozenset({ICS}),
    "sample_list": frozenset({XLSX}),
    "upload_errors": frozenset({CSV, XLSX}),
}
ROUTES, CANARIES, RACE = "`proof/routes.py`", "`proof/canaries.py`", "`proof/withdrawal_race.py`"
ORACLE = "`proof/oracle_channels.py`"


@dataclass(frozen=True, slots=True)
class Channel:
    """One way out, what sweeps it, and the commands that open it."""

    name: str
    swept_by: tuple[str, ...]
    commands: tuple[str, ...] = ()


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
    Channel("Calendar files, of meetings, without names", (ROUTES, CANARIES)),
    Channel("Refusals and other error pages", (ROUTES, CANARIES)),
    Channel("Headers with file names, cookies", (ROUTES, CANARIES)),
    Channel("Addresses a form leads on to", (CANARIES,)),
    Channel("Log lines, facts, the access log, published views", (CANARIES,)),
    Channel("SQL as the pages' role", (RACE,)),
    Channel(
        "Deliveries and figures",
        (CANARIES, "`tests/insight`"),
        ("deliver", "statistics", "evaluate run", "tertial"),
    ),
    Channel("The report", ("`tests/insight`",), ("evaluate report",)),
    Channel(
        "Registers of protocols and of evidence, about nobody",
        ("`tests/insight`",),
        (
            *(f"evaluate {name}" for name in ("init", "register", "amend")),
            *(f"evidence {name}" for name in ("add", "respond", "page", "list", "show", "check")),
        ),
    ),
    Channel(
        "Refused rows of an agency's own file",
        ("`tests/people_and_plan/test_import_engine.py`",),
        ("import",),
    ),
    Channel(
        "Backups, of everything, readable by who made them",
        ("`tests/platform/test_drill.py`",),
        ("db backup",),
    ),
    Channel("Papers of data-protection law, about nobody", ("`tests/surfaces/test_papers.py`",), ("papers",)),
    Channel("Invented people", ("`samvirke demo --check`",), ("demo",)),
    Channel("Health and counters, which have no address in the table", ("`tests/surfaces/test_running.py`",)),
)
NOT_THERE = (
    Missing("REST API", frozenset({"rest_framework", "ninja", "graphene"}), frozenset({"api"})),
    Missing("Mail and text messages", frozenset({"smtplib", "django.core.mail", "twilio"})),
    Missing("Webhooks", frozenset({"requests", "httpx", "aiohttp", "urllib.request", "http.client"})),
    Missing("Push and live connections", frozenset({"channels", "websockets"}), frozenset({"stream"})),
)

# Commands that write no file anybody takes away, and tell of no client and no citizen.
QUIET = frozenset(
    {
        *(f"agencies {name}" for name in ("name", "workers")),
        *(f"audit {name}" for name in ("seal", "verify")),
        *(f"db {name}" for name in ("drill", "init", "migrate", "reset", "roles", "start", "stop", "url")),
        *(f"posts {name}" for name in ("end", "list", "move", "seat", "suspend")),
        "doctor",
        "evaluate check",
        "evidence schema",
        "indicators",
        "instruments list",
        "instruments load",
        "jobs",
        "programmes load",
        "serve",
        "work",
    }
)


def content_of(route: str) -> frozenset[str]:
    """What a route may answer with."""
    return FILES.get(route, frozenset()) | {PAGE}


def rows() -> Iterator[str]:
    """The table of docs/security.md."""
    yield "| channel | swept by |"
    yield "|---|---|"
    for one in SWEPT:
        commands = ", ".join(f"`samvirke {name}`" for name in one.commands)
        yield f"| {one.name}{f': {commands}' if commands else ''} | {', '.join(one.swept_by)} |"
    yield from (f"| {one.name} | does not exist |" for one in NOT_THERE)
