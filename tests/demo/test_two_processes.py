"""The demonstration's processes: two play, of which one sets the clock; a third knows files alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from multiprocessing import Pipe
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest

from samvirke.surfaces.commands.demo import aside, days, other_half
from samvirke.surfaces.commands.demo.aside import WentWrong
from samvirke.surfaces.commands.demo.organisation import organisation
from samvirke.surfaces.commands.demo.other_half import OtherHalf
from samvirke.surfaces.commands.demo.player import Player, Step
from samvirke.surfaces.commands.demo.world import draw

INSIGHT = {"pandas", "ibis", "scipy", "altair", "vl_convert"}
PROBE = """
import json, sys
from samvirke.surfaces.commands import service
service.ready()
import samvirke.surfaces.commands.demo.main_job
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_the_process_that_plays_imports_none_of_the_insight_libraries() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout))
    assert "django" in modules
    assert not modules & INSIGHT


def test_what_goes_wrong_aside_is_told_here(tmp_path: Path) -> None:
    with aside.insight() as insight, pytest.raises(Exception, match=r"statistics\.json"):
        insight("findings", tmp_path).result()


TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def players() -> list[Player]:
    world = draw(3, persons=200, on_plans=20, today=TODAY)
    here = organisation(world.municipalities, world.workers)
    persons = {person.key: person for person in world.persons}
    return [
        Player(
            persons[story.person],
            story,
            record_id=uuid4(),
            organisation=here,
            today=TODAY,
            rng=Random(story.person),
        )
        for story in world.stories
    ]


@pytest.mark.parametrize("place", [None, 0, 1])
def test_both_halves_together_have_every_player_once(players: list[Player], place: int | None) -> None:
    visited = None if place is None else players[place]
    mine, others = days.shares(players, visited)
    assert sorted(map(id, [*mine, *others])) == sorted(map(id, players))
    assert visited not in others
    assert abs(len(mine) - len(others)) <= 1


def test_the_other_half_tells_its_days_and_hands_its_players_back(players: list[Player]) -> None:
    _, others = days.shares(players, None)
    with other_half.waiting() as other:
        other.take(others)
        assert other.days == {step.day for player in others for step in player.steps()}
        back = other.give_back()
    assert [player.person for player in back] == [player.person for player in others]
    assert [player.coordinator for player in back] == [player.coordinator for player in others]


@dataclass
class Falling:
    """A player for whom a day goes wrong."""

    on: date

    def steps(self) -> Iterator[Step]:
        yield Step(self.on, self._nobody, lambda by: None)

    def _nobody(self) -> UUID:
        raise LookupError("Nobody has this post.")


def test_what_goes_wrong_in_the_other_half_is_told_here() -> None:
    with other_half.waiting() as other:
        other.take([Falling(TODAY)])
        day = ExitStack()
        day.enter_context(other.playing(TODAY))
        with pytest.raises(WentWrong, match="LookupError: Nobody has this post"):
            day.close()


def test_an_other_half_that_cannot_start_is_told_of_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "no_such_settings")
    with other_half.waiting() as other, pytest.raises(WentWrong, match="no_such_settings"):
        other.take([])


class TestDaysGoInStep:
    def test_a_day_is_over_when_the_other_half_has_said_so(self) -> None:
        here, there = Pipe()
        other = OtherHalf[str](here)
        there.send({TODAY})
        other.take(["a"])
        assert there.recv() == ["a"]
        day = ExitStack()
        day.enter_context(other.playing(TODAY))
        assert there.recv() == TODAY
        there.send(WentWrong("Something happened that day."))
        with pytest.raises(WentWrong, match="that day"):
            day.close()

    def test_a_day_without_steps_there_is_not_waited_for(self) -> None:
        here, there = Pipe()
        with OtherHalf[str](here).playing(TODAY):
            pass
        assert not there.poll()

    def test_an_other_half_that_has_ended_is_not_waited_for(self) -> None:
        here, there = Pipe()
        there.close()
        with pytest.raises(WentWrong, match="without a word"):
            OtherHalf[str](here).take([])
