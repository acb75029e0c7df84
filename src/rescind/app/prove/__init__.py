"""Prove: what waits is stamped and anchored; cases are sealed and packs verified."""
