"""Kernel: the words every room shares.

In:  nothing.   Out: data kinds, purposes, code lists, and how a long column is written.
Never: a room, a database, a clock of its own, a sentence for a page.
"""
