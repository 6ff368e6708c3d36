"""Fixtures of the tests of programmes and their rules."""

from __future__ import annotations

from gate.conftest import committed

__all__ = ["committed"]
