"""What may be asked about client records and persons."""

from __future__ import annotations

from samvirke.gate.access import CASEWORK
from samvirke.gate.types import Verb
from samvirke.kernel.gate_words import DataKind, Purpose

READ_RECORDS = Verb("people.read_records", DataKind.IDENTITY, CASEWORK)
WRITE_RECORDS = Verb("people.write_records", DataKind.IDENTITY, CASEWORK, writes=True)
ASSESS_RECORD = Verb("people.assess_record", DataKind.EMPLOYMENT, CASEWORK, writes=True)
OPEN_PERSON = Verb("people.open_person", DataKind.IDENTITY, CASEWORK, writes=True)
MATCH = Verb("people.match_across_agencies", DataKind.IDENTITY, Purpose.COORDINATION)
REFER = Verb("people.refer", DataKind.IDENTITY, Purpose.COORDINATION, writes=True)
READ_REFERRALS = Verb("people.read_referrals", DataKind.CONSENT, CASEWORK)
READ_CONSENTS = Verb("people.read_consents", DataKind.CONSENT, CASEWORK)
WITHDRAW_CONSENT = Verb("people.withdraw_consent", DataKind.CONSENT, CASEWORK, writes=True)
READ_ACCESS_LOG = Verb("people.read_access_log", DataKind.ACCESS_LOG, CASEWORK)
READ_FAMILY = Verb("people.read_family", DataKind.PLAN, CASEWORK)
OPEN_FAMILY = Verb("people.open_family", DataKind.IDENTITY, CASEWORK, writes=True)
CONSENT_FOR_CHILD = Verb("people.consent_for_child", DataKind.IDENTITY, CASEWORK, writes=True)
SHARE_WITH_FAMILY = Verb("people.share_with_family", DataKind.CONSENT, CASEWORK, writes=True)
READ_CONTACT = Verb("people.read_contact", DataKind.CONTACT, CASEWORK)
READ_PROTECTED_PLACE = Verb("people.read_protected_place", DataKind.PROTECTED_LOCATION, CASEWORK)
WRITE_CONTACT = Verb("people.write_contact", DataKind.CONTACT, CASEWORK, writes=True)
PROTECT_PLACE = Verb("people.protect_place", DataKind.PROTECTED_LOCATION, CASEWORK, writes=True)
CONSENT_ANEW = Verb("people.consent_anew", DataKind.CONSENT, CASEWORK, writes=True)
MOVE = Verb("people.move", DataKind.IDENTITY, Purpose.COORDINATION, writes=True)
LIFT_PROTECTION = Verb("people.lift_protection", DataKind.PROTECTED_LOCATION, CASEWORK, writes=True)
DECLARE_CONFLICT = Verb("people.declare_conflict", DataKind.IDENTITY, CASEWORK)
SHIELD_RECORD = Verb("people.shield_record", DataKind.IDENTITY, CASEWORK, writes=True)
BREAK_GLASS = Verb("people.break_glass", DataKind.IDENTITY, CASEWORK)
REVIEW_LIFT = Verb("people.review_lift", DataKind.IDENTITY, CASEWORK)
EXPLAIN = Verb("people.explain", DataKind.CONSENT, CASEWORK)
ASK_CONSENT = Verb("people.ask_consent", DataKind.CONSENT, CASEWORK, writes=True)
ANSWER_CONSENT = Verb("people.answer_consent", DataKind.CONSENT, CASEWORK, writes=True)
FIND = Verb("people.find", DataKind.IDENTITY, CASEWORK)
READ_GUARDIANS = Verb("people.read_guardians", DataKind.IDENTITY, CASEWORK)
RECORD_GUARDIAN = Verb("people.record_guardian", DataKind.CONSENT, CASEWORK, writes=True)
ACKNOWLEDGE_RECALL = Verb("people.acknowledge_recall", DataKind.CONSENT, CASEWORK, writes=True)
OPEN_BY_LAW = Verb("people.open_by_law", DataKind.CONSENT, CASEWORK, writes=True)
READ_OPENINGS = Verb("people.read_openings", DataKind.CONSENT, CASEWORK)
READ_CHILDS_LOG = Verb("people.read_childs_log", DataKind.PLAN, CASEWORK)
ASK_WHY = Verb("people.ask_why", DataKind.IDENTITY, CASEWORK)
ANSWER_WHY = Verb("people.answer_why", DataKind.IDENTITY, CASEWORK)
KEEP_BACK = Verb("people.decide_kept_back", DataKind.IDENTITY, CASEWORK, writes=True)
REVIEW_KEPT_BACK = Verb("people.review_kept_back", DataKind.IDENTITY, CASEWORK)

ALL = (
    READ_RECORDS,
    WRITE_RECORDS,
    ASSESS_RECORD,
    OPEN_PERSON,
    MATCH,
    REFER,
    READ_REFERRALS,
    READ_CONSENTS,
    WITHDRAW_CONSENT,
    READ_ACCESS_LOG,
    READ_FAMILY,
    OPEN_FAMILY,
    CONSENT_FOR_CHILD,
    SHARE_WITH_FAMILY,
    READ_CONTACT,
    READ_PROTECTED_PLACE,
    WRITE_CONTACT,
    PROTECT_PLACE,
    CONSENT_ANEW,
    MOVE,
    LIFT_PROTECTION,
    DECLARE_CONFLICT,
    SHIELD_RECORD,
    BREAK_GLASS,
    REVIEW_LIFT,
    EXPLAIN,
    ASK_CONSENT,
    ANSWER_CONSENT,
    FIND,
    READ_GUARDIANS,
    RECORD_GUARDIAN,
    ACKNOWLEDGE_RECALL,
    OPEN_BY_LAW,
    READ_OPENINGS,
    READ_CHILDS_LOG,
    ASK_WHY,
    ANSWER_WHY,
    KEEP_BACK,
    REVIEW_KEPT_BACK,
)
