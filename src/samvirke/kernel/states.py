"""Which state may follow which. Policies hold these tables and ask them; pictures are made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The states of one kind of thing, from the first to those that nothing follows."""

    of: str  # a word of the glossary
    begins: str
    next: Mapping[str, tuple[str, ...]]

    def __getitem__(self, state: str) -> tuple[str, ...]:
        """What may follow a state."""
        return self.next[state]
