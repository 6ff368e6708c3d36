"""Fixtures of the gate's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from gate.scratch import own_database


@pytest.fixture
def committed(database_name: str, worker_id: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A fresh database of this test's own, in which requests commit. Its name."""
    with own_database(worker_id, django_db_blocker) as name:
        yield name
