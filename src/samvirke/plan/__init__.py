"""Plan: the one shared plan of a person.

In:  wishes, goals, actions and notes from surfaces; the person's consent through the gate.
Out: the plan as each viewer may see it; coded facts to events.
Never: statistics, messages to agencies, a question of permission answered here (ask the gate).
"""
