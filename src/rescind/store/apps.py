"""The Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Names the app; starts nothing."""

    name = "rescind.store"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
