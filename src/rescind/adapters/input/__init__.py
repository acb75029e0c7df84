"""What people type and upload, made into the core's values."""
