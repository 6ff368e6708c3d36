"""Agreements: what agencies have promised each other, who answers for it, and whether anybody looks after it.

In:  a leader's word: an agreement and its next version, a check of its routines, a contact person.
Out: agreements with all their versions, contact persons with deputies, warnings, coded facts.
Never: a person who gets help; a name (posts alone); that cooperation works because it is agreed.
"""
