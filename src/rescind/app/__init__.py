"""Wiring: the only place where adapters meet use cases."""
