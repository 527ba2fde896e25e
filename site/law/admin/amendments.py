"""Amendments in the admin: recording one, and working through the texts it reaches."""

from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSet

from law.models import Amendment


class AmendmentViewSet(SnippetViewSet):
    model = Amendment
    icon = "history"
    list_display = ["__str__", "in_force_on"]
