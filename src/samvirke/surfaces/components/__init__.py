"""Components: what all pages share: words for codes, navigation, forms, the gallery.

In:  codes and small frozen rows.   Out: sentences and parts of pages.
Never: a domain call.
"""
