"""Moving the clock of a simulated database. An ordinary database has no such clock."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, connections

from samvirke.gate.models import SimulatedClock

OWNER = "owner"


class NotSimulated(Exception):
    """Somebody tried to set the clock of an ordinary database."""

    def __init__(self) -> None:
        super().__init__(
            "This database keeps the real time, and its clock cannot be set. Use a database made with "
            "`samvirke db init --simulated`."
        )


def set_to(now: datetime) -> None:
    """From now on it is `now` in this database. Raises NotSimulated."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("UPDATE gate_simulatedclock SET now = %s WHERE id = 1", [now])
        if cursor.rowcount != 1:
            raise NotSimulated


def is_simulated() -> bool:
    """Whether this database keeps a simulated time."""
    return SimulatedClock.objects.using(OWNER).filter(id=1).exists()


def after(last: datetime | None, now: datetime) -> datetime:
    """Now, or just after `last` where the clock stands still or was set back: the last word is to count."""
    return now if last is None else max(now, last + datetime.resolution)


def now() -> datetime:
    """The moment by the database's clock, for commands, which enter as nobody. A viewer carries its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.now()")
        (found,) = cursor.fetchone()
    moment: datetime = found
    return moment
