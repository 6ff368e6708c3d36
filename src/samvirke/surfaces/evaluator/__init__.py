"""Evaluator: the evaluation report, as a page.

In:  the report files that the insight part has made.   Out: the file, unchanged, with headers of its own.
Never: a number computed here.
"""
