"""Told not to inform: counted, and tied to nobody."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

import people
from gate.conftest import committed
from gate.scratch import connect, later
from people import PARTNERSHIP, acting_as
from programmes.test_exemptions import visit
from samvirke.coordination import instructions
from samvirke.coordination.models import Instruction
from samvirke.kernel.codes import InstructedBy, InstructionAbout
from samvirke.kernel.gate_words import Purpose

__all__ = ["committed"]
NEXT_MONTH, NEXT_YEAR = 30, 395


def noted(
    times: int,
    about: InstructionAbout = InstructionAbout.SERVICE,
    given_by: InstructedBy = InstructedBy.OWN_OFFICE,
    by: UUID = people.SOCIAL_WORKER,
) -> None:
    """Somebody notes it so many times."""
    for _ in range(times):
        with acting_as(by) as viewer:
            instructions.note(about=about, given_by=given_by, by=viewer)


def counted(by: UUID = people.PARTNERSHIP_LEADER) -> instructions.Counted:
    """What a leader is shown."""
    with acting_as(by, Purpose.STATISTICS) as viewer:
        return instructions.counted(viewer, PARTNERSHIP)


def test_five_are_shown_and_four_are_not(committed: None) -> None:
    noted(4)
    noted(1, InstructionAbout.MONEY, InstructedBy.UNSAID, people.NAV_ADVISER)
    assert not counted().is_enough  # not before the month is over
    with later(NEXT_MONTH):
        found = counted()
        assert (found.is_enough, found.about, found.given_by) == (True, (), ())
        noted(1)
        assert counted() == found
    with later(2 * NEXT_MONTH + 2):
        found = counted()
        assert found.about == ((InstructionAbout.SERVICE, 5),)
        assert found.given_by == ((InstructedBy.OWN_OFFICE, 5),)
    with later(NEXT_YEAR):
        assert not counted().is_enough


def test_nothing_ties_it_to_whoever_noted_it(committed: None) -> None:
    def kept() -> tuple[object, ...]:
        with connect("backup", str(connection.settings_dict["NAME"])) as link:
            found = link.execute(
                "SELECT (SELECT count(*) FROM events_fact), (SELECT count(*) FROM gate_accessentry)"
            )
            return found.fetchall()[0]

    before = kept()
    noted(1)
    assert kept() == before
    told = {field.name for field in Instruction._meta.fields}
    assert told == {"id", "partnership", "month", "about", "given_by"}
    with acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS):
        assert {one.month for one in Instruction.objects.all()} == {date(2026, 3, 1)}


@pytest.mark.parametrize("who", [people.SOCIAL_WORKER, people.SOCIAL_LEADER, people.EVALUATOR])
def test_the_database_shows_no_row_to_anybody_else(committed: None, who: UUID) -> None:
    noted(1)
    with acting_as(who, Purpose.STATISTICS if who == people.EVALUATOR else Purpose.COORDINATION):
        assert not Instruction.objects.exists()
    with acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS):
        assert Instruction.objects.exists()
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM coordination_instruction")


def test_the_pages(committed: None) -> None:
    worker, leader = visit(people.SOCIAL_WORKER), visit(people.PARTNERSHIP_LEADER, Purpose.STATISTICS)
    address, counts = reverse("note_instruction"), reverse("instructions")
    assert address in worker.get(reverse("worklist")).content.decode()
    wrong = worker.post(address, {"about": "weather"})
    assert wrong.status_code == 422
    assert "Choose where it came from." in wrong.content.decode()
    assert counts in leader.get(reverse("agreements")).content.decode()
    assert "fewer than five times" in leader.get(counts).content.decode()
    for _ in range(5):
        done = worker.post(address, {"about": "appeal", "given_by": "unsaid"}, follow=True)
        assert "Nobody can see that it was you" in done.content.decode()
    with later(NEXT_MONTH):
        text = leader.get(counts).content.decode()
    assert "The right to appeal or complain" in text
    assert "<td>5</td>" in text
    for who in (people.SOCIAL_WORKER, people.NAV_LEADER):
        assert visit(who).get(counts).status_code == 404
    assert leader.get(address).status_code == 404
