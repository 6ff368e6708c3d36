"""The columns that tell something of a person, and what is planted in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Model

from samvirke.gate.models import Subject

# Tables of what agencies send and of what is written beside a person's case; they name no subject themselves.
BESIDE = frozenset({"gate.LiftReason", "exchange.ImportRun", "exchange.RefusedLine", "exchange.Upload"})
Kinds = tuple[type, ...]


class NotDeclared(Exception):
    """A column of which nobody has said whether something is planted in it, or why not."""

    def __init__(self, columns: Iterable[str], where: str) -> None:
        super().__init__(
            f"Nobody has said what these columns tell of a person: {', '.join(sorted(columns))}. "
            f"Name each in {where}."
        )


@dataclass(frozen=True, slots=True)
class Canary:
    """What was planted, as it is found again, and the row it stands in."""

    token: str
    column: str
    key: Any


def columns(kinds: Kinds) -> Iterator[tuple[str, type[Model]]]:
    """Every column of these kinds, also in lists, of every table that leads to a person."""
    for model in apps.get_models():
        if model._meta.label not in BESIDE and not leads_to_a_person(model, frozenset()):
            continue
        for field in model._meta.concrete_fields:
            inner = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(inner, kinds):
                yield f"{model._meta.label}.{field.name}", model


def leads_to_a_person(model: type[Model], passed: frozenset[type[Model]]) -> bool:
    others = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    found = {other for other in others if isinstance(other, type)} - passed
    return Subject in found or any(leads_to_a_person(other, passed | {model}) for other in found)
