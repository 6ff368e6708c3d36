"""Applications: what a person may be entitled to, and the way of each application through the agencies.

In:  the law packs' rights, the person's age and plan, applications and answers from surfaces.
Out: a rights overview, each application with its steps; codes and days to events.
Never: a promise, a decision (an agency decides, this room records it), a reason or own words in a fact.
"""
