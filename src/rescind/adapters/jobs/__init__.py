"""Durable jobs: the engine, and the place that a worker holds."""
