"""Which county a municipality lies in, by a list of codes with their validity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

OWN_LIST = Path(__file__).parent / "counties.yaml"
UNKNOWN = "unknown"


class UnreadableCounties(ValueError):
    """The file is no list of counties."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"{path} was not read as a list of counties: {problem}. Write it as statistics/counties.yaml is."
        )


class County(BaseModel):
    """One county while its code holds. `municipalities`: those of it; empty: by the two first figures."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: str
    valid_from: date
    valid_until: date | None = None
    municipalities: tuple[str, ...] = ()


class Counties(BaseModel):
    """A list of counties and where it is from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str
    counties: tuple[County, ...] = Field(min_length=1)

    def of(self, municipality: str, day: date) -> str:
        """The code of the county on a day; `unknown` where the list does not say."""
        for county in self.counties:
            holds = county.valid_from <= day and (county.valid_until is None or day <= county.valid_until)
            if holds and _lies_in(municipality, county):
                return county.code
        return UNKNOWN

    def names(self) -> dict[str, str]:
        """Names by code; the newest where a code has had several."""
        return {county.code: county.name for county in sorted(self.counties, key=lambda one: one.valid_from)}


def counties(path: Path = OWN_LIST) -> Counties:
    """The list in the file. Raises UnreadableCounties."""
    try:
        return Counties.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise UnreadableCounties(path, str(problem)) from problem


def _lies_in(municipality: str, county: County) -> bool:
    if county.municipalities:
        return municipality in county.municipalities
    return municipality[:2] == county.code
