"""Surfaces: pages, programs' interfaces and commands; all that the outside meets.

In:  a request or a command line.   Out: a page, an answer, an exit code with a sentence.
Never: a model, a rule, or a decision on who may see what; a surface calls one operation of a room and shows
what it returns. `commands` is split so that the insight tower's commands import no Django.
"""
