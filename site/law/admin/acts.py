"""Acts, provisions, shared notes and duties as snippets."""

from __future__ import annotations

from wagtail.snippets.views.snippets import SnippetViewSet

from law.models import Duty, LegalAct, Provision, SharedNote


class LegalActViewSet(SnippetViewSet):
    model = LegalAct
    icon = "draft"
    list_display = ["__str__", "kind", "date", "state", "edition_date"]
    list_filter = ["kind", "state", "is_verified"]


class ProvisionViewSet(SnippetViewSet):
    model = Provision
    icon = "tag"
    list_display = ["__str__", "gist_ru", "state"]
    list_filter = ["act", "state"]


class SharedNoteViewSet(SnippetViewSet):
    model = SharedNote
    icon = "snippet"
    list_display = ["title", "locale"]


class DutyViewSet(SnippetViewSet):
    model = Duty
    icon = "calendar-alt"
    list_display = ["__str__", "role", "rule", "provision", "is_verified"]
    list_filter = ["role", "rule", "is_verified"]
    ordering = ["position", "pk"]

    def get_queryset(self, request):
        return Duty.objects.in_full()
