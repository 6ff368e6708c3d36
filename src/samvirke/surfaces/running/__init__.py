"""Running: what those who run Samvirke see of it: is it alive and ready, its log, its counters.

In:  requests and jobs as they end.   Out: one line each, counters, a plain list of what is not ready.
Never: an address as it was asked for, an id or a word about a person, a password.
"""
