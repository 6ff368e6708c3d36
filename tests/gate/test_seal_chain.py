"""A seal made with our own key, but after another one than it stands behind."""

from __future__ import annotations

from uuid import UUID

import people
from samvirke.gate import seals
from samvirke.gate.lanes import Lane
from samvirke.gate.seals import Moved


def moved(number: int) -> list[Moved]:
    """One lane that has had lines."""
    return [Moved(Lane(UUID(int=number), number, bytes([number]) * 32), 0)]


def test_seals_and_anchors_follow_each_other() -> None:
    first, rival = (seals.sealed(None, moved(number), people.NOW) for number in (1, 2))
    rightful, stranger = (seals.sealed(before, moved(3), people.NOW) for before in (first, rival))
    heads = {number: [one.head for one in moved(number)] for number in (1, 3)}
    assert list(seals.checked([(first, heads[1]), (rightful, heads[3])], {})) == []
    assert list(seals.checked_anchors([first, rightful])) == []
    (broken,) = seals.checked([(first, heads[1]), (stranger, heads[3])], {})
    assert "not chained to the seal before" in broken.problem
    (broken,) = seals.checked_anchors([first, stranger])
    assert "not chained to the one before" in broken.problem
