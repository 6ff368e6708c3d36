"""Leader: figures, programmes and target groups for those who lead a local partnership.

In:  a statistics record after disclosure control, programmes, rules as they are written.
Out: tables with their hidden numbers explained, what a text would change.
Never: a row about a person.
"""
