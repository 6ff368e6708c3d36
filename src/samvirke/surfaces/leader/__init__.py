"""Leader: figures, the tertial report, programmes, target groups and agreements, for those who lead.

In:  records after disclosure control; programmes; rules as they are written; what leaders promise each other.
Out: tables with their hidden numbers explained; what a text would change; agreements with what is missing.
Never: a row about a person.
"""
