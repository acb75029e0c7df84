"""Act: the shortest route that works, and the letter where a letter is the way."""
