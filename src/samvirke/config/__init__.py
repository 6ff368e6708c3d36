"""Config: settings, addresses and the application. The only place that knows all rooms.

In:  environment variables and the keys file.   Out: a configured Django.
Never: a rule, a query, a sentence for a page.
"""
