"""Agencies: who can do what. Municipalities, agencies, their units and posts.

In:  the organisation and what an association's parties pay, stated by an administrator.
Out: the directory that pages and rooms look up in; each party's exact share of a year.
Never: a member of staff's name, anything about a person who gets help.
"""
