"""Adapters: one module or folder for each thing outside."""
