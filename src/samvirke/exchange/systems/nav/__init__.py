"""Nav: the list of clients that a Nav office draws from its own case system.

In:  a semicolon-separated file in ISO 8859-1.   Out: client records, or refusals.
Never: two agencies' clients in one list; persons are matched later, when there is a basis.
"""

from samvirke.exchange.systems.nav.client_list import count, originals, read

__all__ = ["count", "originals", "read"]
