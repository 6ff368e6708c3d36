"""Fixtures of the pages' tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test.utils import override_settings
from pytest_django import DjangoDbBlocker

from surfaces.everywhere import World, world


@pytest.fixture(scope="module")
def one_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """The swept world, made once for a module. What a test does to it is undone before the next test."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic(using="accounts"):
        with override_settings(HOME=folder):
            made = world(folder)
        yield made
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="accounts")
