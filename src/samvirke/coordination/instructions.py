"""Instructions not to inform: noted in codes by whoever was told, and counted for who leads the partnership.

Nothing ties a row to who noted it or to a person: no post, no day, no fact and no line in the access log. So
nobody can be asked about it, and nothing can be taken back. What was noted fewer than five times is not
shown, not even as a rest; and nothing before its month is over, so that no number moves after a talk.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.coordination.models import Instruction
from samvirke.gate.types import Viewer
from samvirke.kernel.codes import InstructedBy, InstructionAbout
from samvirke.programmes import queries as programmes

FEWEST = 5  # noted, before a number is shown


class NoPartnership(Exception):
    """The viewer's unit takes part in no partnership, so nobody would count it."""

    def __init__(self) -> None:
        super().__init__("Your office takes part in no partnership, so nobody would see the number.")


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something was noted in the last twelve whole months, where it was often enough."""

    about: tuple[tuple[InstructionAbout, int], ...]
    given_by: tuple[tuple[InstructedBy, int], ...]
    is_enough: bool  # whether anything may be shown at all


@transaction.atomic
def note(*, about: InstructionAbout, given_by: InstructedBy, by: Viewer) -> None:
    """Count one more. Raises NoPartnership."""
    partnership_id = programmes.partnership_of(by)
    if partnership_id is None:
        raise NoPartnership
    month = by.now.date().replace(day=1)
    Instruction.objects.bulk_create(
        [Instruction(id=uuid4(), partnership_id=partnership_id, month=month, about=about, given_by=given_by)]
    )


def counted(viewer: Viewer, partnership_id: UUID) -> Counted:
    """What was noted in a partnership that the viewer leads; of others the database shows no row."""
    month = viewer.now.date().replace(day=1)
    since = month.replace(year=month.year - 1)
    found = Instruction.objects.filter(partnership_id=partnership_id, month__gte=since, month__lt=month)
    rows = list(found.values_list("about", "given_by"))
    about = Counter(InstructionAbout(one) for one, _ in rows)
    given_by = Counter(InstructedBy(one) for _, one in rows)
    return Counted(
        tuple((one, about[one]) for one in InstructionAbout if about[one] >= FEWEST),
        tuple((one, given_by[one]) for one in InstructedBy if given_by[one] >= FEWEST),
        is_enough=len(rows) >= FEWEST,
    )
