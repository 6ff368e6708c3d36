"""Agencies: who can do what. Municipalities, agencies, their units and posts.

In:  the organisation, set up by an administrator.   Out: the directory that pages and rooms look up in.
Never: a member of staff's name, anything about a person who gets help.
"""
