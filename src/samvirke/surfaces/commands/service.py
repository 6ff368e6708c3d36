"""Django, set up for a command. Imported only by commands that need it."""

from __future__ import annotations

import os

import django

from samvirke.surfaces.commands import postgres

SETTINGS = "samvirke.config.settings"


def ready() -> None:
    """Set Django up; a second call does nothing more. Raises PostgresError when there is no database."""
    postgres.connection("app")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
