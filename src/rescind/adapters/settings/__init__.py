"""What a person set up, each in a private file."""
