"""Insurance: the caseload of an agency of social insurance, as XML after a published schema.

In:  an XML file after `caseload.xsd`.   Out: client records, or refusals.
Never: a document type, an entity, the network; a file that is not whole.
"""

from samvirke.exchange.systems.insurance.caseload import count, originals, read

__all__ = ["count", "originals", "read"]
