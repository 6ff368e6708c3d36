"""Uploads: a file on its way from a page to the inbox.

In:  a file's bytes, from the unit's leader or its own system.   Out: a dry run, an import, an error file.
Never: a file in clear on a disk or in the database; a file kept longer than a day; a file for another post.
"""
