"""Evidence: what has been ordered and found out, and what was decided because of it. Files, no persons.

In:  records and management responses as YAML; the records of the source documents come with Samvirke.
Out: the register, money against evaluations, what has not been evaluated for years.
Never: a person, a value for a number nobody could read, a total made to fit, a written entry changed.
"""

from samvirke.evidence.coverage import Covered, Unevaluated, coverage, unevaluated
from samvirke.evidence.records import (
    Chart,
    Commission,
    Cooperation,
    Figure,
    Finding,
    Reading,
    Record,
    Report,
    Response,
    Total,
)
from samvirke.evidence.register import (
    Entry,
    Filed,
    FiledTwice,
    Register,
    UnknownRecord,
    UnreadableEvidence,
    add,
    read,
    read_record,
    respond,
)
from samvirke.evidence.schema import schema_text
from samvirke.evidence.words import (
    Confidence,
    Decision,
    Direction,
    Form,
    Method,
    Status,
    Strength,
    TargetGroup,
    Text,
    Theme,
    Unit,
)

__all__ = [
    "Chart",
    "Commission",
    "Confidence",
    "Cooperation",
    "Covered",
    "Decision",
    "Direction",
    "Entry",
    "Figure",
    "Filed",
    "FiledTwice",
    "Finding",
    "Form",
    "Method",
    "Reading",
    "Record",
    "Register",
    "Report",
    "Response",
    "Status",
    "Strength",
    "TargetGroup",
    "Text",
    "Theme",
    "Total",
    "Unevaluated",
    "Unit",
    "UnknownRecord",
    "UnreadableEvidence",
    "add",
    "coverage",
    "read",
    "read_record",
    "respond",
    "schema_text",
    "unevaluated",
]
