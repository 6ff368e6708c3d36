"""Fixtures every test may use. The cluster is started before test modules import models."""

from __future__ import annotations

import cluster

cluster.prepare()

import pytest  # noqa: E402
from django.db import connections  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402


@pytest.fixture(scope="session")
def django_db_setup(worker_id: str, django_db_blocker: DjangoDbBlocker) -> None:
    """A database of this worker's own, instead of Django's test databases: those would need a superuser."""
    with django_db_blocker.unblock():
        cluster.use_clone(worker_id)


@pytest.fixture(scope="session")
def database_name(django_db_setup: None) -> str:
    """The name of this worker's database, for tests that connect by themselves."""
    return str(connections["default"].settings_dict["NAME"])
