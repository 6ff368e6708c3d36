"""Evaluation: a registered question about trial and comparison municipalities, and its answer.

In:  a protocol file, its registration, survey and register extracts.
Out: a frozen result: effects with their uncertainty, and the hashes of all that went in.
Never: an effect without a protocol registered beforehand, a row about one person, a decision about a person.
"""

from samvirke.evaluation.effects import Effect, Levels, Refusal
from samvirke.evaluation.extracts import ExtractRefused, Extracts, RowProblem, read_extracts
from samvirke.evaluation.protocol import Outcome, Protocol, Subgroup, UnreadableProtocol, read_protocol
from samvirke.evaluation.registration import (
    AlreadyRegistered,
    NotRegistered,
    ProtocolChanged,
    Registration,
    register,
    registered,
)
from samvirke.evaluation.results import EvaluationResult, UnreadableResult, evaluate, load, save

__all__ = [
    "AlreadyRegistered",
    "Effect",
    "EvaluationResult",
    "ExtractRefused",
    "Extracts",
    "Levels",
    "NotRegistered",
    "Outcome",
    "Protocol",
    "ProtocolChanged",
    "Refusal",
    "Registration",
    "RowProblem",
    "Subgroup",
    "UnreadableProtocol",
    "UnreadableResult",
    "evaluate",
    "load",
    "read_extracts",
    "read_protocol",
    "register",
    "registered",
    "save",
]
