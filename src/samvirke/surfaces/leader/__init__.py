"""Leader: figures, the tertial report, and agreements with contact persons, for those who lead.

In:  records after disclosure control; what a leader promises, checks and names.
Out: tables with their hidden numbers explained; agreements in versions, with what is missing.
Never: a row about a person.
"""
