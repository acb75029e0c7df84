"""Evidence: timestamps, signatures, containers, and how they are checked."""
