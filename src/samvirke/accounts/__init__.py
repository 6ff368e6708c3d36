"""Accounts: who signs in, and in which posts a signed-in user may act.

In:  a sign-in.   Out: the user's posts, each with its purposes.
Never: a name, a national id, anything about a person; it has a database role of its own, since sign-in
runs before there is a viewer.
"""
