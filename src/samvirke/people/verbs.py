"""What may be asked about client records and persons."""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind, Purpose

READ_RECORDS = Verb("people.read_records", DataKind.IDENTITY, CASEWORK)
ASSESS_RECORD = Verb("people.assess_record", DataKind.EMPLOYMENT, CASEWORK, writes=True)
OPEN_PERSON = Verb("people.open_person", DataKind.IDENTITY, CASEWORK, writes=True)
MATCH = Verb("people.match_across_agencies", DataKind.IDENTITY, Purpose.COORDINATION)
REFER = Verb("people.refer", DataKind.IDENTITY, Purpose.COORDINATION, writes=True)
READ_CONSENTS = Verb("people.read_consents", DataKind.CONSENT, CASEWORK)
WITHDRAW_CONSENT = Verb("people.withdraw_consent", DataKind.CONSENT, CASEWORK, writes=True)
READ_ACCESS_LOG = Verb("people.read_access_log", DataKind.ACCESS_LOG, CASEWORK)

ALL = (
    READ_RECORDS,
    ASSESS_RECORD,
    OPEN_PERSON,
    MATCH,
    REFER,
    READ_CONSENTS,
    WITHDRAW_CONSENT,
    READ_ACCESS_LOG,
)
