"""Programmes: efforts over years, local partnerships, and whom they are for.

In:  an agency's own records, target-group rules as text, programmes' papers.
Out: a screening with its reason and version, what would change it, figures with their sources.
Never: another agency's records; a guess where information is missing (that is "unknown").
"""
