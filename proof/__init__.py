"""Long proofs: what the suite does in small, at full size."""
