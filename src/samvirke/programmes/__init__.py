"""Programmes: local partnerships and whom they are for.

In:  an agency's own records, target-group rules as data.   Out: a screening with its reason in words.
Never: another agency's records; a guess where information is missing (that is "unknown").
"""
