"""Exchange: messages and files between Samvirke and the agencies' own systems.

In:  an agency's own format.   Out: our types, or a refusal with row, field, reason and what to do.
Never: a rule about who may see what, a foreign code further in than its own folder.
"""
