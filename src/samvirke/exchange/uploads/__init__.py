"""Uploads: a file on its way from a page to the inbox.

In:  a file's bytes, from the unit's leader or its own system; a wish to take an import back.
Out: a dry run, an import, an import taken back, by a worker who tells how far it has come; an error file.
Never: a file in clear on a disk or in the database; a file kept longer than a day; a file for another post.
"""
