"""People: an agency's own client records, persons, and the links between them.

In:  record batches from exchange, assessments from workers, a basis from the gate.
Out: records and persons to those who may see them; screening input.
Never: a match across agencies before there is a basis; a national id in clear text at rest.
"""
