"""Fixtures of the tests of agreements."""

from __future__ import annotations

from gate.conftest import committed

__all__ = ["committed"]
