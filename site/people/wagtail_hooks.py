"""Wagtail loads this module; each subject registers itself."""

from people.admin import associations, imports, memberships, offices, privacy, reports

__all__ = ["associations", "imports", "memberships", "offices", "privacy", "reports"]
