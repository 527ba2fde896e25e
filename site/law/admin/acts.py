"""Acts, provisions, shared notes and duties as snippets."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn, TitleColumn
from wagtail.snippets.views.snippets import RevisionsUnscheduleView, SnippetViewSet, UnpublishView

from law.admin.chooser import ProvisionChooserViewSet
from law.models import Duty, LegalAct, Provision, SharedNote


def _provisions_of(act: LegalAct) -> str:
    return f"{reverse('wagtailsnippets_law_provision:list')}?act={act.pk}"


class LegalActViewSet(SnippetViewSet):
    model = LegalAct
    icon = "draft"
    list_display = [
        "__str__",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        "date",
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        "edition_date",
        TitleColumn("size", label=_("Provisions"), get_url=_provisions_of, sort_key="size"),
    ]
    list_filter = ["kind", "state", "is_verified"]
    list_per_page = 50

    def get_queryset(self, request):
        return LegalAct.objects.by_rank().with_sizes()


class ProvisionUnpublishView(UnpublishView):
    """Editors may publish a provision they have just written, in the chooser; taking one back is for its lawyers."""

    permission_required = "change"


class ProvisionUnscheduleView(RevisionsUnscheduleView):
    permission_required = "change"


class ProvisionViewSet(SnippetViewSet):
    model = Provision
    icon = "tag"
    unpublish_view_class = ProvisionUnpublishView
    revisions_unschedule_view_class = ProvisionUnscheduleView
    chooser_viewset_class = ProvisionChooserViewSet
    list_display = [
        "__str__",
        Column("ref", label=capfirst(_("reference")), sort_key="ref"),
        Column("gist", label=_("Gist")),
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
    ]
    list_filter = ["act", "state"]
    list_per_page = 50
    ordering = ["act", "ref"]


class SharedNoteViewSet(SnippetViewSet):
    model = SharedNote
    icon = "snippet"
    list_display = ["title", LocaleColumn()]
    list_filter = ["locale"]


class DutyViewSet(SnippetViewSet):
    model = Duty
    icon = "calendar-alt"
    list_display = ["__str__", "role", "rule", "provision", "is_verified"]
    list_filter = ["role", "rule", "is_verified"]
    ordering = ["position", "pk"]

    def get_queryset(self, request):
        return Duty.objects.in_full()
