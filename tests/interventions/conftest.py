"""Fixtures of the tests of interventions."""

from __future__ import annotations

from gate.conftest import committed

__all__ = ["committed"]
