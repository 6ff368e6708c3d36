"""What the program exists for, measured as ratios of one run. Times of two runs are not to be compared.

In:  sizes on the command line, an empty copy of the tests' database.   Out: one table, with goals.
Never: an assertion about time; a number that was not measured in the run.
"""

import cluster

cluster.prepare()  # before any module of this folder imports a model
