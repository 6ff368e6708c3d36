"""Assessments: instruments as data, what a person and a worker answer, and how it goes over time.

In:  answers from surfaces, with whom the person lets see them; instruments as files, loaded and checked.
Out: answers, progression and what is covered, as far as each reader may see; codes and counts to events.
Never: an answer shared without the person's choice, a skipped question as zero, an average of two views.
"""
