"""The database's lock, as it is declared and as it is.

In:  a connection of the owner to a live database.   Out: a sentence for each difference.
Never: a change, a lock on a table that pages use, a row's content.
"""

from samvirke.surfaces.commands.catalogue.lint import findings, tables

__all__ = ["findings", "tables"]
