"""The nouns: frozen values that every step shares."""
