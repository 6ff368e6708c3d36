"""What a file of specimens gives the gallery."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Said = Mapping[str, Any] | Callable[[], Mapping[str, Any]]
Parts = Mapping[str, Mapping[str, Said]]  # by the part, its states
