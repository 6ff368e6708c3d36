"""The figures are made by a job that the partnership's leader asks for from the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client
from django.urls import reverse

import people
from jobs.queue import queued, work_off
from samvirke.jobs import operations as jobs
from samvirke.jobs.models import JobOutcome
from samvirke.kernel.gate_words import Purpose
from samvirke.surfaces.actor import POST, PURPOSE
from samvirke.surfaces.commands.jobs import jobs as jobs_command
from samvirke.surfaces.jobs import figures


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def made_at() -> Path:
    """Where the figures of the tests' partnership lie."""
    return Path(settings.HOME) / "figures" / str(people.PARTNERSHIP) / "statistics.json"


def signed_in(post: object, purpose: Purpose) -> Client:
    client = Client()
    session = client.session
    session[POST], session[PURPOSE] = str(post), int(purpose)
    session.save()
    return client


def test_the_leader_asks_and_the_page_shows_them(committed: str) -> None:
    people.on_plan()
    leader = signed_in(people.PARTNERSHIP_LEADER, Purpose.STATISTICS)
    assert "Lag tallene nå" in leader.get(reverse("figures")).content.decode()
    said = leader.post(reverse("make_figures"), follow=True).content.decode()
    assert "Tallene blir laget" in said
    assert "alt bedt om dem" in leader.post(reverse("make_figures"), follow=True).content.decode()
    assert [(task, status) for task, status, *_ in queued(committed)] == [(figures.TASK, "todo")]
    told = CliRunner().invoke(jobs_command).output
    assert "figures.make: 1 waiting" in told
    assert str(people.PARTNERSHIP_LEADER) not in told

    work_off(committed)
    page = leader.get(reverse("figures")).content.decode()
    assert "Veien til en plan" in page
    assert "Lag tallene på nytt" in page
    assert [path.name for path in made_at().parent.iterdir()] == ["statistics.json"]
    assert "figures.make: 1 done" in CliRunner().invoke(jobs_command).output


def test_only_the_partnerships_leader_has_them_made(committed: str) -> None:
    for post, purpose in (
        (people.EVALUATOR, Purpose.EVALUATION),
        (people.SOCIAL_LEADER, Purpose.COORDINATION),
        (people.SOCIAL_WORKER, Purpose.COORDINATION),
    ):
        client = signed_in(post, purpose)
        assert client.post(reverse("make_figures")).status_code == 404
        assert "Lag tallene" not in client.get(reverse("figures")).content.decode()
    assert queued(committed) == []


def test_the_job_asks_again_who_it_is_for(committed: str) -> None:
    with people.acting_as(people.SOCIAL_LEADER) as viewer:
        assert jobs.defer(task=figures.TASK, by=viewer)
    work_off(committed)
    assert list(JobOutcome.objects.values_list("outcome", "reason")) == [("refused", "role_may_not")]
    assert not made_at().exists()


def test_where_nothing_is_recorded_there_are_no_figures(committed: str) -> None:
    with people.acting_as(people.PARTNERSHIP_LEADER, Purpose.STATISTICS) as viewer:
        jobs.defer(task=figures.TASK, by=viewer)
    work_off(committed)
    assert list(JobOutcome.objects.values_list("outcome", "reason")) == [("refused", "nothing_recorded")]
    assert not made_at().exists()
