"""Kernel: the words every room shares.

In:  nothing.   Out: data kinds, purposes and code lists.
Never: a room, a database, a clock of its own, a sentence for a page.
"""
