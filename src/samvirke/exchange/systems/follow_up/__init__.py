"""Follow-up: the lists that a follow-up service keeps in a spreadsheet, as XLSX or CSV.

In:  a table with headings of the service's own, and which column is what.   Out: client records, or refusals.
Never: a guess at a column or a code when rows are read; what is proposed is for somebody to accept.
"""

from samvirke.exchange.systems.follow_up.columns import Columns, DateFormat, propose
from samvirke.exchange.systems.follow_up.rows import count, headings, originals, read

__all__ = ["Columns", "DateFormat", "count", "headings", "originals", "propose", "read"]
