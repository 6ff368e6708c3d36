"""Citizen: pages for the person the plan is about.

In:  the person's own request.   Out: the plan, the log and the consents in plain words.
Never: staff pages, anything about another person.
"""
