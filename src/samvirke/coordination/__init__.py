"""Coordination: who keeps the plan moving, without a day when nobody does.

In:  a plan that opens, offers and acceptances of the duty, days away, meetings, calls after a plan's end.
Out: who coordinates and who stands in, what was agreed, how it goes.
Never: a gap or an overlap (the tables cannot hold one); a hand-over that nobody accepted; why somebody is
away; where a meeting is.
"""
