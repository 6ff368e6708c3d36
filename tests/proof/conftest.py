"""Fixtures of the proofs' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from proof.scratch import Scratch, scratch


@pytest.fixture
def real(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Databases that proofs make for themselves."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def databases(database_name: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A proof may make databases; afterwards all connections are to the worker's own again."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def place(databases: None) -> Iterator[Scratch]:
    """A database with the probe."""
    with scratch() as made:
        yield made
