"""The public forms: what other programs read from us."""
