"""Commissioner: what has been ordered and found out, and what is decided because of it.

In:  the evidence register; a management response in a form.   Out: pages, and an entry beside the record.
Never: a person; a written response changed.
"""
