"""What the proofs of the channels share: a database of their own, a race, visitors, canaries."""
