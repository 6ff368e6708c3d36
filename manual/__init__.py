"""Manual: the reference pages, written from the code they describe.

In:  the program itself.   Out: `docs/reference`, the same for the same code.
Never: a fact that stands only here.
"""
