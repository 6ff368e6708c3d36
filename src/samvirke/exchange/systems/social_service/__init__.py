"""Social service: the event files (digisos) in which municipal case systems report a social assistance case.

In:  envelopes, one file or one line each.   Out: client records with their case events, or refusals.
Never: main income, risk or need; the format does not state them.
"""

from samvirke.exchange.systems.social_service.envelope import read

__all__ = ["read"]
