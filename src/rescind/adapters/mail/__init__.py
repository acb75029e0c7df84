"""Mail: composed, sent, fetched, parsed, and who signed it."""
