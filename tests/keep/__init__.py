"""Backups: made beside whoever works, looked at, restored, and nothing sent twice."""
