"""Fixtures every test may use. The cluster is started before test modules import models."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import hypothesis

import cluster

cluster.prepare()

import pytest  # noqa: E402
from django.db import connections  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

from samvirke.surfaces.running import patience  # noqa: E402

patience.AT_ONCE = 10**6  # tests ask in vain more often than anybody may; those of waiting set it back

# Pages, browsers and whole programs. Measuring would slow them by half, and what they alone run is no rule:
# each rule has tests of its own room.
NOT_MEASURED = {"browser", "demo", "documentation", "platform", "proof", "surfaces"}

# How long an example takes tells of the machine and of the measuring, not of the code.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """`make coverage` measures the tests of the rules."""
    for item in items:
        if item.path.relative_to(Path(__file__).parent).parts[0] in NOT_MEASURED:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, django_db_blocker: DjangoDbBlocker) -> None:
    """A database of this worker's own, instead of Django's test databases: those would need a superuser."""
    with django_db_blocker.unblock():
        cluster.use_clone(worker_id)


@pytest.fixture(scope="session")
def database_name(django_db_setup: None) -> str:
    """The name of this worker's database, for tests that connect by themselves."""
    return str(connections["default"].settings_dict["NAME"])
