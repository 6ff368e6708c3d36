"""Surfaces' jobs: what each task does, and the program that takes tasks from the queue.

In:  jobs from the queue.   Out: a room's operation called as the post that asked; a line in the log.
Never: a rule of its own; an id or a row's content in the log.
"""
