"""Evaluation: a registered question about a trial and its comparison, and its answer.

In:  a protocol file, its registration, survey, register, person and panel files.
Out: a frozen result: effects with their uncertainty, and the hashes of all that went in.
Never: an effect without a protocol registered beforehand, a row about one person, a decision about a person.
"""

from samvirke.evaluation.amendments import Change
from samvirke.evaluation.answers import (
    Balance,
    Course,
    Effect,
    GroupTime,
    Kind,
    Levels,
    Other,
    Overlap,
    Refusal,
)
from samvirke.evaluation.designs import Estimand, Sensitivity, Source
from samvirke.evaluation.extracts import OtherFiles, read_extracts
from samvirke.evaluation.protocol import Independence, Outcome, Protocol, Status, Subgroup
from samvirke.evaluation.protocol_file import (
    KINDS,
    AlreadyThere,
    UnreadableProtocol,
    begin,
    read_protocol,
    schema,
)
from samvirke.evaluation.registration import (
    AlreadyRegistered,
    BrokenTrail,
    NothingChanged,
    NotRegistered,
    ProtocolChanged,
    Version,
    amend,
    register,
    registered,
)
from samvirke.evaluation.results import (
    EvaluationResult,
    NoSuchLook,
    UnreadableResult,
    evaluate,
    load,
    save,
)
from samvirke.evaluation.rows import ExtractRefused, RowProblem

__all__ = [
    "KINDS",
    "AlreadyRegistered",
    "AlreadyThere",
    "Balance",
    "BrokenTrail",
    "Change",
    "Course",
    "Effect",
    "Estimand",
    "EvaluationResult",
    "ExtractRefused",
    "GroupTime",
    "Independence",
    "Kind",
    "Levels",
    "NoSuchLook",
    "NotRegistered",
    "NothingChanged",
    "Other",
    "OtherFiles",
    "Outcome",
    "Overlap",
    "Protocol",
    "ProtocolChanged",
    "Refusal",
    "RowProblem",
    "Sensitivity",
    "Source",
    "Status",
    "Subgroup",
    "UnreadableProtocol",
    "UnreadableResult",
    "Version",
    "amend",
    "begin",
    "evaluate",
    "load",
    "read_extracts",
    "read_protocol",
    "register",
    "registered",
    "save",
    "schema",
]
