"""Statements of any bank, in any usual format, as columns."""
