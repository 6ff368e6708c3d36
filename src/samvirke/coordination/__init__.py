"""Coordination: who keeps the plan moving, without a day when nobody does.

In:  a plan that opens, offers and acceptances of the duty.   Out: who coordinates and who steps in.
Never: a gap or an overlap (the tables cannot hold one); a hand-over that nobody accepted.
"""
