"""Rescind: from the line on the bank statement to a cancellation you can prove."""

__version__ = "0.1.0"
