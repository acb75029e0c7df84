"""The project's own data, read strictly: catalogue, law, letters, words, countries."""
