"""Find: statements and receipts in, what is paid for out."""
