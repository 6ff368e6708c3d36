"""Fixtures of the jobs' tests."""

from __future__ import annotations

from gate.conftest import committed

__all__ = ["committed"]
