"""Topics: each question about a purchase, answered by terms, law and facts."""
