"""Systems: one folder per outside system, each with its mapping and a page that describes its format.

In:  files and messages in a foreign format.   Out: the types of `exchange.inbox`.
Never: the database, another system's codes, a default for an unknown code.
"""
