"""Programs for those who work on Rescind."""
