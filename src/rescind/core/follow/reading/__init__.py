"""Reading: what a message that came back means."""
