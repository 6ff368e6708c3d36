"""Leader: figures for those who lead a local partnership.

In:  a statistics record after disclosure control.   Out: tables with their hidden numbers explained.
Never: a row about a person.
"""
