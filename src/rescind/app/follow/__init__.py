"""Follow: cases, their answers, and what a worker does for them."""
