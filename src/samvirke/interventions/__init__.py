"""Interventions: what agencies offer, its places, who needs one, who has one, and who waits in vain.

In:  the catalogue with its places, needs and answers from surfaces.
Out: what stands about a person, the queue of a unit that decides; codes and days to events.
Never: a place given twice, a waiting that just disappears, an offer's name where a person's place is hidden.
"""
