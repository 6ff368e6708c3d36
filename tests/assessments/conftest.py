"""Fixtures of the tests of assessments."""

from __future__ import annotations

from gate.conftest import committed

__all__ = ["committed"]
