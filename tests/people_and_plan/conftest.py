"""Fixtures of the tests of people, programmes, plan, coordination and imports."""

from __future__ import annotations

from gate.conftest import committed

__all__ = ["committed"]
