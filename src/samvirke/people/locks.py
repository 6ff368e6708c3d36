"""Policies of this room's tables that are not the uniform one, for its migrations and for who checks them."""

from __future__ import annotations

from samvirke.gate.access import ANY_GUARDIAN_ANSWERS
from samvirke.gate.protection import HOLDERS, uniform, uniform_check
from samvirke.kernel.gate_words import DataKind

READ_BY_ALL = uniform("people_guardianship", kind=DataKind.IDENTITY)
WRITTEN_BY_WORKERS = uniform_check("people_guardianship", kind=DataKind.CONSENT)
# A question to the guardians is for those whose scope, as it is open now, covers all of it.
ANSWERED_BY_GUARDIANS = f"""asks_guardians AND EXISTS (SELECT FROM gate_grant g
    WHERE g.subject_id = people_consentdraft.subject_id AND g.basis = 'guardian'
    HAVING people_consentdraft.kinds & ~{int(ANY_GUARDIAN_ANSWERS)} & ~bit_or(g.kinds) = 0)"""
# Who was told that a consent has ended: for the person, and for the guardian who gave it.
OF_THE_GIVER = f"""EXISTS (SELECT FROM gate_grant g WHERE g.subject_id = people_recall.subject_id
    AND (g.basis = 'self' OR g.basis = 'guardian' AND people_recall.given_by_id = ANY ({HOLDERS})))"""
