"""What can be asked of the database with ``django-admin``."""
