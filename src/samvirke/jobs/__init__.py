"""Jobs: work that somebody asked for and that need not be done while they wait.

In:  a task's code and ids, from somebody who has entered.   Out: the task, once, as that post, decided anew.
Never: a row's content, another post than the one that asked, the program that runs the queue.
"""
