"""What a benefit is to conditions: who gives it, and whether it is protected."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from samvirke.kernel.codes import AgencyKind


class ConditionBenefit(BaseModel):
    """A benefit, who gives it, and whether it may be tied to something the person does. Practice, not law."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    label: str  # message id
    given_by: tuple[AgencyKind, ...]
    is_protected: bool = False
    source: str = Field(min_length=1)
