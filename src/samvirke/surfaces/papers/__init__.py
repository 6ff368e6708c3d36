"""The papers that data-protection law asks for, filled from what is configured.

In:  a partnership, a kind of paper.   Out: Markdown in the reader's language.
Never: an unverified provision as law; something invented where nothing is configured: that is a marked blank.
"""
