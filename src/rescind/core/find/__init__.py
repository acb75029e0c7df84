"""Find: which charges belong together, what they are, and when the next one comes."""
