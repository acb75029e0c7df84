"""Prove: what was sent, told by its digest."""
