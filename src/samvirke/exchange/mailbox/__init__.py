"""The mailbox port: a letter is prepared in the form of the person's country, checked, and handed to a box.

In:  a letter with a document.   Out: the country's own message, with a title that tells nothing; a receipt
or a refusal.
Never: a place, a title written by hand, a national id that is kept, a real mailbox without an agency's keys.
"""
