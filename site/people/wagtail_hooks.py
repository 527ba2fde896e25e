"""Wagtail loads this module; each subject registers itself."""

from people.admin import associations, history, imports, memberships, offices, privacy, reports

__all__ = ["associations", "history", "imports", "memberships", "offices", "privacy", "reports"]
