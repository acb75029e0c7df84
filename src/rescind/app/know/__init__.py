"""Know: facts in, a verdict out; no database, no network."""
