"""Backups: one file of all that is kept, and how it takes its place again."""
