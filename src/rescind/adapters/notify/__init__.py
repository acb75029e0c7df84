"""Notifications: how the person is told what is due."""
