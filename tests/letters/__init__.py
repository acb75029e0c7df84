"""Letters: every kind in every language, its words and its page."""
