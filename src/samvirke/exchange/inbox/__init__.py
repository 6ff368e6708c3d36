"""Inbox: what came from an agency, in our words.

In:  rows and messages that a folder under `systems` has read.   Out: client records and case events.
Never: a foreign code, a guess where the agency said nothing.
"""
