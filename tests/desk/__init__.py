"""Tests, mirroring src."""
