"""People: an agency's own client records, persons, the links between them, and what persons are asked.

In:  record batches from exchange, assessments from workers, questions and answers, a basis from the gate.
Out: records and persons to those who may see them; consents, and word to who may use them no more.
Never: a match across agencies before there is a basis; a national id in clear text at rest.
"""
