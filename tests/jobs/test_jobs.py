"""A job is asked for with what it belongs to, done as whoever asked, decided anew, and done once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

import people
from gate.scratch import connect
from jobs.queue import make_due, queued, work_off
from people import acting_as
from samvirke.coordination import queries as plans
from samvirke.gate.types import Viewer
from samvirke.jobs import operations as jobs
from samvirke.jobs.models import JobOutcome
from samvirke.jobs.types import JobRefused
from samvirke.kernel.gate_words import Purpose
from samvirke.people import operations as people_operations
from samvirke.plan import operations as plan

TASK = "tests.read_plan"


def ends() -> list[tuple[str, str]]:
    return list(JobOutcome.objects.order_by("job_id").values_list("outcome", "reason"))


def ask(post: UUID, *ids: UUID, task: str = TASK) -> bool:
    with acting_as(post) as viewer:
        return jobs.defer(task=task, ids=ids, by=viewer)


class Recorder:
    """A task's work that remembers who came."""

    def __init__(self, then: Callable[[Viewer, Sequence[UUID]], object] = lambda viewer, ids: None) -> None:
        self.came: list[tuple[UUID, Purpose, tuple[UUID, ...]]] = []
        self.then = then

    def __call__(self, viewer: Viewer, ids: Sequence[UUID]) -> None:
        self.came.append((viewer.post_id, viewer.purpose, tuple(ids)))
        self.then(viewer, ids)


def test_it_is_done_once_as_the_post_that_asked(committed: str) -> None:
    about, work = uuid4(), Recorder()
    assert ask(people.SOCIAL_WORKER, about)
    ((task, status, attempts, arguments),) = queued(committed)
    assert (task, status, attempts) == (TASK, "todo", 0)
    assert arguments == {
        "post": str(people.SOCIAL_WORKER),
        "purpose": int(Purpose.COORDINATION),
        "ids": [str(about)],
    }
    work_off(committed, {TASK: work})
    work_off(committed, {TASK: work})
    assert work.came == [(people.SOCIAL_WORKER, Purpose.COORDINATION, (about,))]
    assert ends() == [("done", "")]
    assert queued(committed) == []  # what was done leaves no ids behind


def test_a_request_that_fails_asked_for_nothing(committed: str) -> None:
    with acting_as(people.SOCIAL_WORKER) as viewer:
        jobs.defer(task=TASK, by=viewer)
        transaction.set_rollback(True)
    assert queued(committed) == []


def test_the_same_wish_waits_once_for_each_who_has_it(committed: str) -> None:
    about = uuid4()
    assert ask(people.SOCIAL_WORKER, about)
    assert not ask(people.SOCIAL_WORKER, about)
    assert ask(people.SOCIAL_COLLEAGUE, about)
    assert ask(people.SOCIAL_WORKER, uuid4())
    assert len(queued(committed)) == 3


def test_nobody_asks_as_somebody_else(committed: str) -> None:
    asked = "SELECT jobs.defer(%s, %s, %s, '{}')"
    for post, purpose in (
        (people.SOCIAL_COLLEAGUE, Purpose.COORDINATION),
        (people.SOCIAL_WORKER, Purpose.SERVICE),
    ):
        with (
            pytest.raises(ProgrammingError, match="only the post that has entered"),
            acting_as(people.SOCIAL_WORKER),
            connection.cursor() as cursor,
        ):
            cursor.execute(asked, [TASK, post, int(purpose)])
    with connect("app", committed) as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
        link.execute(asked, [TASK, people.SOCIAL_WORKER, 1])
    assert queued(committed) == []


@pytest.mark.parametrize("role", ["app", "accounts", "insight", "owner"])
def test_the_queue_is_the_workers_alone(committed: str, role: str) -> None:
    with connect(role, committed) as link:
        if role == "owner":  # may look, being its owner, but asks in nobody's name
            order = "SELECT jobs.defer('x', gen_random_uuid(), 1, '{}')"
        else:
            order = "SELECT args FROM jobs.procrastinate_jobs"
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute(order)


@pytest.mark.parametrize(
    "table", ["plan_plan", "people_person", "events_fact", "gate_grant", "jobs_joboutcome"]
)
def test_the_worker_reaches_nothing_but_the_queue(committed: str, table: str) -> None:
    with connect("worker", committed) as link, pytest.raises(psycopg.errors.InsufficientPrivilege):
        link.execute(psycopg.sql.SQL("SELECT FROM public.{}").format(psycopg.sql.Identifier(table)))


def read_plan(viewer: Viewer, ids: Sequence[UUID]) -> None:
    """A read, as any page does it."""
    for plan_id in ids:
        plans.plan_page(viewer, plan_id)


def test_access_that_has_ended_since_is_refused_and_not_tried_again(committed: str) -> None:
    one = people.on_plan()
    ask(people.SOCIAL_WORKER, one.plan_id)
    work_off(committed, {TASK: read_plan})
    ask(people.SOCIAL_WORKER, one.plan_id)
    with acting_as(one.person.citizen_id) as viewer:
        people_operations.withdraw_consent(consent_id=one.person.consent_id, by=viewer)
    work_off(committed, {TASK: read_plan})
    assert [outcome for outcome, _ in ends()] == ["done", "refused"]
    assert queued(committed) == []


def test_a_post_that_has_ended_is_refused(committed: str) -> None:
    work = Recorder()
    ask(people.SOCIAL_COLLEAGUE)
    with connect("owner", committed) as link:
        link.execute(
            "UPDATE gate_membership SET valid_to = gate.now() WHERE post_id = %s", [people.SOCIAL_COLLEAGUE]
        )
    work_off(committed, {TASK: work})
    assert work.came == []
    assert ends() == [("refused", "no_membership")]


def test_a_refusal_takes_back_what_was_written_before_it(committed: str) -> None:
    one = people.on_plan()

    def writes_then_is_refused(viewer: Viewer, ids: Sequence[UUID]) -> None:
        plan.set_goal(
            plan_id=one.plan_id, life_domain="network", own_words="Nytt", target="", by_when=None, by=viewer
        )
        raise JobRefused("not_today")

    with acting_as(people.SOCIAL_WORKER) as viewer:
        before = len(plans.plan_page(viewer, one.plan_id).goals)
    ask(people.SOCIAL_WORKER)
    work_off(committed, {TASK: writes_then_is_refused})
    with acting_as(people.SOCIAL_WORKER) as viewer:
        assert len(plans.plan_page(viewer, one.plan_id).goals) == before
    assert ends() == [("refused", "not_today")]


def test_what_breaks_is_tried_again_and_then_left(committed: str, caplog: pytest.LogCaptureFixture) -> None:
    secret = "Anne Eksempel"

    def breaks(viewer: Viewer, ids: Sequence[UUID]) -> None:
        raise RuntimeError(secret)

    work = Recorder(breaks)
    ask(people.SOCIAL_WORKER)
    with caplog.at_level(logging.INFO, logger="samvirke"):
        for tried in range(1, 6):
            work_off(committed, {TASK: work})
            assert len(work.came) == min(tried, 4)
            make_due(committed)
    assert [(status, attempts) for _, status, attempts, _ in queued(committed)] == [("failed", 4)]
    assert ends() == []
    assert "builtins.RuntimeError" in caplog.text
    assert secret not in "".join(
        str(record.msg) for record in caplog.records if record.name.startswith("samvirke")
    )


def test_what_breaks_once_is_done_the_second_time(committed: str) -> None:
    def breaks_at_first(viewer: Viewer, ids: Sequence[UUID]) -> None:
        if len(work.came) == 1:
            raise OSError

    work = Recorder(breaks_at_first)
    ask(people.SOCIAL_WORKER)
    work_off(committed, {TASK: work})
    assert [(status, attempts) for _, status, attempts, _ in queued(committed)] == [("todo", 1)]
    make_due(committed)
    work_off(committed, {TASK: work})
    assert ends() == [("done", "")]
