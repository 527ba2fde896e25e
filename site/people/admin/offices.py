"""Offices in the admin."""
