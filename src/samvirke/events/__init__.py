"""Events: what happened, as append-only coded facts, and the published views made of them.

In:  facts from every room above, in the transaction of the change they tell of.
Out: the views in schema ``published``, which statistics deliveries are made from.
Never: free text, names or national ids (a fact outlives an erasure); a decision about who may read.
"""
