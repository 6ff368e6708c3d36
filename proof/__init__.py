"""Proof: what is claimed of Samvirke, tried many times with chance, each claim by a module of its own.

In:  a size and a seed.   Out: how many cases were tried, and every one that failed.
Never: a rule of its own, a number that another run with the same seed would not give.
"""
