"""Caseworker: pages for those who work with the plan: worklist, plan, own caseload, imports.

In:  a signed-in worker's request.   Out: one domain call and a page.
Never: a rule, a query, a decision about who may see what.
"""
