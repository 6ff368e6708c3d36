"""Gate: who may see and do what, about whom, on which basis. The only room that decides.

In:  a post and a purpose (``session.enter``), questions in verbs, consents and memberships.
Out: a viewer, yes or a refusal, the filter for a list, the access log that the person can read.
Never: a page, a plan, a name. No answer means no.
"""
